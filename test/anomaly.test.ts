/** Values that are not finite, gradients that vanish or explode, and kinks, each where it is known to be. */

import { describe, expect, test } from 'vitest';
import { kinks } from '../src/autodiff/kinks.ts';
import { type Anomaly, type AnomalyOptions, anomalies } from '../src/chain/anomaly.ts';
import { anomalyText, kinkText } from '../src/chain/anomaly-text.ts';
import type { NodeId } from '../src/graph/graph.ts';
import { Builder } from '../src/ops/builder.ts';
import type { Values } from '../src/run/values.ts';
import { growth, secondsOf } from './support/time.ts';

const all = { axes: [0], keepDims: false };

/** The anomalies of `E`, and their lines. */
function of(
  b: Builder,
  values: Readonly<Record<string, Values>>,
  options?: AnomalyOptions,
): { found: Anomaly[]; lines: string[] } {
  const E = b.graph.idOf('E');
  const { size } = b.graph;
  const found = anomalies(b, values, E, options);
  expect(b.graph.size).toBe(size); // left as it is
  return { found, lines: found.map((anomaly) => anomalyText(b.graph, E, anomaly)) };
}

/** H_t = factor·H_{t−1} from H_0 of two elements, t = 1 … T; what `loss` returns is E. */
function chain(factor: number, T: number, loss: (b: Builder, H: readonly NodeId[]) => NodeId): Builder {
  const b = new Builder();
  const H = [b.parameter('H_0', [2])];
  for (let t = 1; t <= T; t++) {
    const next = () => b.affine(H[t - 1], { scale: factor, shift: 0 });
    H.push(b.within(`t=${t}`, () => b.define(`H_${t}`, next)));
  }
  b.define('E', () => loss(b, H));
  return b;
}
const last = (b: Builder, H: readonly NodeId[]) => b.sum(H[H.length - 1], all);
const H_0 = [1, 1];

describe('the first value that is not finite', () => {
  test('forward: a variable, by its definition, scope and element', () => {
    const b = new Builder();
    const x = b.parameter('x_3', [3]);
    b.within('t=3', () => b.define('y_3', () => b.log(x)));
    b.define('E', () => b.sum(b.square(b.graph.idOf('y_3')), all));
    const { found, lines } = of(b, { x_3: [1, 0, 0] });
    expect(lines[0]).toBe(
      'the first value that is no finite number: y_3 = log(x_3) in t=3 is -Infinity at [2]',
    );
    expect(found[0]).toEqual({
      kind: 'non-finite',
      pass: 'forward',
      node: b.graph.idOf('y_3'),
      variable: 'y_3',
      scope: 't=3',
      op: 'log',
      element: 1,
      value: Number.NEGATIVE_INFINITY,
    });
  });

  test('forward: what has no name goes by its op and the next variable', () => {
    const b = new Builder();
    const x = b.parameter('x', [2, 2]);
    const flat = b.define('H_1', () => b.tanh(b.log(x)));
    b.define('E', () => b.sum(flat, { axes: [0, 1], keepDims: false }));
    const { lines } = of(b, { x: [1, 1, -1, 1] });
    expect(lines[0]).toBe(
      'the first value that is no finite number: log(x) on the way to H_1 is NaN at [2,1]',
    );
  });

  test('forward: float32 cannot hold what float64 can', () => {
    const b = new Builder('float32');
    b.define('E', () => b.square(b.parameter('x', [])));
    expect(of(b, { x: 1e39 }).lines[0]).toBe('the first value that is no finite number: x is Infinity');
  });

  test('backward: by the use through which it comes', () => {
    const b = new Builder();
    const x = b.parameter('x', [2]);
    const y = b.within('t=2', () => b.define('y', () => b.sqrt(x)));
    b.define('E', () => b.sum(y, all));
    const { found, lines } = of(b, { x: [4, 0] });
    expect(lines).toEqual([
      'the first gradient that is no finite number: that of x through y = sqrt(x) in t=2 is Infinity at [2]',
    ]);
    expect(found[0]).toMatchObject({
      pass: 'backward',
      node: x,
      op: 'sqrt',
      through: { consumer: y, slot: 0 },
    });
  });

  test('backward: the sum over the uses may be what overflows', () => {
    const b = new Builder();
    const x = b.parameter('x', []);
    const big = () => b.affine(x, { scale: 1.5e308, shift: 0 });
    b.define('E', () => b.add(big(), big()));
    const { found, lines } = of(b, { x: 0 });
    expect(lines).toEqual([
      'the first gradient that is no finite number: that of x, summed over its uses, is Infinity',
    ]);
    expect(found[0]).not.toHaveProperty('through');
  });

  test('backward: an operand without a name, and which of two operands', () => {
    const b = new Builder();
    const [x, z] = [b.parameter('x', []), b.parameter('z', [])];
    b.define('E', () => b.div(x, b.square(z))); // ∂E/∂z² = −x/z⁴ overflows, x/z² does not
    const { found, lines } = of(b, { x: 1, z: 1e-100 });
    expect(found.map((anomaly) => anomaly.kind === 'non-finite' && anomaly.through?.slot)).toEqual([1]);
    expect(lines).toEqual([
      'the first gradient that is no finite number: that of square(z) on the way to E through E = div(x, square(z)) is -Infinity',
    ]);
  });

  test('none in a sound pass, and none in what the target does not need', () => {
    const b = new Builder();
    const x = b.parameter('x', []);
    b.define('E', () => b.square(x));
    b.define('beyond', () => b.log(b.input('unset', [])));
    expect(of(b, { x: 1 }).found).toEqual([]);
  });
});

