/** A text area with line numbers that grows with its text, in which places can be marked. */

import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Span } from '../../src/notation/tree.ts';

export interface Mark {
  readonly span: Span;
  /** Class of the marked text. */
  readonly kind: string;
}

/** What others may do with an editor on the page. */
export interface EditorHandle {
  /** Writes `text` in the place of a span, as if it had been typed: the browser can undo it. */
  replace(span: Span, text: string): void;
  /** Puts the caret there, and the place into view. */
  select(span: Span): void;
}

interface EditorProps {
  readonly text: string;
  readonly label: string;
  readonly marks: readonly Mark[];
  readonly describedBy?: string;
  readonly invalid?: boolean;
  readonly placeholder?: string;
  readonly change: (text: string) => void;
  /** Where the caret is, when it has moved; undefined when the editor has lost the focus. */
  readonly caret?: (at: number | undefined) => void;
  readonly handle?: { current: EditorHandle | undefined };
}

/** The text is drawn twice: by a layer that can colour it, and over that by the text area, in clear ink. */
export function Editor(props: EditorProps) {
  const { text, label, marks, change, caret, handle } = props;
  const area = useRef<HTMLTextAreaElement>(null);

  useLayoutEffect(() => {
    if (handle === undefined) return;
    handle.current = {
      replace: (span, replacement) => {
        const element = area.current!;
        element.focus();
        element.setSelectionRange(span.start, span.end);
        // the only way to change a text area that leaves its undo as it was
        if (!document.execCommand('insertText', false, replacement)) {
          element.setRangeText(replacement, span.start, span.end, 'end');
          change(element.value);
        }
      },
      select: ({ start, end }) => {
        const element = area.current!;
        element.focus();
        element.setSelectionRange(start, end);
      },
    };
    return () => {
      handle.current = undefined;
    };
  });

  const tellCaret = () => {
    const element = area.current;
    if (element !== null) caret?.(element.selectionStart);
  };
  const lines = text.split('\n');
  const digits = String(lines.length).length;
  let start = 0;
  return (
    <div class="editor" style={{ '--digits': Math.max(2, digits) }}>
      <div class="editor-layer" aria-hidden="true">
        {lines.map((line, i) => {
          const at = start;
          start += line.length + 1;
          return (
            <div class="editor-line" key={i} data-line={i + 1}>
              {pieces(line, at, marks)}
            </div>
          );
        })}
      </div>
      <textarea
        ref={area}
        value={text}
        aria-label={label}
        aria-invalid={props.invalid}
        aria-describedby={props.describedBy}
        placeholder={props.placeholder}
        spellcheck={false}
        autocomplete="off"
        autocapitalize="off"
        wrap="soft"
        onInput={(event) => {
          change(event.currentTarget.value);
          tellCaret();
        }}
        onSelect={tellCaret}
        onKeyUp={tellCaret}
        onBlur={() => caret?.(undefined)}
      />
    </div>
  );
}

/** A line cut at the ends of the marks; of marks that overlap the later one lies on top. */
function pieces(line: string, at: number, marks: readonly Mark[]) {
  const end = at + line.length;
  const here = marks.filter(({ span }) => span.start <= end && span.end >= at);
  if (here.length === 0) return line === '' ? '\u200b' : line;
  const cuts = new Set([at, end]);
  for (const { span } of here)
    for (const cut of [span.start, span.end]) if (cut > at && cut < end) cuts.add(cut);
  const sorted = [...cuts].sort((a, b) => a - b);
  const out = sorted.slice(1).map((to, i) => {
    const from = sorted[i];
    const mark = here.findLast(({ span }) => span.start <= from && span.end >= to && span.end > span.start);
    const part = line.slice(from - at, to - at);
    return mark === undefined ? (
      part
    ) : (
      <span class={`mark-${mark.kind}`} key={from}>
        {part}
      </span>
    );
  });
  // a place without width, such as the end of what is unfinished, is marked behind the text
  const empty = here.find(({ span }) => span.start === span.end || (span.start === end && span.end > end));
  if (empty !== undefined)
    out.splice(
      sorted.slice(1).filter((to) => to <= empty.span.start).length,
      0,
      <span class={`mark-${empty.kind} mark-empty`} key="empty">
        {'\u200b'}
      </span>,
    );
  return out.length === 0 ? '\u200b' : out;
}
