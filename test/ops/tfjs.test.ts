/** All rows of the op table over their samples: first-order gradients against TensorFlow.js, in float32. */

import { beforeAll, expect, test } from 'vitest';
import { grad } from '../../src/autodiff/grad.ts';
import { sizeOf } from '../../src/graph/shape.ts';
import { loadTfjs } from '../../src/interop/tfjs/load.ts';
import { type Tfjs, tfjsGradients } from '../../src/interop/tfjs/oracle.ts';
import { opNames } from '../../src/ops/table.ts';
import { expectEqual } from '../support/agree.ts';
import { samplesOf } from '../support/samples/index.ts';
import type { Sample } from '../support/samples/sample.ts';
import { run, trial } from '../support/trial.ts';

const axesOf = ({ attrs }: Sample): number => (attrs.axes as readonly number[]).length;
const rankOf = ({ shapes }: Sample): number => Math.max(...shapes.map((shape) => shape.length));

/** What tfjs 4.22 throws at, though its documentation does not say so. */
const REFUSED: readonly { reason: string; op: string; holds: (sample: Sample) => boolean }[] = [
  { reason: 'tile has no gradient at rank 5', op: 'matmul', holds: (sample) => rankOf(sample) >= 5 },
  {
    reason: 'tile has no gradient at rank 5',
    op: 'broadcastTo',
    holds: ({ attrs }) => (attrs.shape as readonly number[]).length >= 5,
  },
  {
    reason: 'the norm of a matrix or more takes one or two axes',
    op: 'norm',
    holds: (sample) => rankOf(sample) > 1 && (axesOf(sample) === 0 || axesOf(sample) > 2),
  },
  { reason: 'no slice of a scalar', op: 'slice', holds: (sample) => rankOf(sample) === 0 },
  { reason: 'no padding of a scalar', op: 'pad', holds: (sample) => rankOf(sample) === 0 },
];

let tf: Tfjs;
beforeAll(async () => {
  const loaded = await loadTfjs();
  if (loaded === undefined) throw new Error('@tensorflow/tfjs is not installed; run npm ci');
  tf = loaded;
});

test.each(opNames)('%s: tfjs, with rules of its own, agrees, 1e-4', (op) => {
  const samples = samplesOf(op);
  let asked = 0;
  samples.forEach((sample, i) => {
    const { b, xs, E, values } = trial(sample);
    // through empty tensors tfjs has gradients of some ops only: it is asked for none
    if (b.graph.nodes.some((node) => sizeOf(node.shape) === 0)) return;
    const ask = () => tfjsGradients(tf, b.graph, values, E, xs);
    const refused = REFUSED.find((entry) => entry.op === op && entry.holds(sample));
    if (refused !== undefined) {
      expect(ask, `sample ${i}: ${refused.reason}`).toThrow();
      return;
    }
    asked++;
    const exact = run(b, grad(b, E, xs), values);
    ask().gradients.forEach((gradient, x) =>
      expectEqual(gradient, exact[x], 1e-4, `x_${x} of sample ${i}`, 1e-2),
    );
  });
  expect(asked, 'samples that tfjs was asked about').toBeGreaterThanOrEqual(20);
});
