/**
 * Functions where they saturate or nearly end: value, first and second derivative with all their digits, though 1 − y² of a
 * y that is nearly 1 has lost them. The numbers are mpmath's, of 60 digits and more.
 */

import { describe, expect, test } from 'vitest';
import { grad } from '../src/autodiff/grad.ts';
import { hessian } from '../src/autodiff/jacobian.ts';
import type { NodeId } from '../src/graph/graph.ts';
import { maxRelativeError } from '../src/interop/compare.ts';
import { Builder } from '../src/ops/builder.ts';
import type { UnaryName } from '../src/ops/unary.ts';
import { Plan } from '../src/run/plan.ts';

const rows: readonly [op: UnaryName, x: number, derivatives: number[]][] = [
  ['sigmoid', 30, [0.9999999999999064, 9.357622968838423e-14, -9.357622968836672e-14]],
  ['sigmoid', -30, [9.357622968839299e-14, 9.357622968838423e-14, 9.357622968836672e-14]],
  ['sigmoid', 2.5, [0.9241418199787564, 0.07010371654510816, -0.05946783584543407]],
  ['sigmoid', 700, [1.0, 9.85967654375977e-305, -9.85967654375977e-305]],
  ['tanh', 1.5, [0.9051482536448664, 0.18070663892364852, -0.32713259728754784]],
  ['tanh', 10, [0.9999999958776927, 8.244614455767397e-9, -1.6489228843561127e-8]],
  ['tanh', -20, [-1.0, 1.6993417021166355e-17, 3.398683404233271e-17]],
  ['tanh', 350, [1.0, 3.943870617503908e-304, -7.887741235007817e-304]],
  ['softplus', 40, [40.0, 1.0, 4.248354255291589e-18]],
  ['softplus', -40, [4.248354255291589e-18, 4.248354255291589e-18, 4.248354255291589e-18]],
  ['silu', 30, [29.999999999997193, 1.0000000000027136, -2.620134431274233e-12]],
  ['silu', -40, [-1.6993417021166355e-16, -1.6568581595637197e-16, -1.6143746170108038e-16]],
  ['gelu', -2, [-0.04550026389635842, -0.0852318010781969, -0.1079819330263761]],
  ['gelu', -8, [-4.976768459417427e-15, -3.979607261086796e-14, -3.1324080717928733e-13]],
  ['gelu', -12, [-2.1317785344932147e-32, -2.5578956616748956e-31, -3.0478649046415457e-30]],
  ['gelu', 9, [9.0, 1.0, -8.121021121618442e-17]],
  ['erf', 1.25, [0.9229001282564583, 0.2365211224472908, -0.5913028061182269]],
  ['erf', 4, [0.9999999845827421, 1.2698234671866558e-7, -1.0158587737493247e-6]],
  ['erfc', 1.25, [0.07709987174354177, -0.2365211224472908, 0.5913028061182269]],
  ['erfc', 2, [0.004677734981047266, -0.020666985354092053, 0.08266794141636821]],
  ['erfc', 6, [2.1519736712498913e-17, -2.617301239249265e-16, 3.1407614870991178e-15]],
  ['erfc', -3, [1.9999779095030015, -0.00013925305194674786, -0.0008355183116804871]],
  ['expm1', -40, [-1.0, 4.248354255291589e-18, 4.248354255291589e-18]],
  ['log1p', -1 + 2 ** -40, [-27.725887222397812, 1099511627776.0, -1.2089258196146292e24]],
  ['asin', 1 - 2 ** -40, [1.5707949780957442, 741455.2001896339, 4.0761930704155674e17]],
  ['acos', 1 - 2 ** -40, [1.3486991523487112e-6, -741455.2001896339, -4.0761930704155674e17]],
  ['asin', 2 ** -40 - 1, [-1.5707949780957442, 741455.2001896339, -4.0761930704155674e17]],
];

describe.each(rows)('%s at %d', (op, x, expected) => {
  test.each(['inspect', 'lean'] as const)('to second order, 2e-14, %s', (mode) => {
    const b = new Builder();
    const leaf = b.parameter('x', []);
    const y = b[op](leaf);
    const [first] = grad(b, y, [leaf]);
    const [second] = grad(b, first, [leaf]);
    const plan = new Plan(b.graph, [y, first, second], { mode }).set('x', [x]).run();
    const found = [y, first, second].map((id) => plan.value(id)[0]);
    expect(maxRelativeError(found, expected, 0), `${found}`).toBeLessThan(2e-14);
  });
});

