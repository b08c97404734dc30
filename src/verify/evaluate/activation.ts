/** Slopes of activations: f′(a) where f is a letter, σ_t′, and f′ written in the function's value. */

import { sameShape } from '../../graph/shape.ts';
import { functionName, isFunction, slope } from '../../model/equations/functions.ts';
import { type Integers, plainName } from '../../model/equations/integers.ts';
import { referenceOf } from '../../model/equations/names.ts';
import type { Value } from '../../model/equations/value.ts';
import { NotationError } from '../../notation/problem.ts';
import type { Expr, Of } from '../../notation/tree.ts';
import type { Tensor } from '../../run/eager.ts';
import { activationOps } from '../activations.ts';
import { distance, TOLERANCE } from '../compare.ts';
import type { ChainArithmetic } from '../jacobian.ts';
import type { Meaning } from '../reading.ts';
import type { Subject } from '../subject.ts';
import { STEP_LETTERS, symbolKey, symbolOf, UnknownSymbol } from '../symbols.ts';
import { toldFunction } from '../told-functions.ts';
import { absent, type Evaluation } from './evaluation.ts';
import { ownSlope } from './own-slope.ts';
import { variableValue } from './values.ts';

/** σ_t′: the slope of the function that makes H_t. */
export function slopeValue(e: Evaluation, x: Of<'prime'>, integers: Integers): Value<Tensor> | undefined {
  const symbol = symbolOf(x.of, integers);
  const meaning = symbol && e.reading.meanings.get(`${symbolKey(symbol)}′`);
  if (symbol !== undefined && meaning === undefined && isBareFunction(e, x.of, symbol, integers)) {
    throw new UnknownSymbol(x.of, e.context.text, integers, '′');
  }
  if (meaning?.kind !== 'slope' || x.count !== 1) return undefined;
  const id = meaning.nodes.get(symbol!.indices.join('.'));
  if (id === undefined) throw absent(e, x);
  const { op, inputs } = e.context.subject.graph.node(id);
  requireSame(e, symbol!.name, op, x);
  return slope(e.m, op, variableValue(e, inputs[0]));
}

/** σ_t′ is the slope of what makes H_t, unless the text says that σ is another function. */
function requireSame(e: Evaluation, letter: string, op: string, { span }: Expr): void {
  const told = toldFunction(letter, e.context.text);
  if (told === undefined || told === op || (told === 'σ' && op === 'sigmoid')) return;
  throw new NotationError(`${letter} is ${told} here, and the network has ${op}`, e.context.text, span);
}

/** Whether a primed symbol is the name of a function with an index: σ_t′. */
function isBareFunction(
  e: Evaluation,
  x: Expr,
  { name, indices }: { name: string; indices: readonly number[] },
  integers: Integers,
): boolean {
  if (indices.length === 0 || referenceOf(x, integers, e.context.subject.indexCount) !== undefined)
    return false;
  return STEP_LETTERS.has(name) || isFunction(functionName(name));
}

/** f′(a) where f stands for an activation, and f′ written in terms of the function's value. */
export function callValue(e: Evaluation, x: Of<'call'>, integers: Integers): Value<Tensor> | undefined {
  const atStep = stepValue(e, x, integers);
  if (atStep !== undefined) return atStep;
  const isPrimed = x.fn.kind === 'prime' && x.fn.count === 1;
  const fn = x.fn.kind === 'prime' ? x.fn.of : x.fn;
  const name = plainName(fn);
  if (name === undefined || x.args.length !== 1) return undefined;
  const { subject, text } = e.context;
  const own = subject.functions.get(name);
  if (own !== undefined && typeof own !== 'string')
    return isPrimed ? ownSlope(e, own, e.m.plain(e.value(x.args[0], integers))) : undefined;
  const told = STEP_LETTERS.has(name) ? toldFunction(name, text) : undefined;
  const meaning = told === undefined ? e.reading.meanings.get(`${name}()`) : toldMeaning(name, told);
  const isLetter = STEP_LETTERS.has(name) && (!isFunction(functionName(name)) || isAnyActivation(e, fn, x));
  if (meaning === undefined && isLetter && subject.indexCount(name).length === 0)
    throw new UnknownSymbol(fn, text, integers, '()');
  const known = meaning?.kind === 'function' ? meaning.name : name;
  if (isPrimed && (meaning !== undefined || e.reading.prime === 'value')) {
    const arg = e.m.plain(e.value(x.args[0], integers));
    return e.reading.prime === 'value' ? inValue(e.m, known, arg) : slope(e.m, known, arg);
  }
  if (meaning === undefined || isPrimed) return undefined;
  return e.value({ ...x, fn: { kind: 'name', base: known, accents: [], span: fn.span } }, integers);
}

const toldMeaning = (letter: string, name: string): Meaning => ({
  kind: 'function',
  name,
  words: `${letter} = ${name}`,
});

/** σ′ where all layers or steps have one activation, and it is another: texts write σ for whatever that is. */
function isAnyActivation({ context: { subject } }: Evaluation, fn: Expr, x: Of<'call'>): boolean {
  const [op, ...others] = activationOps(subject.graph);
  const isOther = op !== undefined && op !== 'sigmoid' && others.length === 0;
  return isOther && plainName(fn) === 'σ' && x.fn.kind === 'prime' && isOfUnits(op, subject);
}

const isOfUnits = (op: string, { families, graph }: Subject): boolean =>
  [...families.values()].some(
    ({ indexCount, members }) => indexCount > 0 && members.some(({ id }) => graph.node(id).op === op),
  );

/** σ_3′(a_3) is the slope at a_3, the argument at step 3; before any other bracket σ_3′ is a factor. */
function stepValue(e: Evaluation, x: Of<'call'>, integers: Integers): Value<Tensor> | undefined {
  if (x.fn.kind !== 'prime' || x.fn.count !== 1 || x.args.length !== 1) return undefined;
  const symbol = symbolOf(x.fn.of, integers);
  if (symbol === undefined || !isBareFunction(e, x.fn.of, symbol, integers)) return undefined;
  const factor = slopeValue(e, x.fn, integers);
  const [arg] = x.args;
  const meaning = e.reading.meanings.get(`${symbolKey(symbol)}′`);
  if (factor === undefined || meaning?.kind !== 'slope') return undefined;
  const { op, inputs } = e.context.subject.graph.node(meaning.nodes.get(symbol.indices.join('.'))!);
  const [given, own] = [e.m.plain(e.value(arg, integers)), e.m.plain(variableValue(e, inputs[0]))];
  if (e.reading.prime === 'value') return inValue(e.m, op, given);
  const isAt = sameShape(given.shape, own.shape) && distance(given.v.data, own.v.data) < TOLERANCE.pass;
  if (isAt) return factor;
  const factors = [x.fn, { kind: 'bracket', style: '(', of: arg, span: arg.span } as const];
  const all = factors.map((part) => ({ operator: 'juxtaposed', factor: part }) as const);
  return e.value({ kind: 'product', factors: all, span: x.span }, integers);
}

/** The derivative of a function written in its value. */
function inValue(m: ChainArithmetic, name: string, y: Value<Tensor>): Value<Tensor> | undefined {
  const one = m.number(1);
  switch (name.toLowerCase()) {
    case 'tanh':
      return m.sum(one, m.hadamard(y, y), -1);
    case 'sigmoid':
    case 'σ':
      return m.hadamard(y, m.sum(one, y, -1));
    case 'relu':
      return m.value(m.domain.A.step(y.v), y.standing);
    case 'exp':
      return y;
    default:
      return undefined;
  }
}
