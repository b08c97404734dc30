/** Single changes to a formula, such as people forget or slip in: what would make a wrong formula right. */

import { sameShape } from '../graph/shape.ts';
import { type Integers, integerOf } from '../model/equations/integers.ts';
import { referenceOf, scriptedName } from '../model/equations/names.ts';
import { parseExpression } from '../notation/parse.ts';
import { type Expr, isTransposeMark, type Of, type Span } from '../notation/tree.ts';
import { replaced, withParts } from './rewrite.ts';
import { type Family, familyKey, type Subject } from './subject.ts';

export type EditKind =
  | 'sign'
  | 'transpose'
  | 'index'
  | 'range'
  | 'order'
  | 'function'
  | 'operator'
  | 'factor'
  | 'extra'
  | 'missing'
  | 'scale'
  | 'symbol'
  | 'power';

export interface Edit {
  readonly kind: EditKind;
  /** What is at fault. */
  readonly part: Expr;
  /** What is replaced, and by what. */
  readonly old: Expr;
  readonly by: Expr;
  /** The whole member with the change. */
  readonly member: Expr;
}

/** Kinds by how likely a slip they are. */
export const KINDS: readonly EditKind[] = [
  ...([
    'sign',
    'transpose',
    'index',
    'range',
    'order',
    'function',
    'operator',
    'factor',
    'power',
    'scale',
    'extra',
    'missing',
    'symbol',
  ] as const),
];

const at = (span: Span) => ({ span });
const number = (value: number, span: Span): Expr =>
  value < 0
    ? { kind: 'neg', of: number(-value, span), span }
    : { kind: 'number', text: String(value), ...at(span) };
const bracket = (of: Expr): Expr =>
  of.kind === 'sum' || of.kind === 'neg' ? { kind: 'bracket', style: '(', of, span: of.span } : of;
const transposed = (of: Expr): Expr => ({
  kind: 'sup',
  of:
    of.kind === 'product' || of.kind === 'sum' || of.kind === 'neg'
      ? { kind: 'bracket', style: '(', of, span: of.span }
      : of,
  exponent: { kind: 'name', base: '⊤', accents: [], span: of.span },
  span: of.span,
});
const squared = (of: Expr): Expr => ({ kind: 'sup', of, exponent: number(2, of.span), span: of.span });
const oneMinus = (x: Expr): Expr => ({
  kind: 'bracket',
  style: '(',
  span: x.span,
  of: {
    kind: 'sum',
    terms: [
      { sign: '+', term: number(1, x.span) },
      { sign: '-', term: x },
    ],
    span: x.span,
  },
});
const called = (fn: string, of: Expr): Expr => ({
  kind: 'call',
  fn: { kind: 'name', base: fn, accents: [], span: of.span },
  args: [of],
  span: of.span,
});
const times = (a: Expr, b: Expr, operator: 'hadamard' | 'juxtaposed' = 'hadamard'): Expr => ({
  kind: 'product',
  factors: [
    { operator: 'juxtaposed', factor: bracket(a) },
    { operator, factor: b },
  ],
  span: a.span,
});

/**
 * All edits of one member. Indices have some value in `known`, so that names can be told from them. `others`: the other
 * members of the statement.
 */
