/**
 * All rows of the op table over their samples: reverse mode against dual numbers and against finite differences, and the
 * derivative of the derivative. Leaves that are data (conditions, class numbers, whole numbers that are compared) are
 * not differentiated. A comparison, a sign or a one-hot vector is flat: its derivative is 0 and is checked like any other.
 * What stopGradient returns is held at its value while differences are taken of its own row, as dual numbers drop its
 * tangent; in a rule of any other row it would hide a path of the second derivative, so there it is let move.
 */

import { describe, test } from 'vitest';
import { differences } from '../../src/autodiff/check.ts';
import { grad, vjp } from '../../src/autodiff/grad.ts';
import { sizeOf } from '../../src/graph/shape.ts';
import { Builder } from '../../src/ops/builder.ts';
import type { OpName } from '../../src/ops/op.ts';
import { opNames } from '../../src/ops/table.ts';
import { expectDifferences, expectSameSums } from '../support/agree.ts';
import { reference, tensor } from '../support/reference/index.ts';
import { samplesOf } from '../support/samples/index.ts';
import { everything, randomValues, run, trial } from '../support/trial.ts';

const DIRECTIONS = 3;

/** The same values, but nothing is a constant to differences. */
function moving(b: Builder, op: OpName): Builder {
  if (op === 'stopGradient') return b;
  const copy = new Builder();
  for (const node of b.graph.nodes) {
    const isStop = node.op === 'stopGradient';
    copy.graph.append(isStop ? { ...node, op: 'affine', attrs: { scale: 1, shift: 0 } } : node);
    if (node.name !== undefined) copy.graph.name(node.id, node.name);
  }
  return copy;
}

describe.each(opNames)('%s', (op) => {
  test('reverse mode is the adjoint of forward mode over dual numbers, 1e-12', () => {
    samplesOf(op).forEach((sample, i) => {
      const { b, y, xs, cotangent, values } = trial(sample);
      const pulled = vjp(b, y, xs, cotangent);
      for (let k = 0; k < DIRECTIONS; k++) {
        const tangents = sample.shapes.map((shape, leaf) => randomValues(sizeOf(shape), 100 * k + leaf + 2));
        const v = randomValues(values.cotangent.length, 100 * k + 99);
        const leaves = sample.shapes.map((shape, leaf) =>
          tensor(shape, sample.values[leaf], sample.isData[leaf] ? undefined : tangents[leaf]),
        );
        const operands = sample.operands.map((leaf) => leaves[leaf]);
        const pushed = reference(op, operands, sample.attrs).at.map(({ d }, j) => d * v[j]);
        const u = tangents.filter((_, leaf) => !sample.isData[leaf]);
        const gradients = run(b, pulled, { ...values, cotangent: v });
        const along = gradients.flatMap((gradient, x) => gradient.map((g, j) => g * u[x][j]));
        expectSameSums(pushed, along, 1e-12, `sample ${i}, direction ${k}`);
      }
    });
  });

  test('the gradient agrees with differences, 1e-9', () => {
    samplesOf(op).forEach((sample, i) => {
      const { b, xs, E, values } = trial(sample);
      const exact = run(b, grad(b, E, xs), values);
      differences(moving(b, op), values, E, xs).forEach((found, x) =>
        expectDifferences(exact[x], found, 1e-9, `x_${x} of sample ${i}`),
      );
    });
  });

  test('the second derivative agrees with differences of the gradient, 1e-8', () => {
    samplesOf(op).forEach((sample, i) => {
      const { b, xs, E, values } = trial(sample);
      if (xs.length === 0) return; // of data alone there is no gradient
      const products = grad(b, E, xs).map((g, x) => {
        const { shape } = b.graph.node(g);
        return everything(b, b.mul(g, b.constant(randomValues(sizeOf(shape), x + 1), shape)));
      });
      const slope = b.total(...products);
      const exact = run(b, grad(b, slope, xs), values);
      differences(moving(b, op), values, slope, xs).forEach((found, x) =>
        expectDifferences(exact[x], found, 1e-8, `x_${x} of sample ${i}`),
      );
    });
  });
});
