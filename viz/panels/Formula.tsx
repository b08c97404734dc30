/** The gradient as a typeset chain-rule formula whose factors and terms are linked to the picture. */

import { useComputed, useSignalEffect } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Formula as Data } from '../../src/chain/formula.ts';
import { derivative, formulaToLatex } from '../../src/chain/latex.ts';
import { spoken } from '../state/names.ts';
import { colourOf } from '../state/scene.ts';
import {
  chosenPaths,
  explanation,
  form,
  hover,
  litPaths,
  moment,
  PATH_COLOURS,
  pathSegments,
  selection,
  target,
  wrt,
  wrtId,
} from '../state/store.ts';
import type { FormulaForm } from '../state/url.ts';
import { factorWords } from '../state/words.ts';
import { typeset } from './math.tsx';

interface Factor {
  readonly segment: string;
  readonly of: string;
  readonly by: string;
  /** Segments from the target to this one, itself included: which paths the factor belongs to. */
  readonly chain: readonly string[];
}

interface Linked {
  readonly latex: string;
  /** Factors by number: names inside LaTeX arguments would have to be escaped. */
  readonly factors: readonly Factor[];
  readonly words: string;
}

function linked(formula: Data): Linked {
  const factors: Factor[] = [];
  const chains = chainsOf(formula);
  const latex = formulaToLatex(formula, (text, part) => {
    if (part.kind === 'factor') {
      const number = factors.push({ ...part, chain: chains.get(part) ?? [part.segment] }) - 1;
      return `\\htmlData{factor=${number}}{${text}}`;
    }
    if (part.kind === 'product' && part.path !== undefined) return `\\htmlData{term=${part.path}}{${text}}`;
    return text;
  });
  // parentheses of a fixed size: lines may break within them
  const breakable = latex.replaceAll('\\left(', '\\Bigl(').replaceAll('\\right)', '\\Bigr)');
  return { latex: breakable, factors, words: wordsOf(formula) };
}

/** By factor: the segments multiplied up to it. A sum is the last factor of its product. */
function chainsOf(formula: Data): Map<Data, readonly string[]> {
  const chains = new Map<Data, readonly string[]>();
  const walk = (part: Data, before: readonly string[]) => {
    if (part.kind === 'factor') chains.set(part, [...before, part.segment]);
    else if (part.kind === 'sum') for (const term of part.terms) walk(term, before);
    else if (part.kind === 'product') {
      let chain = before;
      for (const each of part.factors) {
        walk(each, chain);
        if (each.kind === 'factor') chain = [...chain, each.segment];
      }
    }
  };
  walk(formula, []);
  return chains;
}

/** For screen readers: the formula read out. */
function wordsOf(formula: Data): string {
  switch (formula.kind) {
    case 'factor':
      return factorWords(formula.of, formula.by);
    case 'total':
      return `total ${factorWords(formula.of, formula.by)}`;
    case 'product':
      return formula.factors
        .map((f) => {
          if (f.kind === 'more') return `${f.terms} more factors`;
          return f.kind === 'sum' ? `open, ${wordsOf(f)}, close` : wordsOf(f);
        })
        .join(' times ');
    case 'sum':
      return formula.terms.map(wordsOf).join(', plus ');
    case 'more':
      return `${formula.terms} more terms`;
    default:
      return formula.kind;
  }
}

/** The path that enters the parameter through this segment, if there is just one: the term that a step adds. */
function onlyPathBy(segment: string): number | undefined {
  const paths = pathSegments.value.flatMap((segments, i) => (segments.at(-1) === segment ? [i] : []));
  return paths.length === 1 ? paths[0] : undefined;
}

