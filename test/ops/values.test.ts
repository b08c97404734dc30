/** All rows of the op table over their samples: the value against the definition, and modes and precisions of a run. */

import { describe, expect, test } from 'vitest';
import { grad } from '../../src/autodiff/grad.ts';
import { opNames } from '../../src/ops/table.ts';
import { Plan } from '../../src/run/plan.ts';
import { expectEqual } from '../support/agree.ts';
import { reference, tensor } from '../support/reference/index.ts';
import { samplesOf } from '../support/samples/index.ts';
import { run, trial } from '../support/trial.ts';

describe.each(opNames)('%s', (op) => {
  const trials = () => samplesOf(op).map((sample, i) => ({ ...trial(sample), sample, label: `sample ${i}` }));

  test('is what its definition says, 1e-12', () => {
    for (const { b, y, values, sample, label } of trials()) {
      const leaves = sample.shapes.map((shape, leaf) => tensor(shape, sample.values[leaf]));
      const operands = sample.operands.map((leaf) => leaves[leaf]);
      const expected = reference(op, operands, sample.attrs);
      expect(b.graph.node(y).shape, label).toEqual(expected.shape);
      const naive = expected.at.map((element) => element.v);
      expectEqual(run(b, [y], values)[0], naive, 1e-12, label);
    }
  });

  test('float32 agrees with float64, 1e-4', () => {
    for (const { b, xs, y, E, values, label } of trials()) {
      const outputs = [y, ...grad(b, E, xs)];
      const exact = run(b, outputs, values);
      const single = new Plan(b.graph, outputs, { dtype: 'float32' }).setAll(values).run();
      outputs.forEach((id, k) => {
        expect(single.value(id)).toBeInstanceOf(Float32Array);
        expectEqual(single.value(id), exact[k], 1e-4, label, 1e-2);
      });
    }
  });

  test('a lean run agrees with one that keeps everything, 1e-12', () => {
    for (const { b, xs, y, E, values, label } of trials()) {
      for (const outputs of [[y, ...grad(b, E, xs)], grad(b, E, xs)]) {
        const lean = run(b, outputs, values, { mode: 'lean' });
        run(b, outputs, values).forEach((kept, k) => expectEqual(lean[k], kept, 1e-12, label));
      }
    }
  });

  test('a second run of the same plan gives the same bits', () => {
    for (const { b, xs, y, E, values } of trials()) {
      const outputs = [y, ...grad(b, E, xs)];
      for (const mode of ['inspect', 'lean'] as const) {
        const plan = new Plan(b.graph, outputs, { mode }).setAll(values).run();
        const first = outputs.map((id) => [...plan.value(id)]);
        plan.run();
        expect(outputs.map((id) => [...plan.value(id)])).toEqual(first);
      }
    }
  });
});
