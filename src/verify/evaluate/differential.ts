/** Gradients of the target: the value of dW, and which expressions are gradients and nothing else. */

import type { NodeId } from '../../graph/graph.ts';
import type { Integers } from '../../model/equations/integers.ts';
import type { Value } from '../../model/equations/value.ts';
import { NotationError } from '../../notation/problem.ts';
import type { Expr, Of } from '../../notation/tree.ts';
import { undoDifferential } from '../../notation/undo.ts';
import { scalar, type Tensor } from '../../run/eager.ts';
import { markedNode, markedSymbol } from '../marked.ts';
import { symbolKey, symbolOf, UnknownSymbol, Unsupported } from '../symbols.ts';
import { isTotal } from './derivative.ts';
import type { Evaluation } from './evaluation.ts';
import { type Place, placeOf } from './place.ts';
import { meantValue } from './symbol.ts';
import { gradientValue, zeroLike, zeros } from './values.ts';

/** dW: the gradient of the target by W. */
export function differentialValue(e: Evaluation, x: Of<'differential'>, integers: Integers): Value<Tensor> {
  const { text } = e.context;
  const glued = undoDifferential(x);
  const symbol = glued && symbolOf(glued, integers);
  const meaning = symbol && e.reading.meanings.get(symbolKey(symbol));
  if (meaning !== undefined) return meantValue(e, x, meaning, symbol!.indices);
  const marked = markedSymbol(x, integers);
  const gate = marked && e.reading.meanings.get(marked.key);
  if (gate?.kind === 'gradient') return meantValue(e, x, gate, marked!.indices);
  let place: Place;
  try {
    place = placeOf(e, x.of, integers);
  } catch (error) {
    if (!(error instanceof UnknownSymbol) || glued === undefined) throw error;
    if (glued.kind === 'product') throw error;
    throw new UnknownSymbol(glued, text, integers);
  }
  if (x.order !== 1) throw new Unsupported('second derivatives are not judged', text, x.span);
  if (place.id === undefined) {
    e.beyond = true;
    return place.like === undefined ? e.m.value(zeros(place.shape)) : zeroLike(e, place.like);
  }
  const whole = gradientValue(e, outputOf(e, place.id));
  if (place.element === undefined) return whole;
  return e.m.value(scalar(whole.v.data[place.element]));
}

/** δ aᵀ where a line says what δ is: a product, no gradient by a. */
export function productWithMark(e: Evaluation, x: Expr, integers: Integers): Of<'product'> | undefined {
  const product = undoDifferential(x);
  if (product?.kind !== 'product') return undefined;
  const mark = symbolOf(product.factors[0].factor, integers);
  return mark !== undefined && e.reading.meanings.has(symbolKey(mark)) ? product : undefined;
}

/** dy_t is by the output where y_t is its target: nobody derives by targets. */
function outputOf(e: Evaluation, id: NodeId): NodeId {
  const { subject } = e.context;
  const isTarget =
    subject.graph.node(id).op === 'input' &&
    subject.all.segments.every(({ from, to }) => from !== id || subject.losses.has(to));
  const indices = subject.referenceOf(id)?.indices ?? [];
  const outputs = isTarget ? subject.roles.get('ys')?.members : undefined;
  return outputs?.find((member) => member.indices.join() === indices.join())?.id ?? id;
}

/** Of what number by which variable an expression is the gradient, if it is nothing else: ∂E/∂W, dW, δ_t. */
export function gradientPlace(
  e: Evaluation,
  x: Expr,
  integers: Integers,
): { readonly of: NodeId; readonly by: NodeId; readonly sign: 1 | -1 } | undefined {
  const { subject } = e.context;
  try {
    if (x.kind === 'derivative') {
      const [of, by] = [placeOf(e, x.of, integers), placeOf(e, x.by, integers)];
      const isWhole =
        of.id !== undefined && by.id !== undefined && of.element === undefined && by.element === undefined;
      return isWhole && isTotal(e, x, of) ? { of: of.id!, by: by.id!, sign: 1 } : undefined;
    }
    const symbol = symbolOf(x, integers);
    const meaning = symbol && e.reading.meanings.get(symbolKey(symbol));
    if (meaning?.kind === 'gradient') {
      if (meaning.isElement || meaning.losses !== undefined) return undefined;
      const by = meaning.nodes.get(symbol!.indices.join('.'));
      return by === undefined ? undefined : { of: subject.target, by, sign: meaning.sign };
    }
    if (x.kind !== 'differential') return undefined;
    const marked = markedNode(x, integers, e.reading.meanings);
    if (marked !== undefined) {
      const by = marked.nodes.get(marked.indices.join('.'));
      return by === undefined ? undefined : { of: subject.target, by, sign: 1 };
    }
    const place = placeOf(e, x.of, integers);
    if (place.id === undefined || place.element !== undefined) return undefined;
    return { of: subject.target, by: place.id, sign: 1 };
  } catch (error) {
    if (error instanceof NotationError) return undefined;
    throw error;
  }
}