export function Formula() {
  const root = useRef<HTMLDivElement>(null);
  const content = useComputed(() => linked(explanation.value[form.value]));
  const left = derivative('\\partial', target.value, wrt.value);
  const { latex, factors, words: formulaWords } = content.value;

  useLayoutEffect(() => {
    const element = root.current;
    if (element === null) return;
    typeset(element, `\\displaystyle ${left} = ${latex}`);
    // KaTeX hides its visual half from screen readers; here that half holds the controls
    element.querySelector('.katex-html')?.removeAttribute('aria-hidden');
    element.querySelector('.katex-mathml')?.setAttribute('aria-hidden', 'true');
    for (const part of element.querySelectorAll<HTMLElement>('[data-factor]')) {
      const { of, by, segment } = factors[Number(part.dataset.factor)];
      part.tabIndex = 0;
      part.setAttribute('role', 'button');
      // what is seen is a heap of letters; what is heard are words
      for (const child of part.children) child.setAttribute('aria-hidden', 'true');
      const words = part.appendChild(window.document.createElement('span'));
      words.className = 'visually-hidden';
      words.textContent = factorWords(of, by);
      part.dataset.segment = segment;
    }
  }, [left, latex, factors]);

  useSignalEffect(() => {
    const hovered = new Set(hover.value?.segments ?? []);
    const lit = new Set(litPaths.value);
    const written = content.value.factors; // marks belong to what is on the page now
    // terms of the expanded form are marked whole; the nested one shares its factors among paths
    const focused = chosenPaths.value.length > 0 || hover.value?.path !== undefined;
    const marked =
      form.value === 'nested' && focused
        ? litPaths.value.map((path) => ({ path, segments: pathSegments.value[path] }))
        : undefined;
    const event = moment.value.event;
    const flowing = event?.kind === 'flow' ? event.segment : undefined;
    const added =
      event?.kind === 'flow' && event.node === wrtId.value ? onlyPathBy(event.segment) : undefined;
    queueMicrotask(() => {
      for (const part of root.current?.querySelectorAll<HTMLElement>('[data-factor]') ?? []) {
        const { segment, chain } = written[Number(part.dataset.factor)] ?? { segment: '', chain: [] };
        const path = marked?.find(({ segments }) => chain.every((id, i) => segments[i] === id))?.path;
        const colours = path === undefined ? [] : ['chosen', `colour-${colourOf(path)}`];
        part.classList.remove('chosen', ...Array.from({ length: PATH_COLOURS }, (_, i) => `colour-${i}`));
        part.classList.add(...colours);
        part.classList.toggle('faint', marked !== undefined && path === undefined);
        part.classList.toggle('now', segment === flowing);
        part.classList.toggle('lit', hovered.has(segment));
      }
      for (const part of root.current?.querySelectorAll<HTMLElement>('[data-term]') ?? []) {
        const path = Number(part.dataset.term);
        part.classList.add('term', `colour-${colourOf(path)}`);
        part.classList.toggle('lit', lit.has(path));
        part.classList.toggle('faint', lit.size > 0 && !lit.has(path));
        part.classList.toggle('now', path === added);
      }
    });
  });

  const point = (event: Event) => {
    const at = event.target as Element;
    const factor = at.closest<HTMLElement>('[data-factor]');
    const term = at.closest<HTMLElement>('[data-term]');
    if (factor !== null) hover.value = { segments: [factor.dataset.segment!] };
    else if (term !== null) hover.value = { segments: [], path: Number(term.dataset.term) };
    else hover.value = undefined;
  };
  const leave = () => {
    hover.value = undefined;
  };
  const press = (event: Event) => {
    const factor = (event.target as Element).closest<HTMLElement>('[data-factor]');
    if (factor !== null) selection.value = factor.dataset.segment;
  };

  return (
    <section
      class={explanation.value.count > 6n ? 'panel formula long' : 'panel formula'}
      aria-labelledby="formula-title"
    >
      <header>
        <h2 id="formula-title">Chain rule</h2>
        <FormToggle />
      </header>
      {/* biome-ignore lint/a11y/useSemanticElements: a formula is a group of controls, but no fieldset */}
      <div
        class="formula-body"
        ref={root}
        role="group"
        aria-label={`derivative of ${spoken(target.value)} by ${spoken(wrt.value)} equals ${formulaWords}`}
        onPointerOver={point}
        onPointerLeave={leave}
        onFocusIn={point}
        onFocusOut={leave}
        onClick={press}
        onKeyDown={(event) => {
          if (event.key === 'Enter' || event.key === ' ') {
            press(event);
            event.preventDefault();
            event.stopPropagation();
          }
        }}
      />
    </section>
  );
}

function FormToggle() {
  const forms: readonly FormulaForm[] = ['expanded', 'nested'];
  return (
    <fieldset class="segmented" aria-label="Form of the formula">
      {forms.map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={form.value === name}
          onClick={() => {
            form.value = name;
          }}
        >
          {name}
        </button>
      ))}
    </fieldset>
  );
}
