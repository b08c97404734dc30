/** Pointwise ops by their definitions, element by element. */

import {
  acos,
  asin,
  atan,
  atDistance,
  compare,
  compareAtJump,
  cos,
  type Dual,
  dual,
  erf,
  exp,
  isAbove,
  isLess,
  log,
  minus,
  over,
  plus,
  pow,
  power,
  scaled,
  shifted,
  sin,
  sqrt,
  times,
} from '../dual.ts';
import { commonShape, spreadElement, type Tensor, tabulate } from './tensor.ts';

const ZERO = dual(0);
const ONE = dual(1);

/** y = f(x₁, x₂, …) at each index of the operands' common shape. */
const each =
  <A>(f: (x: readonly Dual[], attrs: A) => Dual) =>
  (x: readonly Tensor[], attrs: A): Tensor =>
    tabulate(commonShape(x.map((operand) => operand.shape)), (index) =>
      f(
        x.map((operand) => spreadElement(operand, index)),
        attrs,
      ),
    );

const unary = (f: (x: Dual) => Dual) => each(([x]) => f(x));
const binary = (f: (a: Dual, b: Dual) => Dual) => each(([a, b]) => f(a, b));

/** The larger; at a tie half of each. */
function larger(a: Dual, b: Dual): Dual {
  if (isLess(a, b)) return b;
  return a.v === b.v ? dual(a.v, (a.d + b.d) / 2) : a;
}
const negative = (x: Dual): Dual => scaled(x, -1);
const smaller = (a: Dual, b: Dual): Dual => negative(larger(negative(a), negative(b)));

const truth = (holds: boolean): Dual => (holds ? ONE : ZERO);
const expm1 = (x: Dual): Dual => shifted(exp(x), -1);
const sigmoid = (x: Dual): Dual => over(ONE, shifted(exp(negative(x)), 1));
const sinh = (x: Dual): Dual => scaled(minus(exp(x), exp(negative(x))), 0.5);
const cosh = (x: Dual): Dual => scaled(plus(exp(x), exp(negative(x))), 0.5);
const relu = (x: Dual): Dual => (isAbove(x, 0) ? x : ZERO);
const elu = (x: Dual, alpha: number): Dual => (isAbove(x, 0) ? x : scaled(expm1(x), alpha));

/** The α and λ that keep mean 0 and variance 1: Klambauer et al. 2017, eq. 14. */
const SELU = (() => {
  const c = 1 - erf(dual(1 / Math.sqrt(2))).v; // erfc(1/√2)
  const d = 1 - erf(dual(Math.sqrt(2))).v;
  const [e, pi] = [Math.E, Math.PI];
  const alpha = -Math.sqrt(2 / pi) / (c * Math.sqrt(e) - 1);
  const root = 2 * d * e * e + pi * c * c * e - 2 * (2 + pi) * c * Math.sqrt(e) + pi + 2;
  return { alpha, lambda: ((1 - c * Math.sqrt(e)) * Math.sqrt(2 * pi)) / Math.sqrt(root) };
})();

/** Beyond ±0.9, where 1 − y loses digits, rows go by what y was computed from; here it may have been anything else. */
export function unsaturated(y: Dual): Dual {
  compare(y, dual(0.9));
  compare(y, dual(-0.9));
  return y;
}

/** For what jumps at 0. A number that is 0 though it does not move may be what rounding leaves of equal terms: no place to be. */
function isPositive(x: Dual): boolean {
  atDistance(x.v / Math.max(1, Math.abs(x.d)));
  return x.v > 0;
}

/** Whether a condition is not 0. */
function isSet(c: Dual): boolean {
  compare(c, ZERO);
  return c.v !== 0;
}

function isEqual(a: Dual, b: Dual): boolean {
  compareAtJump(a, b);
  return a.v === b.v;
}

function isSmaller(a: Dual, b: Dual): boolean {
  compareAtJump(a, b);
  return a.v < b.v;
}

