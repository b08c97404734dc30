import { describe, expect, test } from 'vitest';
import { grad } from '../src/autodiff/grad.ts';
import { GradpathError, nearest } from '../src/graph/error.ts';
import { broadcastOffsets, broadcastShapes } from '../src/graph/shape.ts';
import { graphToText } from '../src/graph/text.ts';
import { Builder } from '../src/ops/builder.ts';
import { Plan } from '../src/run/plan.ts';

describe('shapes', () => {
  test('broadcast as numpy does', () => {
    expect(broadcastShapes([4, 1], [3])).toEqual([4, 3]);
    expect(broadcastShapes([], [2, 2])).toEqual([2, 2]);
    expect(broadcastShapes([0], [1])).toEqual([0]);
    expect(broadcastShapes([4], [3])).toBeUndefined();
  });

  test('offsets repeat what is broadcast', () => {
    expect([...broadcastOffsets([2, 1], [2, 3])]).toEqual([0, 0, 0, 1, 1, 1]);
    expect([...broadcastOffsets([3], [2, 3])]).toEqual([0, 1, 2, 0, 1, 2]);
  });
});

describe('the graph', () => {
  test('reads as text, the backward pass beneath the forward pass', () => {
    const b = new Builder();
    const W = b.parameter('W', [2, 3]);
    const H = b.within('t=1', () => {
      const x = b.input('x', [3]);
      return b.define('H', () => b.tanh(b.matmul(W, x)));
    });
    const E = b.define('E', () => b.sum(b.square(H), { axes: [0], keepDims: false }));
    grad(b, E, [W]);
    expect(graphToText(b.graph)).toMatchInlineSnapshot(`
      "W: f64[2,3] = parameter
      x: f64[3] = input  @ t=1
      %2: f64[2] = matmul(W, x)  @ t=1
      H: f64[2] = tanh(%2)  @ t=1
      %4: f64[2] = square(H)
      E: f64[] = sum(%4, axes=[0], keepDims=false)
      %6: f64[] = constant(value=1)  ∂ E
      %7: f64[1] = reshape(%6, shape=[1])  ∂ E
      %8: f64[2] = broadcastTo(%7, shape=[2])  ∂ E
      %9: f64[2] = mul(%8, H)  ∂ %4
      %10: f64[2] = affine(%9, scale=2, shift=0)  ∂ %4
      %11: f64[2] = tanhSlope(%2, H)  @ t=1  ∂ H
      %12: f64[2] = mul(%10, %11)  @ t=1  ∂ H
      %13: f64[2,3] = outer(%12, x)  @ t=1  ∂ %2"
    `);
  });

  test('speaks of misfits in the names of the variables', () => {
    const b = new Builder();
    const W = b.parameter('W', [4, 4]);
    const x = b.input('x_2', [3]);
    expect(() => b.define('H_2', () => b.tanh(b.matmul(W, x)))).toThrowError(
      new GradpathError('shape', 'H_2: matmul of W (4×4) and x_2 (3): inner sizes 4 and 3 differ', 'H_2'),
    );
    expect(() => b.add(W, x)).toThrow('add of W (4×4) and x_2 (3): 4×4 and 3 do not broadcast to one shape');
  });

  test('knows each name once, and the nearest to one it does not know', () => {
    const b = new Builder();
    b.parameter('W_hh', [1]);
    expect(() => b.input('W_hh', [1])).toThrow('W_hh: the name is taken already');
    expect(() => b.graph.idOf('W_hx')).toThrow('unknown variable W_hx. Did you mean W_hh?');
  });

  test('refuses sizes that are none', () => {
    const b = new Builder();
    expect(() => b.parameter('W', [2, -1])).toThrow('W: -1 is no axis size');
    expect(() => b.parameter('W', [Number.NaN])).toThrow('W: NaN is no axis size');
    expect(() => b.constant([1, 2], [3], 'c')).toThrow('c: 2 values given, 3 takes 3');
    expect(() => b.constant([1, Number.NaN], [2], 'c')).toThrow(
      'c: element 2 is NaN, expected a finite number',
    );
    expect(() => b.input('x', new Array(9).fill(1))).toThrow('input has 9 axes, at most 8 are allowed');
    const four = b.input('four', [4]);
    expect(() => b.reshape(four, { shape: [-2, -2] })).toThrow(
      '-2 is no axis size; a size is a whole number from 0 on',
    );
    expect(() => b.sum(four, { axes: [0.5], keepDims: false })).toThrow(
      'sum of four (4): axes is [0.5], expected a list of whole numbers',
    );
  });

  test.each<[string, string[], string | undefined]>([
    ['gur', ['gru'], 'gru'], // two neighbours swapped are one edit
    ['rnm', ['cnn', 'rnn'], 'rnn'],
    ['abs', ['cos', 'sum'], undefined], // two of three letters are another word
    ['tan', ['min', 'sin'], undefined],
    ['W', ['H', 'w'], 'w'],
    ['W', ['H', 'W2'], undefined],
    ['W1', ['W2', 'H2'], 'W2'],
    ['stpes', ['steps'], 'steps'],
    ['tank', ['tanh', 'rank'], 'tanh'],
    ['sgmid', ['sigmoid'], 'sigmoid'],
    ['sgmd', ['sigmoid'], undefined],
  ])('nearest to %s among %j: %s', (word, candidates, expected) => {
    expect(nearest(word, candidates)).toBe(expected);
  });

  test('a chain of 100,000 nodes builds, differentiates and runs', () => {
    const b = new Builder();
    const x = b.parameter('x', []);
    let y = x;
    for (let i = 0; i < 100_000; i++) y = b.affine(y, { scale: i % 2 === 0 ? 2 : 0.5, shift: 0 });
    const [dx] = grad(b, y, [x]);
    for (const mode of ['inspect', 'lean'] as const) {
      const plan = new Plan(b.graph, [y, dx], { mode }).set(x, 3).run();
      expect(plan.value(y)[0]).toBe(3);
      expect(plan.value(dx)[0]).toBe(1);
    }
    expect(graphToText(b.graph).length).toBeGreaterThan(1e6);
  });

  test('so does one whose 100,000 nodes all use the same parameter', () => {
    const b = new Builder();
    const w = b.parameter('w', []);
    let y = b.constant(1);
    const uses = 100_000;
    for (let i = 0; i < uses; i++) y = b.mul(w, y);
    const [dw] = grad(b, y, [w]);
    expect(b.graph.node(dw).inputs).toHaveLength(uses);
    const plan = new Plan(b.graph, [y, dw], { mode: 'lean' }).set(w, 1).run();
    expect([plan.value(y)[0], plan.value(dw)[0]]).toEqual([1, uses]);
  });
});
