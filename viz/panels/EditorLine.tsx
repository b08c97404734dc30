/** A line of an editor's coloured layer: its text cut at the ends of the marks. Drawn anew only where it has changed. */

import { Component } from 'preact';
import type { Span } from '../../src/notation/tree.ts';

export interface Mark {
  readonly span: Span;
  /** Class of the marked text. */
  readonly kind: string;
}

/** A text with nothing in it would have no height. */
const EMPTY = '\u200b';

interface EditorLineProps {
  readonly number: number;
  readonly text: string;
  /** Places counted from the start of the line; they may reach beyond it. */
  readonly marks: readonly Mark[];
}

export class EditorLine extends Component<EditorLineProps> {
  override shouldComponentUpdate(next: EditorLineProps): boolean {
    const { number, text, marks } = this.props;
    return number !== next.number || text !== next.text || !sameMarks(marks, next.marks);
  }

  override render({ number, text, marks }: EditorLineProps) {
    return (
      <div class="editor-line" data-line={number}>
        {pieces(text, marks)}
      </div>
    );
  }
}

const sameMarks = (a: readonly Mark[], b: readonly Mark[]) =>
  a.length === b.length &&
  a.every(
    ({ kind, span }, i) => kind === b[i].kind && span.start === b[i].span.start && span.end === b[i].span.end,
  );

/** A line cut at the ends of the marks; of marks that overlap the later one lies on top. */
function pieces(line: string, marks: readonly Mark[]) {
  const end = line.length;
  if (marks.length === 0) return line === '' ? EMPTY : line;
  const cuts = new Set([0, end]);
  for (const { span } of marks)
    for (const cut of [span.start, span.end]) if (cut > 0 && cut < end) cuts.add(cut);
  const sorted = [...cuts].sort((a, b) => a - b);
  const out = sorted.slice(1).map((to, i) => {
    const from = sorted[i];
    const mark = marks.findLast(({ span }) => span.start <= from && span.end >= to && span.end > span.start);
    const part = line.slice(from, to);
    return mark === undefined ? (
      part
    ) : (
      <span class={`mark-${mark.kind}`} key={from}>
        {part}
      </span>
    );
  });
  // a place without width, such as the end of what is unfinished, is marked behind the text
  const empty = marks.find(({ span }) => span.start === span.end || (span.start === end && span.end > end));
  if (empty !== undefined)
    out.splice(
      sorted.slice(1).filter((to) => to <= empty.span.start).length,
      0,
      <span class={`mark-${empty.kind} mark-empty`} key="empty">
        {EMPTY}
      </span>,
    );
  return out.length === 0 ? EMPTY : out;
}

/** By line, the marks that touch it, with places counted from its start. `starts` are those of the lines. */
export function marksByLine(
  marks: readonly Mark[],
  starts: readonly number[],
): ReadonlyMap<number, readonly Mark[]> {
  const found = new Map<number, Mark[]>();
  for (const { kind, span } of marks) {
    for (let line = lineAt(starts, span.start); line < starts.length && starts[line] <= span.end; line++) {
      const own = { start: span.start - starts[line], end: span.end - starts[line] };
      const there = found.get(line);
      if (there === undefined) found.set(line, [{ kind, span: own }]);
      else there.push({ kind, span: own });
    }
  }
  return found;
}

/** The last line that starts at or before an offset. */
export function lineAt(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle] <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
