/** Slips in indices and ranges. */

import { type Integers, integerOf, plainName } from '../../model/equations/integers.ts';
import { referenceOf, scriptedName } from '../../model/equations/names.ts';
import type { Expr, Of } from '../../notation/tree.ts';
import { namesIn, replaced, rewritten, withParts } from '../rewrite.ts';
import type { Draft, Edit } from './edit.ts';
import { added, number } from './forms.ts';

/** Σ and Π from or to one further or one less, or to another letter; Π for Σ. */
export function* rangeEdits(x: Of<'big'>, draft: Draft): Generator<Edit> {
  const [condition] = x.lower;
  if (condition?.kind === 'relation' && condition.members.length === 2) {
    const [index, value] = condition.members;
    for (const step of [1, -1]) {
      const moved = moveBy(value, step);
      if (moved === undefined) continue;
      const lower = { ...condition, members: [index, moved] };
      yield { ...draft.edit('range', x, { ...x, lower: [lower] }), part: condition };
    }
  }
  if (x.upper !== undefined) {
    for (const step of [1, -1]) {
      const upper = moveBy(x.upper, step);
      if (upper !== undefined) yield { ...draft.edit('range', x, { ...x, upper }), part: x.upper };
    }
    for (const base of [...draft.letters, 'T']) {
      if (plainName(x.upper) === base || [...namesIn({ ...x, body: x.upper })].includes(base)) continue;
      const upper: Expr = { kind: 'name', base, accents: [], span: x.upper.span };
      yield { ...draft.edit('range', x, { ...x, upper }), part: x.upper };
    }
  }
  yield draft.edit('operator', x, { ...x, op: x.op === 'sum' ? 'prod' : 'sum' });
}

/** ∂O_t/∂H_t for ∂O_k/∂H_k: another letter throughout. */
export function* letterEdits(x: Of<'derivative'>, draft: Draft): Generator<Edit> {
  const own = new Set([...namesIn(x)].filter((name) => draft.letters.includes(name)));
  for (const letter of own) {
    for (const base of draft.letters) {
      if (own.has(base)) continue;
      const by = rewritten(x, (part) => (plainName(part) === letter ? ({ ...part, base } as Expr) : part));
      yield draft.edit('index', x, by);
    }
  }
}

/** Indices one further or one less, other letters, offsets turned. */
export function* scriptEdits(x: Expr, at: Integers, draft: Draft): Generator<Edit> {
  const reference = referenceOf(x, at, draft.subject.indexCount);
  const scripts = scriptedName(x)?.scripts ?? [];
  for (const script of scripts) {
    if (integerOf(script.at, at) === undefined && script.at.kind !== 'name' && script.at.kind !== 'sum')
      continue;
    const isName = reference !== undefined && integerOf(script.at, at) === undefined;
    if (isName) continue;
    for (const step of [1, -1]) {
      const moved = moveBy(script.at, step);
      if (moved !== undefined) yield draft.edit('index', x, replaced(x, script.at, moved));
    }
  }
  for (const { at: script } of scripts) {
    const isWord = script.kind === 'name' && script.accents.length === 0;
    if (!isWord || ![...script.base].every((letter) => draft.letters.includes(letter))) continue;
    for (const base of otherLetters(script.base, draft.letters))
      yield draft.edit('index', x, replaced(x, script, { ...script, base }));
  }
  if (x.kind === 'sub' && x.index.kind === 'list') {
    const index = { ...x.index, items: [...x.index.items].reverse() };
    yield draft.edit('index', x, { ...x, index });
  }
  const turned = withParts(x, flippedOffsets);
  if (turned !== x) yield draft.edit('index', x, turned);
}

/** Words with one letter exchanged, and the word backwards. */
function otherLetters(word: string, letters: readonly string[]): string[] {
  return [
    ...[...word].flatMap((_, i) =>
      letters
        .filter((letter) => letter !== word[i])
        .map((letter) => word.slice(0, i) + letter + word.slice(i + 1)),
    ),
    ...(word.length > 1 ? [[...word].reverse().join('')] : []),
  ];
}

/** e + step, written as people do: t, t + 1, t − 1, 3. */
function moveBy(x: Expr, step: number): Expr | undefined {
  if (x.kind === 'number')
    return Number(x.text) + step < 0 ? undefined : number(Number(x.text) + step, x.span);
  if (x.kind === 'name') return added(x, step > 0 ? '+' : '-', number(1, x.span));
  if (x.kind !== 'sum') return undefined;
  const last = x.terms[x.terms.length - 1];
  if (last.term.kind !== 'number') return undefined;
  const value = (last.sign === '+' ? 1 : -1) * Number(last.term.text) + step;
  const head = x.terms.slice(0, -1);
  if (value === 0) return head.length === 1 && head[0].sign === '+' ? head[0].term : { ...x, terms: head };
  const term = number(Math.abs(value), last.term.span);
  return { ...x, terms: [...head, { sign: value > 0 ? '+' : '-', term }] };
}

/** i − m for i + m, i − m + 1 for i + m − 1 in scripts. */
function flippedOffsets(x: Expr): Expr {
  if (x.kind === 'sum' && x.terms.length >= 2 && x.terms[1].term.kind === 'name') {
    const [first, ...rest] = x.terms;
    return {
      ...x,
      terms: [first, ...rest.map((part) => ({ ...part, sign: part.sign === '+' ? '-' : '+' }) as const)],
    };
  }
  return x.kind === 'list' ? withParts(x, flippedOffsets) : x;
}
