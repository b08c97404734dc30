/** What a derivative is of or by: a variable, an element of one, or a parameter as one step uses it. */

import type { NodeId } from '../../graph/graph.ts';
import { type Shape, sizeOf } from '../../graph/shape.ts';
import { digitsApart, elementsOf } from '../../model/equations/elements.ts';
import { type Integers, integerOf, plainName } from '../../model/equations/integers.ts';
import { referenceOf } from '../../model/equations/names.ts';
import { type Expr, isTransposeMark } from '../../notation/tree.ts';
import { symbolKey, symbolOf, UnknownSymbol, Unsupported } from '../symbols.ts';
import { outsideOf } from './element.ts';
import { absent, type Evaluation, textOf } from './evaluation.ts';
import { likeBehind } from './values.ts';

/** What a derivative is of or by: a variable or an element of one; behind the last step there is none any more. */
export interface Place {
  readonly id: NodeId | undefined;
  /** Behind the last step: another variable of the family. */
  readonly like?: NodeId;
  readonly shape: Shape;
  /** Row-major place of one element. */
  readonly element: number | undefined;
  /** The name as it is told: H_3. */
  readonly label: string;
  /** It was written transposed, and is an array. */
  readonly isTransposed?: boolean;
  /** W^{(t)}: the parameter as it is used at one step alone. */
  readonly step?: number;
}

/** Which variable, or which element of one, a derivative is of or by. */
export function placeOf(e: Evaluation, x: Expr, integers: Integers): Place {
  const { subject, text } = e.context;
  const { indexCount, graph } = subject;
  const label = textOf(e, x);
  if (x.kind === 'bracket') return placeOf(e, x.of, integers);
  if (
    x.kind === 'sup' &&
    x.bracket === undefined &&
    isTransposeMark(x.exponent) &&
    referenceOf(x, integers, indexCount) === undefined
  ) {
    const inner = placeOf(e, x.of, integers);
    return inner.shape.length === 0 ? inner : { ...inner, isTransposed: true };
  }
  if (x.kind === 'call' && plainName(x.fn) === 'vec' && x.args.length === 1) {
    const inner = placeOf(e, x.args[0], integers);
    return inner.shape.length < 2 ? inner : { ...inner, shape: [sizeOf(inner.shape)] };
  }
  const reference = referenceOf(x, integers, indexCount);
  if (reference !== undefined) {
    const id = subject.find(reference);
    if (id !== undefined)
      return { id, shape: graph.node(id).shape, element: undefined, label: subject.nameOf(id) };
    const like = likeBehind(e, reference, x);
    if (like !== undefined)
      return { id: undefined, like, shape: graph.node(like).shape, element: undefined, label };
  }
  const step = placeAtStep(e, x, integers);
  if (step !== undefined) return step;
  let isElement = false;
  for (const { reference: whole, places: written } of elementsOf(x, integers, indexCount)) {
    const id = subject.find(whole);
    const like = id ?? likeBehind(e, whole, x);
    const shape = like === undefined ? undefined : graph.node(like).shape;
    const places = digitsApart(written, shape?.length ?? 0);
    isElement ||= places.every((place) => place !== undefined);
    if (shape === undefined || shape.length !== places.length || places.some((i) => i === undefined))
      continue;
    const at = places.map((i) => i! - e.reading.base);
    if (at.some((i, axis) => i < 0 || i >= shape[axis]))
      throw outsideOf(e, x, id === undefined ? whole.family : subject.nameOf(id), shape);
    if (id === undefined) return { id, shape: [], element: undefined, label };
    const element = at.reduce((sum, i, axis) => sum * shape[axis] + i, 0);
    return { id, shape: [], element, label };
  }
  const symbol = symbolOf(x, integers);
  const meaning = symbol && e.reading.meanings.get(symbolKey(symbol));
  if (meaning?.kind === 'node') {
    const id = meaning.nodes.get(symbol!.indices.join('.'));
    if (id !== undefined) return { id, shape: graph.node(id).shape, element: undefined, label };
  }
  if (reference !== undefined || (isElement && meaning === undefined)) throw absent(e, x, integers);
  if (symbol === undefined)
    throw new Unsupported('a derivative of, or by, an expression is not judged', text, x.span);
  throw new UnknownSymbol(x, text, integers);
}

/** W^{(t)}, b^{(t)}: a parameter without indices, as step t uses it. */
function placeAtStep(e: Evaluation, x: Expr, integers: Integers): Place | undefined {
  const { subject } = e.context;
  if (x.kind !== 'sub' && (x.kind !== 'sup' || x.bracket === undefined)) return undefined;
  const reference = referenceOf(x.of, integers, subject.indexCount);
  const id = reference && subject.find(reference);
  const step = integerOf(x.kind === 'sup' ? x.exponent : x.index, integers);
  if (id === undefined || step === undefined || subject.graph.node(id).op !== 'parameter') return undefined;
  const { shape } = subject.graph.node(id);
  const isElement = ({ places }: { readonly places: readonly (number | undefined)[] }) =>
    digitsApart(places, shape.length).length === shape.length;
  const { indexCount } = subject;
  if (x.kind === 'sub' && (shape.length < 2 || elementsOf(x, integers, indexCount).some(isElement)))
    return undefined;
  return { id, shape, element: undefined, label: textOf(e, x), step };
}
