/** All rows of the op table over their samples: first-order gradients against TensorFlow.js, in float32. */

import { beforeAll, expect, test } from 'vitest';
import { grad } from '../../src/autodiff/grad.ts';
import { sizeOf } from '../../src/graph/shape.ts';
import { loadTfjs } from '../../src/interop/tfjs/load.ts';
import { type Tfjs, tfjsGradients } from '../../src/interop/tfjs/oracle.ts';
import { opNames } from '../../src/ops/table.ts';
import { expectEqual } from '../support/agree.ts';
import { samplesOf } from '../support/samples/index.ts';
import { refusalOfTfjs } from '../support/tfjs.ts';
import { run, trial } from '../support/trial.ts';

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
    const { b, xs, y, E, values } = trial(sample);
    // through empty tensors tfjs has gradients of some ops only: it is asked for none
    if (b.graph.nodes.some((node) => sizeOf(node.shape) === 0)) return;
    const ask = () => tfjsGradients(tf, b.graph, values, E, xs);
    const shapes = sample.operands.map((leaf) => sample.shapes[leaf]);
    const refusal = refusalOfTfjs(op, shapes, b.graph.node(y).shape, sample.attrs);
    if (refusal !== undefined) {
      expect(ask, `sample ${i}: ${refusal}`).toThrow();
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
