/** LaTeX in the page, by KaTeX into the DOM: no HTML string is ever parsed. */

import katex from 'katex';
import { useLayoutEffect, useRef } from 'preact/hooks';

const MAX_LENGTH = 20_000;

/** Renders into `element`; what KaTeX refuses is shown as text. */
export function typeset(element: HTMLElement, latex: string): void {
  try {
    if (latex.length > MAX_LENGTH) throw new RangeError('too long');
    katex.render(latex, element, {
      output: 'htmlAndMathml',
      strict: false,
      trust: (context) => context.command === '\\htmlData',
      maxExpand: 500,
      throwOnError: true,
    });
  } catch {
    element.textContent = latex.slice(0, 512);
  }
}

export function Maths({ latex, class: name = '' }: { latex: string; class?: string }) {
  const ref = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    if (ref.current !== null) typeset(ref.current, latex);
  }, [latex]);
  return <span class={`maths ${name}`} ref={ref} />;
}