export function* editsOf(
  member: Expr,
  subject: Subject,
  known: Integers,
  others: readonly Expr[] = [],
): Generator<Edit> {
  const make = (kind: EditKind, part: Expr, by: Expr): Edit => ({
    kind,
    part,
    old: part,
    by,
    member: replaced(member, part, by),
  });
  yield make(
    'sign',
    member,
    member.kind === 'neg' ? member.of : { kind: 'neg', of: bracket(member), span: member.span },
  );
  yield make('transpose', member, transposed(member));
  const slopes = [...slopesIn([member, ...others], subject, known)];
  const letters = [...known.keys()].filter((name) => name.length === 1 && !subject.integers.has(name));
  const swapped = (word: string): string[] => [
    ...[...word].flatMap((_, i) =>
      letters
        .filter((letter) => letter !== word[i])
        .map((letter) => word.slice(0, i) + letter + word.slice(i + 1)),
    ),
    ...(word.length > 1 ? [[...word].reverse().join('')] : []),
  ];
  yield* visit(member, known, false);

  /** `isPlace`: in a derivative, above or below, where only variables stand. */
  function* visit(x: Expr, at: Integers, isPlace: boolean): Generator<Edit> {
    yield* local(x, at, isPlace);
    let inner = at;
    if (x.kind === 'big') {
      const bound = new Map(at);
      for (const condition of x.lower) {
        const first = condition.kind === 'relation' ? condition.members : [condition];
        for (const part of first) if (part.kind === 'name' && !bound.has(part.base)) bound.set(part.base, 2);
      }
      inner = bound;
    }
    if (
      x.kind === 'sub' ||
      x.kind === 'index' ||
      (x.kind === 'sup' && referenceOf(x, at, subject.indexCount))
    )
      return;
    const parts: Expr[] = [];
    withParts(x, (part) => {
      parts.push(part);
      return part;
    });
    const holdsPlaces = isPlace || x.kind === 'derivative' || x.kind === 'differential';
    // what binds the letters of a Σ is edited as its range, exponents and functions with what they belong to
    for (const part of parts) {
      const isBound = x.kind === 'big' && part !== x.body;
      const isMark = (x.kind === 'sup' && part === x.exponent) || (x.kind === 'call' && part === x.fn);
      if (!isBound && !isMark) yield* visit(part, inner, holdsPlaces);
    }
  }

  function* local(x: Expr, at: Integers, isPlace: boolean): Generator<Edit> {
    switch (x.kind) {
      case 'sum':
        yield* ofSum(x);
        break;
      case 'product':
        yield* ofProduct(x);
        break;
      case 'neg':
        yield make('sign', x, x.of);
        break;
      case 'big':
        yield* ofRange(x);
        break;
      case 'number':
        for (const value of [
          Number(x.text) + 1,
          Number(x.text) - 1,
          Number(x.text) * 2,
          Number(x.text) / 2,
        ]) {
          if (value > 0) yield make('scale', x, number(value, x.span));
        }
        break;
      case 'call':
        if (x.args.length === 1) yield make('function', x, bracket(x.args[0]));
        if (x.fn.kind === 'prime') yield* ofSlope(x, x.fn);
        yield* ofConvolution(x);
        break;
      case 'derivative':
        yield make('order', x, { ...x, of: x.by, by: x.of });
        break;
      case 'name':
      case 'sub':
      case 'index':
        yield* ofName(x, at, isPlace);
        break;
      case 'differential':
        break;
      case 'sup':
        if (referenceOf(x, at, subject.indexCount) !== undefined) yield* ofName(x, at, isPlace);
        else if (isTransposeMark(x.exponent)) yield make('transpose', x, x.of);
        else {
          yield make('power', x, x.of);
          const inner = underOne(x.of);
          if (inner !== undefined) yield make('power', x, oneMinus(squared(inner)));
          const exponent = integerOf(x.exponent, at);
          if (exponent !== undefined) {
            yield make('power', x, { ...x, exponent: number(exponent + 1, x.exponent.span) });
            if (exponent > 2)
              yield make('power', x, { ...x, exponent: number(exponent - 1, x.exponent.span) });
          }
        }
        break;
      case 'prime':
        yield make('transpose', x, x.of);
        break;
      default:
    }
  }

  /** conv for corr, with whatever mode. */
  function* ofConvolution(x: Of<'call'>): Generator<Edit> {
    const named = x.fn.kind === 'sub' ? x.fn.of : x.fn;
    if (named.kind !== 'name') return;
    const [word, ...mode] = named.base.split('_');
    const other = word === 'conv' ? 'corr' : word === 'corr' ? 'conv' : undefined;
    if (other !== undefined)
      yield make('function', x, replaced(x, named, { ...named, base: [other, ...mode].join('_') }));
  }

  /** σ′ for tanh′. */
  function* ofSlope(x: Of<'call'>, fn: Of<'prime'>): Generator<Edit> {
    for (const base of ['tanh', 'σ', 'relu']) {
      if (fn.of.kind === 'name' && fn.of.base === base) continue;
      const of: Expr = { kind: 'name', base, accents: [], span: fn.of.span };
      yield make('function', x, { ...x, fn: { ...fn, of } });
    }
  }

  function* ofSum(x: Of<'sum'>): Generator<Edit> {
    for (let i = 0; i < x.terms.length; i++) {
      const flipped = x.terms.map((term, k) =>
        k === i ? ({ ...term, sign: term.sign === '+' ? '-' : '+' } as const) : term,
      );
      yield { ...make('sign', x, { ...x, terms: flipped }), part: x.terms[i].term };
      const rest = x.terms.filter((_, k) => k !== i);
      const [only] = rest;
      const kept: Expr =
        rest.length > 1
          ? { ...x, terms: rest }
          : only.sign === '+'
            ? only.term
            : { kind: 'neg', of: bracket(only.term), span: only.term.span };
      yield { ...make('extra', x, kept), part: x.terms[i].term };
      for (const factor of [2, 0.5]) {
        const scaled = x.terms.map((term, k) =>
          k === i ? { ...term, term: times(number(factor, x.span), bracket(term.term), 'juxtaposed') } : term,
        );
        yield { ...make('scale', x, { ...x, terms: scaled }), part: x.terms[i].term };
      }
    }
    // 1 − y² for y(1 − y)
    const root = squareUnderOne(x);
    if (root !== undefined) {
      yield make('function', x, times(root, oneMinus(root)));
      yield make('function', x, {
        ...(oneMinus(squared(called('tanh', root))) as Of<'bracket'>).of,
        span: x.span,
      });
      yield make('function', x, times(called('σ', root), oneMinus(called('σ', root))));
    }
    const plain = underOne(x);
    if (plain !== undefined) {
      yield make('factor', x, plain);
      yield make('power', x, { ...x, terms: [x.terms[0], { sign: '-', term: squared(plain) }] });
    }
  }

  function* ofProduct(x: Of<'product'>): Generator<Edit> {
    const { factors } = x;
    const join = (list: Of<'product'>['factors']): Expr =>
      list.length === 1 ? list[0].factor : { ...x, factors: list };
    for (let i = 0; i < factors.length; i++) {
      const rest = factors.filter((_, k) => k !== i);
      yield { ...make('factor', x, join(rest)), part: factors[i].factor };
    }
    for (let i = 0; i + 1 < factors.length; i++) {
      const swapped = [...factors];
      swapped[i] = { ...factors[i], factor: factors[i + 1].factor };
      swapped[i + 1] = { ...factors[i + 1], factor: factors[i].factor };
      yield make('order', x, { ...x, factors: swapped });
      const { operator } = factors[i + 1];
      const other = operator === 'hadamard' ? 'juxtaposed' : 'hadamard';
      const changed = factors.map((factor, k) =>
        k === i + 1 ? ({ ...factor, operator: other } as const) : factor,
      );
      yield make('operator', x, { ...x, factors: changed });
      if (operator !== 'outer') {
        yield make('operator', x, {
          ...x,
          factors: factors.map((factor, k) =>
            k === i + 1 ? ({ ...factor, operator: 'outer' } as const) : factor,
          ),
        });
      }
      if (operator === 'star' || operator === 'asterisk') {
        const kernel = { ...factors[i + 1], factor: called('rot180', factors[i + 1].factor) };
        yield make('operator', x, {
          ...x,
          factors: [...factors.slice(0, i + 1), kernel, ...factors.slice(i + 2)],
        });
      }
      // y ⊙ (1 − y) for 1 − y²
      const y = underOne(factors[i + 1].factor);
      if (y !== undefined && alike(y, factors[i].factor)) {
        const merged = { ...factors[i], factor: oneMinus(squared(y)) };
        yield make('function', x, join([...factors.slice(0, i), merged, ...factors.slice(i + 2)]));
      }
    }
    if (factors.length > 2) {
      const turned = [...factors].reverse();
      yield make('order', x, {
        ...x,
        factors: turned.map(({ factor }, i) => ({ operator: factors[i].operator, factor })),
      });
    }
    for (const slope of slopes) yield make('factor', x, times(x, slope));
  }

  function* ofRange(x: Of<'big'>): Generator<Edit> {
    const [condition] = x.lower;
    if (condition?.kind === 'relation' && condition.members.length === 2) {
      const [index, value] = condition.members;
      for (const step of [1, -1]) {
        const moved = moveBy(value, step);
        if (moved === undefined) continue;
        const lower = { ...condition, members: [index, moved] };
        yield { ...make('range', x, { ...x, lower: [lower] }), part: condition };
      }
    }
    if (x.upper !== undefined) {
      for (const step of [1, -1]) {
        const upper = moveBy(x.upper, step);
        if (upper !== undefined) yield { ...make('range', x, { ...x, upper }), part: x.upper };
      }
    }
  }

  function* ofName(x: Expr, at: Integers, isPlace: boolean): Generator<Edit> {
    const reference = referenceOf(x, at, subject.indexCount);
    const scripts = scriptedName(x)?.scripts ?? [];
    for (const script of scripts) {
      if (integerOf(script.at, at) === undefined && script.at.kind !== 'name' && script.at.kind !== 'sum')
        continue;
      const isName = reference !== undefined && !isIndex(script.at, at);
      if (isName) continue;
      for (const step of [1, -1]) {
        const moved = moveBy(script.at, step);
        if (moved !== undefined) yield make('index', x, replaced(x, script.at, moved));
      }
    }
    for (const { at: script } of scripts) {
      const isWord = script.kind === 'name' && script.accents.length === 0;
      if (!isWord || ![...script.base].every((letter) => letters.includes(letter))) continue;
      for (const base of swapped(script.base))
        yield make('index', x, replaced(x, script, { ...script, base }));
    }
    if (x.kind === 'sub' && x.index.kind === 'list') {
      const index = { ...x.index, items: [...x.index.items].reverse() };
      yield make('index', x, { ...x, index });
    }
    const turned = withParts(x, flippedOffsets);
    if (turned !== x) yield make('index', x, turned);
    if (!isPlace) yield* ofValue(x);
    if (reference === undefined) return;
    const key = familyKey(reference);
    for (const [other, family] of subject.families) {
      if (other === key || family.indexCount !== reference.indices.length) continue;
      const renamed = renamedTo(x, family, at);
      if (renamed !== undefined) yield make('symbol', x, renamed);
    }
  }

  /** p − y for p: a target that was left out. */
  function* ofTarget(x: Expr): Generator<Edit> {
    const reference = referenceOf(x, known, subject.indexCount);
    const id = reference && subject.find(reference);
    if (reference === undefined || id === undefined) return;
    const { shape } = subject.graph.node(id);
    for (const family of subject.families.values()) {
      const [{ id: first }] = family.members;
      const { op, shape: own } = subject.graph.node(first);
      if (op !== 'input' || !sameShape(own, shape) || family.name === reference.family) continue;
      const target = renamedTo(x, family, known);
      if (target === undefined) continue;
      for (const sign of ['-', '+'] as const) {
        const terms = [
          { sign: '+', term: x },
          { sign, term: target },
        ] as const;
        yield make('missing', x, {
          kind: 'bracket',
          style: '(',
          of: { kind: 'sum', terms, span: x.span },
          span: x.span,
        });
      }
    }
  }

  function* ofValue(x: Expr): Generator<Edit> {
    yield make('transpose', x, transposed(x));
    for (const fn of ['tanh', 'σ', 'exp', 'log']) yield make('function', x, called(fn, x));
    yield make('function', x, oneMinus(x));
    yield make('factor', x, times(x, oneMinus(x)));
    yield make('power', x, squared(x));
    yield* ofTarget(x);
    for (const slope of slopes) yield make('factor', x, times(x, slope));
  }
}