describe('along a chain', () => {
  test('vanished: a tenth at each of nine steps', () => {
    const { found, lines } = of(chain(0.1, 10, last), { H_0 });
    expect(lines).toEqual(['vanished: ‖∂E/∂H_0‖ is 1e-10 of ‖∂E/∂H_10‖; below 1e-6 from H_3 back']);
    const [anomaly] = found;
    expect(anomaly).toMatchObject({ kind: 'vanished', pass: 'backward', variable: 'H_0', isPart: false });
    if (anomaly.kind === 'non-finite') throw new Error('vanished expected');
    expect(anomaly.ratio / 1e-10).toBeCloseTo(1, 12);
    expect(anomaly.norm / (1e-10 * Math.SQRT2)).toBeCloseTo(1, 12); // ∂E/∂H_10 is (1, 1)
    expect(anomaly.beyond).toHaveLength(4); // H_3, H_2, H_1, H_0
  });

  test('exploding: ten times at each step, named at the far end', () => {
    const { lines } = of(chain(10, 10, last), { H_0: [1e-9, 1e-9] });
    expect(lines).toEqual(['exploding: ‖∂E/∂H_0‖ is 1e10 × ‖∂E/∂H_10‖; above 1e6 from H_3 back']);
  });

  test('a gradient that is zero has vanished', () => {
    const b = chain(-1, 3, (c, H) => c.sum(c.relu(H[3]), all));
    // relu′ is 0 where H_3 < 0, so all gradients are zero alike: none is small beside another
    expect(of(b, { H_0: [1, 1] }).found).toEqual([]);
    const dead = new Builder();
    const first = dead.parameter('h_1', [2]);
    const second = dead.define('h_2', () => dead.relu(first));
    dead.define('E', () => dead.sum(second, all));
    expect(of(dead, { h_1: [-1, -1] }).lines).toEqual([
      'vanished: ‖∂E/∂h_1‖ is 0, beside ‖∂E/∂h_2‖; below 1e-6 from h_1 back',
    ]);
  });

  test('thresholds are options', () => {
    const b = chain(0.1, 3, last);
    expect(of(b, { H_0 }).found).toEqual([]);
    expect(of(b, { H_0 }, { vanished: 0.05 }).lines).toEqual([
      'vanished: ‖∂E/∂H_0‖ is 1e-3 of ‖∂E/∂H_3‖; below 5e-2 from H_1 back',
    ]);
    expect(of(chain(10, 3, last), { H_0 }, { exploding: 50 }).lines[0]).toMatch(/^exploding: .* 1e3 × /);
  });

  test('a loss that is satisfied at the last step does not pass for an explosion', () => {
    const losses = (b: Builder, H: readonly NodeId[]) =>
      b.add(b.affine(b.sum(H[5], all), { scale: 1e-9, shift: 0 }), b.sum(H[4], all));
    expect(of(chain(1, 5, losses), { H_0 }).found).toEqual([]);
    // but what entered at H_4 explodes from there on
    const { found, lines } = of(chain(100, 5, losses), { H_0 }, { exploding: 1e7 });
    expect(lines).toEqual(['exploding: ‖∂E/∂H_0‖ is 1e8 × what enters at H_4; above 1e7 from H_0 back']);
    expect(found[0]).toMatchObject({ isPart: true });
  });

  test('variables that do not depend on each other are no chain', () => {
    const b = new Builder();
    const [x_1, x_2] = [b.parameter('x_1', []), b.parameter('x_2', [])];
    b.define('E', () => b.add(b.affine(x_1, { scale: 1e-12, shift: 0 }), x_2));
    expect(of(b, { x_1: 1, x_2: 1 }).found).toEqual([]);
  });

  test('uses of one parameter are looked at once each: eight times as many take no more than eight times as long', () => {
    const timeOf = (uses: number) => {
      const b = new Builder();
      const w = b.parameter('w', []);
      let h = b.parameter('h_0', []);
      for (let t = 1; t <= uses; t++) h = b.define(`h_${t}`, () => b.mul(w, h));
      b.define('E', () => b.square(h));
      return secondsOf(() => expect(of(b, { w: 1, h_0: 1 }).lines).toEqual([]));
    };
    expect(growth(timeOf, 5_000, 40_000)).toBeLessThan(24); // 64 if every use looked at all others
  });

  test('20,000 steps take no recursion', () => {
    const { lines } = of(chain(0.999, 20_000, last), { H_0 });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^vanished: ‖∂E\/∂H_0‖ is 2e-9 of/); // 0.999^20000 = 2.04e-9
  });
});