export const pointwise = {
  add: binary(plus),
  sub: binary(minus),
  mul: binary(times),
  div: binary(over),
  xdivy: binary((a, b) => (a.v === 0 && b.v === 0 ? ZERO : over(a, b))),
  pow: binary(pow),
  affine: each<{ scale: number; shift: number }>(([x], { scale, shift }) => shifted(scaled(x, scale), shift)),
  exp: unary(exp),
  expm1: unary(expm1),
  log: unary(log),
  log1p: unary((x) => log(shifted(x, 1))),
  sqrt: unary(sqrt),
  reciprocal: unary((x) => over(ONE, x)),
  square: unary((x) => times(x, x)),
  power: each<{ exponent: number }>(([x], { exponent }) => power(x, exponent)),
  sin: unary(sin),
  cos: unary(cos),
  tan: unary((x) => over(sin(x), cos(x))),
  asin: unary(asin),
  acos: unary(acos),
  atan: unary(atan),
  sinh: unary(sinh),
  cosh: unary(cosh),
  tanh: unary((x) => over(sinh(x), cosh(x))),
  tanhSlope: binary((_, y) => minus(ONE, times(unsaturated(y), y))),
  erf: unary(erf),
  erfc: unary((x) => minus(ONE, erf(x))),
  abs: unary((x) => (isAbove(x, 0) ? x : negative(x))),
  sign: unary((x) => dual(isPositive(x) ? 1 : x.v === 0 ? 0 : -1)),
  sigmoid: unary(sigmoid),
  sigmoidSlope: binary((_, y) => minus(y, times(unsaturated(y), y))),
  softplus: unary((x) => log(shifted(exp(x), 1))),
  relu: unary(relu),
  relu6: unary((x) => (isAbove(x, 6) ? dual(6) : relu(x))),
  leakyRelu: each<{ slope: number }>(([x], { slope }) => (isAbove(x, 0) ? x : scaled(x, slope))),
  elu: each<{ alpha: number }>(([x], { alpha }) => elu(x, alpha)),
  selu: unary((x) => scaled(elu(x, SELU.alpha), SELU.lambda)),
  gelu: unary((x) => times(x, scaled(shifted(erf(scaled(x, 1 / Math.sqrt(2))), 1), 0.5))),
  silu: unary((x) => times(x, sigmoid(x))),
  max: binary(larger),
  min: binary(smaller),
  clip: each<{ low: number; high: number }>(([x], { low, high }) => {
    if (!isAbove(x, low)) return dual(low);
    return isAbove(x, high) ? dual(high) : x;
  }),
  step: unary((x) => truth(isPositive(x))),
  mask: binary((x, c) => (isSet(c) ? x : ZERO)),
  where: each(([c, a, b]) => (isSet(c) ? a : b)),
  // −α (1 − p)^γ log p
  focalLoss: each<{ gamma: number; alpha: number }>(([p], { gamma, alpha }) =>
    scaled(times(power(minus(ONE, p), gamma), log(p)), -alpha),
  ),
  // ½ x² up to |x| = δ, then the tangent there
  huber: each<{ delta: number }>(([x], { delta }) => {
    if (isAbove(x, delta)) return shifted(scaled(x, delta), (-delta * delta) / 2);
    if (!isAbove(x, -delta)) return shifted(scaled(x, -delta), (-delta * delta) / 2);
    return scaled(times(x, x), 0.5);
  }),
  stopGradient: unary(({ v }) => dual(v)),
  less: binary((a, b) => truth(isSmaller(a, b))),
  lessEqual: binary((a, b) => truth(!isSmaller(b, a))),
  greater: binary((a, b) => truth(isSmaller(b, a))),
  greaterEqual: binary((a, b) => truth(!isSmaller(a, b))),
  equal: binary((a, b) => truth(isEqual(a, b))),
  notEqual: binary((a, b) => truth(!isEqual(a, b))),
};