const isIndex = (x: Expr, known: Integers): boolean => integerOf(x, known) !== undefined;

/** The name of another family with the same indices. */
export function renamedTo(x: Expr, family: Family, known: Integers): Expr | undefined {
  const indices = (scriptedName(x)?.scripts ?? [])
    .map(({ at: script }) => script)
    .filter((script) => isIndex(script, known));
  if (indices.length !== family.indexCount) return undefined;
  const base = { ...parseExpression(family.name), span: x.span };
  if (indices.length === 0) return base;
  const index: Expr = indices.length === 1 ? indices[0] : { kind: 'list', items: indices, span: x.span };
  return { kind: 'sub', of: base, index, span: x.span };
}

/** e + step, written as people do: t, t + 1, t − 1, 3. */
function moveBy(x: Expr, step: number): Expr | undefined {
  if (x.kind === 'number')
    return Number(x.text) + step < 0 ? undefined : number(Number(x.text) + step, x.span);
  if (x.kind === 'name') {
    const term = number(1, x.span);
    return {
      kind: 'sum',
      terms: [
        { sign: '+', term: x },
        { sign: step > 0 ? '+' : '-', term },
      ],
      span: x.span,
    };
  }
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

/** y of 1 − y. */
function underOne(x: Expr): Expr | undefined {
  const sum = x.kind === 'bracket' ? x.of : x;
  if (sum.kind !== 'sum' || sum.terms.length !== 2) return undefined;
  const [one, other] = sum.terms;
  return one.term.kind === 'number' && one.term.text === '1' && other.sign === '-' ? other.term : undefined;
}

/** y of 1 − y². */
function squareUnderOne(x: Expr): Expr | undefined {
  const square = underOne(x);
  if (square?.kind === 'product' && square.factors.length === 2) {
    const [a, b] = square.factors.map(({ factor }) => factor);
    return alike(a, b) ? a : undefined;
  }
  return square?.kind === 'sup' && square.exponent.kind === 'number' && square.exponent.text === '2'
    ? square.of
    : undefined;
}

/** Whether two expressions are written alike. */
export function alike(a: Expr, b: Expr): boolean {
  const shape = (x: Expr): unknown =>
    JSON.stringify(x, (key, value) => (key === 'span' || key === 'style' ? undefined : value));
  return shape(a) === shape(b);
}

/** Derivatives of activations at the indices that occur: 1 − H_t², i_t ⊙ (1 − i_t). */
function* slopesIn(members: readonly Expr[], subject: Subject, known: Integers): Generator<Expr> {
  const [member] = members;
  const indices = new Map<string, Expr>();
  const visit = (x: Expr): void => {
    const name = x.kind === 'sub' || x.kind === 'index' ? scriptedName(x) : undefined;
    for (const script of name?.scripts ?? []) {
      const shown = JSON.stringify(script.at, (key, value) => (key === 'span' ? undefined : value));
      if (integerOf(script.at, known) !== undefined) indices.set(shown, script.at);
    }
    withParts(x, (part) => {
      visit(part);
      return part;
    });
  };
  for (const x of members) visit(x);
  for (const { name, indexCount, members } of subject.families.values()) {
    const op = subject.graph.node(members[members.length - 1].id).op;
    if (op !== 'tanh' && op !== 'sigmoid') continue;
    const base: Expr = { ...parseExpression(name), span: member.span };
    const all: Expr[] =
      indexCount === 0
        ? [base]
        : indexCount === 1
          ? [...indices.values()]
              .slice(0, 4)
              .map((index) => ({ kind: 'sub', of: base, index, span: member.span }))
          : [];
    for (const y of all)
      yield op === 'tanh'
        ? oneMinus(squared(y))
        : { kind: 'bracket', style: '(', of: times(y, oneMinus(y)), span: member.span };
  }
}