describe('on a kink', () => {
  const lines = (
    build: (b: Builder, x: NodeId) => NodeId,
    x: readonly number[],
    isNamed = true,
  ): string[] => {
    const b = new Builder();
    const leaf = b.parameter('x', [x.length]);
    const y = isNamed ? b.define('H_2', () => build(b, leaf)) : build(b, leaf);
    const axes = b.graph.node(y).shape.map((_, axis) => axis);
    const E = b.define('E', () => b.sum(y, { axes, keepDims: false }));
    return kinks(b, { x }, E, [leaf]).map((kink) => kinkText(b.graph, kink));
  };

  test.each<[string, (b: Builder, x: NodeId) => NodeId, number[], string[]]>([
    ['relu', (b, x) => b.relu(x), [1, 2, 0], ['relu at 0 in H_2[3]: the derivative there is taken as 0']],
    [
      'leaky relu',
      (b, x) => b.leakyRelu(x, { slope: 0.1 }),
      [0, 0],
      ['leakyRelu at 0 in H_2[1] and 1 more element: the derivative there is taken as 0.1'],
    ],
    [
      'relu6, at both',
      (b, x) => b.relu6(x),
      [6, 0],
      [
        'relu6 at 0 in H_2[2]: the derivative there is taken as 0',
        'relu6 at 6 in H_2[1]: the derivative there is taken as 0',
      ],
    ],
    [
      'clip, by its bounds',
      (b, x) => b.clip(x, { low: -1, high: 2 }),
      [2, 3],
      ['clip at 2 in H_2[1]: the derivative there is taken as 1'],
    ],
    ['√', (b, x) => b.sqrt(x), [0], ['sqrt at 0 in H_2[1]: the derivative there is taken as Infinity']],
    ['sign', (b, x) => b.sign(x), [0, 1], ['sign at 0 in H_2[1]: the derivative there is taken as 0']],
    [
      'a tie of two',
      (b, x) => b.max(x, b.constant(3)),
      [2, 3],
      ['max of equals in H_2[2]: the derivative there is taken as 0.5'],
    ],
    [
      'a tie of four',
      (b, x) => b.reduceMin(x, all),
      [1, 1, 5, 1, 1],
      ['reduceMin of equals in H_2: the derivative there is taken as 0.25'],
    ],
    [
      'a tie in one row of two',
      (b, x) => b.reduceMax(b.reshape(x, { shape: [2, 2] }), { axes: [1], keepDims: false }),
      [1, 2, 3, 3],
      ['reduceMax of equals in H_2[2]: the derivative there is taken as 0.5'],
    ],
    ['a norm', (b, x) => b.norm(x, all), [0, 0], ['norm at 0 in H_2: the derivative there is taken as 0']],
    ['none: beside it', (b, x) => b.relu(x), [1e-9, -1e-9], []],
    ['none: the first derivative of elu with α = 1 does not jump', (b, x) => b.elu(x, { alpha: 1 }), [0], []],
    [
      'but that of α = 2 does',
      (b, x) => b.elu(x, { alpha: 2 }),
      [0],
      ['elu at 0 in H_2[1]: the derivative there is taken as 2'],
    ],
  ])('%s', (_, build, x, expected) => {
    expect(lines(build, x)).toEqual(expected);
  });

  test('without a name, by the next variable; and not where no derivative is asked for', () => {
    expect(lines((b, x) => b.abs(x), [0], false)).toEqual([
      'abs at 0 in abs(x)[1] on the way to E: the derivative there is taken as 0',
    ]);
    const data = (b: Builder, x: NodeId) => b.mul(x, b.relu(b.constant([0], [1])));
    expect(lines(data, [1])).toEqual([]);
  });
});
