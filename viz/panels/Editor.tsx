/** A text area with line numbers that grows with its text, in which places can be marked. */

import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Span } from '../../src/notation/tree.ts';
import { EditorLine, lineAt, type Mark, marksByLine } from './EditorLine.tsx';

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

const NO_MARKS: readonly Mark[] = [];

/** The text is drawn twice: by a layer that can colour it, and over that by the text area, in clear ink. */
export function Editor(props: EditorProps) {
  const { text, label, marks, change, caret, handle } = props;
  const area = useRef<HTMLTextAreaElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const lines = text.split('\n');
  const starts: number[] = [0];
  for (const line of lines.slice(0, -1)) starts.push(starts[starts.length - 1] + line.length + 1);
  const byLine = marksByLine(marks, starts);

  useLayoutEffect(() => {
    if (handle === undefined) return;
    handle.current = {
      replace: (span, replacement) => {
        const element = area.current!;
        element.focus({ preventScroll: true });
        element.setSelectionRange(span.start, span.end);
        // the only way to change a text area that leaves its undo as it was; one that is hidden has no focus
        const isTyped =
          document.activeElement === element && document.execCommand('insertText', false, replacement);
        if (!isTyped) {
          element.setRangeText(replacement, span.start, span.end, 'end');
          change(element.value);
        }
      },
      select: ({ start, end }) => {
        const element = area.current!;
        element.focus({ preventScroll: true });
        element.setSelectionRange(start, end);
        const line = lineAt(starts, start);
        reveal(layer.current!.children[line], start - starts[line]);
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
  return (
    <div class="editor" style={{ '--digits': Math.max(2, String(lines.length).length) }}>
      <div class="editor-layer" aria-hidden="true" ref={layer}>
        {lines.map((line, i) => (
          <EditorLine key={i} number={i + 1} text={line} marks={byLine.get(i) ?? NO_MARKS} />
        ))}
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
        onKeyDown={(event) => {
          // the page's own keys work again; Tab goes on from here
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
        onBlur={() => caret?.(undefined)}
      />
    </div>
  );
}

/** Scrolls a place of a line into view, which may be far down in it. */
function reveal(line: Element, offset: number): void {
  const texts = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  let left = offset;
  for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
    const { length } = text as Text;
    if (left < length) {
      const range = document.createRange();
      range.setStart(text, left);
      range.setEnd(text, left + 1);
      const frame = line.closest('.editor')!;
      const [place, seen] = [range.getBoundingClientRect(), frame.getBoundingClientRect()];
      if (place.top < seen.top) frame.scrollTop += place.top - seen.top - 24;
      if (place.bottom > seen.bottom) frame.scrollTop += place.bottom - seen.bottom + 24;
      break;
    }
    left -= length;
  }
  line.closest('.editor')!.scrollIntoView({ block: 'nearest' });
}
