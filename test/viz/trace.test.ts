/** The steps of the page add up to what the engine says. */

import { describe, expect, test } from 'vitest';
import { rnn } from '../../examples/rnn/rnn.ts';
import { grad } from '../../src/autodiff/grad.ts';
import { Plan } from '../../src/run/plan.ts';
import { documentOf } from '../../viz/state/document.ts';
import { boundary, momentOf, traceOf } from '../../viz/state/trace.ts';
import { nodeName } from '../../viz/state/view.ts';
import { stepText } from '../../viz/state/words.ts';

const three = documentOf(rnn());
const idOf = (name: string) => three.graph.idOf(name);

describe('the last sum of each parameter is the gradient of the engine', () => {
  for (const T of [1, 2, 3, 10]) {
    for (const lossName of ['cross-entropy', 'squared-error'] as const) {
      for (const target of ['E', `E_${T}`, 'E_1']) {
        test(`T = ${T}, ${lossName}, ${target}`, () => {
          const options = { steps: T, seed: 7, loss: lossName };
          const document = documentOf(rnn(options));
          const { builder, values } = rnn(options);
          const { graph } = builder;
          const xs = document.parameters.map((name) => graph.idOf(name));
          const gradients = grad(builder, graph.idOf(target), xs);
          const plan = new Plan(graph, gradients, { dtype: 'float64' }).setAll(values).run();

          const trace = traceOf(document, document.graph.idOf(target));
          const end = momentOf(document, trace, trace.events.length);
          for (const [i, x] of xs.entries()) {
            const sum = end.gradientAt(x)!;
            expect(sum.index).toBe(sum.of);
            expect(distance(sum.tensor.data, plan.value(gradients[i]))).toBeLessThanOrEqual(1e-12);
          }
        });
      }
    }
  }
});

/** ‖a − b‖ / ‖b‖. */
function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [difference, size] = [0, 0];
  for (let i = 0; i < b.length; i++) {
    difference += (a[i] - b[i]) ** 2;
    size += b[i] ** 2;
  }
  return Math.sqrt(difference / size);
}

test('forward comes first and in order, then the seed, then one event per segment', () => {
  const { events, forward } = traceOf(three, idOf('E_2'));
  const told = events.map((event) => {
    const name = nodeName(three, event.node);
    return event.kind === 'flow'
      ? `${name} ${event.index}/${event.of} by ${event.segment}`
      : `${event.kind} ${name}`;
  });
  expect(told.slice(0, forward)).toEqual(
    ['H_1', 'O_1', 'E_1', 'H_2', 'O_2', 'E_2', 'H_3', 'O_3', 'E_3', 'E'].map((name) => `forward ${name}`),
  );
  expect(told.slice(forward)).toEqual([
    'seed E_2',
    'O_2 1/1 by O_2→E_2',
    'H_2 1/1 by H_2→O_2',
    'V 1/1 by V→O_2',
    'H_1 1/1 by H_1→H_2',
    'W 1/2 by W→H_2',
    'U 1/2 by U→H_2',
    'W 2/2 by W→H_1',
    'U 2/2 by U→H_1',
  ]);
});

test('before and summand make after, and the next event starts from there', () => {
  const { events } = traceOf(three, idOf('E'));
  const now = new Map<number, Float64Array>();
  for (const event of events) {
    if (event.kind !== 'flow') continue;
    const before = now.get(event.node);
    expect(event.before?.data).toEqual(before);
    const expected = event.delta.data.map((value, i) => (before?.[i] ?? 0) + value);
    expect([...event.after.data]).toEqual([...expected]);
    now.set(event.node, Float64Array.from(event.after.data));
  }
  expect(now.size).toBeGreaterThan(8);
});

test('values appear with the forward pass, gradients with the backward pass', () => {
  const trace = traceOf(three, idOf('E_3'));
  const start = momentOf(three, trace, 0);
  expect(['W', 'x_1', 'H_0'].map((name) => start.hasValue(idOf(name)))).toEqual([true, true, true]);
  expect(start.hasValue(idOf('H_1'))).toBe(false);
  expect(start.event).toBeUndefined();
  const first = momentOf(three, trace, 1);
  expect(first.hasValue(idOf('H_1'))).toBe(true);
  expect(first.hasValue(idOf('O_1'))).toBe(false);
  const unnamed = three.graph.nodes.find((node) => node.op === 'add' && node.scope === 't=2')!;
  expect(first.hasValue(unnamed.id)).toBe(false);
  expect(momentOf(three, trace, 4).hasValue(unnamed.id)).toBe(true);
  expect(momentOf(three, trace, trace.forward).gradientAt(idOf('E_3'))).toBeUndefined();
  expect(momentOf(three, trace, trace.forward + 1).gradientAt(idOf('E_3'))!.tensor.data[0]).toBe(1);
});

test('data that no parameter reaches gets no gradient', () => {
  const { events } = traceOf(three, idOf('E'));
  const receivers = new Set(events.filter((e) => e.kind === 'flow').map((e) => nodeName(three, e.node)));
  expect([...receivers].filter((name) => /^(x|y|H_0)/.test(name))).toEqual([]);
});

test.for([
  ['W', [12, 13, 15, 16, 18, 19, 21, 22]],
  ['V', [12, 13, 14, 15, 18, 22]],
] as const)('boundaries: each variable as it is done, each summand of %s, both ends', ([wrt, stops]) => {
  const trace = traceOf(three, idOf('E_3'));
  const next = (step: number, direction: 1 | -1) => boundary(trace, step, direction, idOf(wrt));
  const forwards = [0];
  while (forwards.at(-1)! < trace.events.length) forwards.push(next(forwards.at(-1)!, 1));
  const backwards = [trace.events.length];
  while (backwards.at(-1)! > 0) backwards.push(next(backwards.at(-1)!, -1));
  expect(forwards).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, ...stops]);
  expect(backwards.toReversed()).toEqual(forwards);
});

test('a step is told in numbers, in words and as a formula', () => {
  const trace = traceOf(three, idOf('E_3'));
  const text = (step: number) => stepText(three, trace, step, 'E_3');
  expect(text(4)).toMatchObject({
    position: 'forward 4 of 10',
    words: 'H 2 is computed from U, W, H 1 and x 2',
  });
  expect(text(4).latex).toMatch(/^H_2 = \\tanh/);
  const step = trace.events.findIndex((e) => e.kind === 'flow' && e.segment === 'W→H_2') + 1;
  expect(text(step)).toMatchObject({
    position: `backward ${step - 10} of 12`,
    words: 'The gradient of W receives what comes through H 2: 2 of 3',
    count: '2 of 3',
  });
  expect(text(step).latex).toBe(
    '\\displaystyle \\frac{\\partial E_3}{\\partial W} \\mathrel{+}= \\frac{\\partial E_3}{\\partial H_2}\\,\\frac{\\partial H_2}{\\partial W}',
  );
});
