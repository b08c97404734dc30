/** The value of a derivative ∂a/∂b: an immediate or a total Jacobian, a row, a column or an element of it. */

import type { VariableGraph } from '../../chain/variables.ts';
import type { NodeId } from '../../graph/graph.ts';
import { sizeOf } from '../../graph/shape.ts';
import { isShifted } from '../../model/equations/elements.ts';
import { functionName, slope } from '../../model/equations/functions.ts';
import { type Integers, plainName } from '../../model/equations/integers.ts';
import type { Value } from '../../model/equations/value.ts';
import type { Of } from '../../notation/tree.ts';
import { numbers, type Tensor } from '../../run/eager.ts';
import { OutOfRange, UnknownSymbol, Unsupported } from '../symbols.ts';
import { absent, type Evaluation } from './evaluation.ts';
import { type Place, placeOf } from './place.ts';
import { madeUp, zeros } from './values.ts';

/** Whether the derivative is taken through every path, or with the other variables held fixed. */
export function isTotal(e: Evaluation, x: Of<'derivative'>, of: Place): boolean {
  const { left, isMixed } = e.context;
  const { reading } = e;
  if (x.mark === 'partial+') return reading.plus === 'total';
  if (x.mark === 'nabla') return true;
  if (x === left && !isMixed) return reading.left === 'total' || isLoss(e, of);
  if (isMixed) return x.mark === 'd' || isLoss(e, of);
  return reading.factors === 'total' || isLoss(e, of);
}

/** ∂⁺ says that it is immediate: without a direct way it is 0, where a mere ∂H_3/∂H_1 is the sum over the paths. */
export function isStrict(e: Evaluation, x: Of<'derivative'>): boolean {
  return x.mark === 'partial+' && e.reading.plus === 'immediate';
}

function isLoss(e: Evaluation, { id }: Place): boolean {
  return id !== undefined && e.context.subject.losses.has(id);
}

export function derivativeValue(e: Evaluation, x: Of<'derivative'>, integers: Integers): Value<Tensor> {
  const inner = valueByChainRule(e, x, integers);
  if (inner !== undefined) return inner;
  const isPadded = e.reading.outside === 'zero' && (isShifted(x.of) || isShifted(x.by));
  try {
    return jacobianOf(e, x, integers);
  } catch (error) {
    if (isPadded && error instanceof OutOfRange) return e.m.number(0);
    throw error;
  }
}

/** ∂ log p_i/∂z_j = log′(p_i) ∂p_i/∂z_j, for functions of numbers. */
function valueByChainRule(e: Evaluation, x: Of<'derivative'>, integers: Integers): Value<Tensor> | undefined {
  const { of } = x;
  if (of.kind === 'bracket') {
    const isFunction = of.of.kind === 'call';
    return isFunction ? valueByChainRule(e, { ...x, of: of.of }, integers) : undefined;
  }
  const name = of.kind === 'call' ? plainName(of.fn) : undefined;
  if (of.kind !== 'call' || name === undefined || of.args.length !== 1 || x.order !== 1) return undefined;
  const arg = e.m.plain(e.value(of.args[0], integers));
  const factor = arg.shape.length === 0 ? slope(e.m, functionName(name), arg) : undefined;
  if (factor === undefined) return undefined;
  const inner = { ...x, of: of.args[0] };
  const left = e.context.left === x ? inner : e.context.left;
  return e.m.matrixProduct(factor, e.valueWithin({ context: { left } }, inner, integers));
}

function jacobianOf(e: Evaluation, x: Of<'derivative'>, integers: Integers): Value<Tensor> {
  const { text, left, subject } = e.context;
  if (x.order !== 1) throw new Unsupported('second derivatives are not judged', text, x.span);
  const of = placeOf(e, x.of, integers);
  const by = placeOf(e, x.by, integers);
  if (of.id === undefined || by.id === undefined) {
    e.beyond = true;
    const size = [sizeOf(of.shape), sizeOf(by.shape)];
    const isZero = of.id !== undefined && isLoss(e, of);
    const matrix = isZero ? zeros(size) : madeUp(e, size, `${of.label} ${by.label}`).v;
    return e.m.jacobian(matrix, of.shape, by.shape);
  }
  if (of.step !== undefined) throw new UnknownSymbol(x.of, text, integers);
  if (by.step !== undefined) {
    const matrix = byStep(e, of.id, by.id, by.step);
    if (matrix === undefined) throw absent(e, x.by);
    return e.m.jacobian(selected(matrix, of.element, by.element), of.shape, by.shape);
  }
  const feeds = (graph: VariableGraph) => graph.into(of.id!).some(({ from }) => from === by.id);
  // alone on the left nothing says which variables are meant to be held fixed: all that there are
  const kept = x === left && feeds(subject.all) ? subject.all : e.context.kept;
  const isDirect = feeds(kept);
  const isPathSum = of.id === by.id || isTotal(e, x, of) || (!isDirect && !isStrict(e, x));
  const matrix = isPathSum ? e.instance.total(of.id, by.id) : e.instance.jacobian(kept, of.id, by.id);
  const value = e.m.jacobian(selected(matrix, of.element, by.element), of.shape, by.shape);
  return of.isTransposed || by.isTransposed ? turned(e, x, value, of, by) : value;
}

/** ∂of/∂W^{(t)}: by way of the variables of step t that W is used in. Undefined: there is no such step. */
function byStep(e: Evaluation, of: NodeId, by: NodeId, step: number): Tensor | undefined {
  const { all } = e.context.subject;
  const users = all.segments
    .filter(({ from, to }) => from === by && e.context.subject.referenceOf(to)?.indices[0] === step)
    .map(({ to }) => numbers.matmul(e.instance.total(of, to), e.instance.jacobian(all, to, by)));
  return users.length === 0 ? undefined : users.reduce((sum, part) => numbers.add(sum, part));
}

/** ∂a/∂bᵀ is the Jacobian in numerator layout, ∂aᵀ/∂b that in denominator layout; ∂E/∂Wᵀ is (∂E/∂W)ᵀ. */
function turned(
  e: Evaluation,
  x: Of<'derivative'>,
  value: Value<Tensor>,
  of: Place,
  by: Place,
): Value<Tensor> {
  const isVector = ({ shape }: Place) => shape.length === 1;
  if (of.shape.length === 0 && by.shape.length <= 2) return e.m.transposed(value);
  if (isVector(of) && isVector(by) && (of.isTransposed ?? false) !== (by.isTransposed ?? false)) {
    const layout = by.isTransposed ? 'numerator' : 'denominator';
    if (layout === e.reading.layout) return value;
    return e.m.transposed(e.m.plain(value));
  }
  throw new Unsupported('a derivative of or by this transpose is not judged', e.context.text, x.span);
}

/** A row, a column or an element of a Jacobian. */
function selected(matrix: Tensor, row: number | undefined, column: number | undefined): Tensor {
  const [rows, columns] = matrix.shape;
  if (row === undefined && column === undefined) return matrix;
  const size = [row === undefined ? rows : 1, column === undefined ? columns : 1];
  return numbers.slice(matrix, { begin: [row ?? 0, column ?? 0], size });
}
