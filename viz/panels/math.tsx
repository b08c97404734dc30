/** LaTeX in the page, by KaTeX into the DOM: no HTML string is ever parsed. */

import katex from 'katex';
import { useLayoutEffect, useRef } from 'preact/hooks';

const MAX_LENGTH = 24_000;

/** Letters of what KaTeX refuses that are shown. */
const SHOWN = 512;

/** Renders into `element`; what KaTeX refuses is shown as text, and what is too long is told. */
export function typeset(element: HTMLElement, latex: string): void {
  if (latex.length > MAX_LENGTH) {
    element.textContent = `too long to be typeset: ${latex.length} letters of LaTeX, at most ${MAX_LENGTH} are`;
    return;
  }
  try {
    katex.render(latex, element, {
      output: 'htmlAndMathml',
      strict: false,
      trust: (context) => context.command === '\\htmlData',
      maxExpand: 500,
      throwOnError: true,
    });
  } catch {
    element.textContent = latex.length > SHOWN ? `${latex.slice(0, SHOWN)}…` : latex;
  }
}

export function Maths({ latex, class: name = '' }: { latex: string; class?: string }) {
  const ref = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    if (ref.current !== null) typeset(ref.current, latex);
  }, [latex]);
  return <span class={`maths ${name}`} ref={ref} />;
}
