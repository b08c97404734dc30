/** Functions of one number by their names, and their derivatives: of an array they are taken of each element. */

import type { Algebra } from '../../ops/op.ts';

type ScalarFunction = <V>(A: Algebra<V>, x: V) => V;

export const scalarFunctions: ReadonlyMap<string, ScalarFunction> = new Map<string, ScalarFunction>([
  ['tanh', (A, x) => A.tanh(x)],
  ['sigmoid', (A, x) => A.sigmoid(x)],
  ['σ', (A, x) => A.sigmoid(x)],
  ['sigm', (A, x) => A.sigmoid(x)],
  ['logistic', (A, x) => A.sigmoid(x)],
  ['softplus', (A, x) => A.softplus(x)],
  ['relu', (A, x) => A.relu(x)],
  ['relu6', (A, x) => A.relu6(x)],
  ['selu', (A, x) => A.selu(x)],
  ['elu', (A, x) => A.elu(x, { alpha: 1 })],
  ['gelu', (A, x) => A.gelu(x)],
  ['silu', (A, x) => A.silu(x)],
  ['swish', (A, x) => A.silu(x)],
  ['leaky_relu', (A, x) => A.leakyRelu(x, { slope: 0.01 })],
  ['leakyrelu', (A, x) => A.leakyRelu(x, { slope: 0.01 })],
  ['softsign', (A, x) => A.div(x, A.affine(A.abs(x), { scale: 1, shift: 1 }))],
  ['mish', (A, x) => A.mul(x, A.tanh(A.softplus(x)))],
  ['hardtanh', (A, x) => A.clip(x, { low: -1, high: 1 })],
  ['logit', (A, x) => A.sub(A.log(x), A.log(A.affine(x, { scale: -1, shift: 1 })))],
  ['expm1', (A, x) => A.expm1(x)],
  ['log1p', (A, x) => A.log1p(x)],
  ['arcsin', (A, x) => A.asin(x)],
  ['arccos', (A, x) => A.acos(x)],
  ['exp', (A, x) => A.exp(x)],
  ['log', (A, x) => A.log(x)],
  ['ln', (A, x) => A.log(x)],
  ['sqrt', (A, x) => A.sqrt(x)],
  ['square', (A, x) => A.square(x)],
  ['abs', (A, x) => A.abs(x)],
  ['sign', (A, x) => A.sign(x)],
  ['sgn', (A, x) => A.sign(x)],
  ['sin', (A, x) => A.sin(x)],
  ['cos', (A, x) => A.cos(x)],
  ['tan', (A, x) => A.tan(x)],
  ['sinh', (A, x) => A.sinh(x)],
  ['cosh', (A, x) => A.cosh(x)],
  ['arctan', (A, x) => A.atan(x)],
  ['atan', (A, x) => A.atan(x)],
  ['erf', (A, x) => A.erf(x)],
  ['sech', (A, x) => A.reciprocal(A.cosh(x))],
  ['inv', (A, x) => A.reciprocal(x)],
]);

/** Derivatives f′ of functions of each element, at the argument. */
export const slopes: ReadonlyMap<string, ScalarFunction> = new Map<string, ScalarFunction>([
  ['tanh', (A, x) => A.affine(A.square(A.tanh(x)), { scale: -1, shift: 1 })],
  ['σ', sigmoidSlope],
  ['sigmoid', sigmoidSlope],
  ['relu', (A, x) => A.step(x)],
  ['exp', (A, x) => A.exp(x)],
  ['log', (A, x) => A.reciprocal(x)],
  ['ln', (A, x) => A.reciprocal(x)],
  ['sin', (A, x) => A.cos(x)],
  ['cos', (A, x) => A.affine(A.sin(x), { scale: -1, shift: 0 })],
  ['softplus', (A, x) => A.sigmoid(x)],
]);

function sigmoidSlope<V>(A: Algebra<V>, x: V): V {
  const s = A.sigmoid(x);
  return A.mul(s, A.affine(s, { scale: -1, shift: 1 }));
}