describe.each(['inspect', 'lean'] as const)('softmax of the scores 30 and 0, %s', (mode) => {
  // σ(−30), σ′(30) and σ″(30)
  const [q, slope, bend] = [9.357622968839299e-14, 9.357622968838423e-14, -9.357622968836672e-14];
  const second = (m: number) => [m, -m, -m, m];

  test.each<[string, (b: Builder, x: NodeId) => NodeId, number[], number[]]>([
    ['the first probability', (b, x) => first(b, b.softmax(x)), [slope, -slope], second(bend)],
    ['its logarithm', (b, x) => first(b, b.logSoftmax(x)), [q, -q], second(-slope)],
    ['cross-entropy', (b, x) => b.crossEntropy(b.softmax(x), target(b)), [-q, q], second(slope)],
    ['cross-entropy of scores', (b, x) => b.softmaxCrossEntropy(x, target(b)), [-q, q], second(slope)],
  ])('%s: gradient and Hessian, 2e-14', (_, build, expected, bends) => {
    const b = new Builder();
    const x = b.parameter('x', [2]);
    const y = build(b, x);
    const [g] = grad(b, y, [x]);
    const H = hessian(b, y, x);
    const plan = new Plan(b.graph, [g, H], { mode }).set('x', [30, 0]).run();
    expect(maxRelativeError(plan.value(g), expected, 0), `${plan.value(g)}`).toBeLessThan(2e-14);
    expect(maxRelativeError(plan.value(H), bends, 0), `${plan.value(H)}`).toBeLessThan(2e-14);
  });
});

const offsets: readonly [scores: number[], logs: number[], logSum: number, crossEntropy: number][] = [
  [[-3000, -3000], [-Math.LN2, -Math.LN2], -2999.30685281944, Math.LN2],
  [
    [-3000, -3001.5, -2998.25],
    [-1.9427240554386485, -3.4427240554386485, -0.19272405543864843],
    -2998.0572759445613,
    3.0677240554386485,
  ],
  [
    [1000000, 1000001, 999997.5],
    [-1.335097595516167, -0.33509759551616713, -3.8350975955161672],
    1000001.3350975955,
    0.5850975955161671,
  ],
  [
    [-1000000000000000, -999999999999998, -1000000000000001],
    [-2.1698460195562856, -0.16984601955628564, -3.1698460195562856],
    -999999999999997.9,
    0.6698460195562856,
  ],
  [
    [1099511627776, 1099511627775, 1099511627779],
    [-3.0658839037574293, -4.065883903757429, -0.06588390375742917],
    1099511627779.066,
    3.8158839037574293,
  ],
  [[0, -50], [-1.9287498479639178e-22, -50.0], 1.9287498479639178e-22, 37.5],
  [[-2, 50, 0], [-52.0, -2.189777754930688e-22, -50.0], 50.0, 13.0],
];

describe.each(offsets)('scores %j', (scores, logs, logSum, crossEntropy) => {
  const b = new Builder();
  const x = b.parameter('x', [scores.length]);
  const targets = scores.map((_, i) => [0.25, 0.75, 0][i]);
  const lse = b.logSumExp(x, { axes: [0], keepDims: false });
  const [slope] = grad(b, lse, [x]);
  const bends = hessian(b, lse, x);
  const valuesOf = (id: NodeId) => new Plan(b.graph, [id]).set('x', scores).run().value(id);
  const of = (found: ArrayLike<number>, expected: ArrayLike<number>) => maxRelativeError(found, expected, 0);

  test('a large number in all of them takes no digit from the logarithm, 4e-16', () => {
    expect(of(valuesOf(b.logSoftmax(x)), logs)).toBeLessThan(4e-16);
    const loss = b.softmaxCrossEntropy(x, b.constant(targets, [scores.length]));
    expect(of(valuesOf(loss), [crossEntropy])).toBeLessThan(4e-16);
    expect(of(valuesOf(lse), [logSum])).toBeLessThan(4e-16);
  });

  test('nor from the slopes of log Σ eˣ, e^log p, and their slopes, 1e-14', () => {
    const p = logs.map(Math.exp);
    const rest = p.map((_, i) => p.reduce((sum, other, k) => (k === i ? sum : sum + other), 0)); // 1 − p
    expect(of(valuesOf(slope), p)).toBeLessThan(1e-14);
    const second = p.flatMap((_, i) => p.map((other, j) => (i === j ? p[i] * rest[i] : -p[i] * other)));
    expect(of(valuesOf(bends), second), `${valuesOf(bends)}`).toBeLessThan(1e-14);
  });
});

const [NAN, INF] = [Number.NaN, Number.POSITIVE_INFINITY];

test.each([
  ['NaN and −∞', [1, 1], [-1, 0], NAN, [NAN, NAN]],
  ['∞, NaN and 0', [-1, 1, 1], [0, -1, 1], NAN, [NAN, NAN, NAN]],
  ['−∞ and 0', [1, 1], [0, 1], 0, [-INF, 0]],
  ['∞ and 0', [-1, 1], [0, 1], INF, [NAN, -INF]],
])('of %s as scores what is no number stays, and −∞ counts nothing', (_, signs, values, logSum, logs) => {
  const b = new Builder();
  const x = b.parameter('x', [values.length]);
  const scores = b.mul(b.constant(signs, [signs.length]), b.log(x));
  const ids = [b.logSumExp(scores, { axes: [0], keepDims: false }), b.logSoftmax(scores)];
  const plan = new Plan(b.graph, ids).set('x', values).run();
  expect(ids.map((id) => [...plan.value(id)])).toEqual([[logSum], logs]);
});

const first = (b: Builder, y: NodeId): NodeId =>
  b.reshape(b.slice(y, { begin: [0], size: [1] }), { shape: [] });
const target = (b: Builder): NodeId => b.constant([1, 0], [2]);
