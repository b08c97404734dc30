/** TensorFlow.js on its cpu or wasm backend, float32, as its users write it: row vectors times weights in×out. */

import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import type { Tensor, Tensor2D } from '@tensorflow/tfjs';
import type { Answer, Problem } from '../problem.ts';
import { type Subject, serve } from '../serve.ts';

const require = createRequire(import.meta.url); // its modules for bundlers do not load in Node
const tf: typeof import('@tensorflow/tfjs') = require('@tensorflow/tfjs');

const backend = process.argv[2];
if (backend === 'wasm') {
  const wasm: typeof import('@tensorflow/tfjs-backend-wasm') = require('@tensorflow/tfjs-backend-wasm');
  wasm.setWasmPaths(dirname(require.resolve('@tensorflow/tfjs-backend-wasm')) + sep);
}

async function prepare(problem: Problem): Promise<Subject> {
  await tf.setBackend(backend);
  await tf.ready();
  const { inputSize, hiddenSize, outputSize, steps } = problem;
  const matrix = (values: readonly number[], rows: number, columns: number) =>
    tf.tensor2d(Float32Array.from(values), [rows, columns]);
  const weights = [
    tf.transpose(matrix(problem.U, hiddenSize, inputSize)),
    tf.transpose(matrix(problem.W, hiddenSize, hiddenSize)),
    tf.transpose(matrix(problem.V, outputSize, hiddenSize)),
  ];
  const x = matrix(problem.x, steps, inputSize);
  const y = matrix(problem.y, steps, outputSize);
  const H_0 = matrix(problem.H_0, 1, hiddenSize);

  // only the recurrence is a loop: inputs, outputs and losses of all steps are one op each
  const loss = (...[U, W, V]: Tensor[]) => {
    let H: Tensor = H_0;
    const states = tf.split(tf.matMul(x as Tensor, U), steps).map((input) => {
      H = tf.tanh(tf.add(input, tf.matMul(H, W)));
      return H as Tensor2D;
    });
    return tf.neg(tf.sum(tf.mul(y, tf.logSoftmax(tf.matMul(tf.concat(states), V as Tensor2D)))));
  };
  const valueAndGrads = tf.valueAndGrads(loss as Parameters<typeof tf.valueAndGrads>[0]);
  let results: ArrayLike<number>[] = [];
  return {
    pass: () => {
      tf.tidy(() => {
        const { value, grads } = valueAndGrads(weights);
        results = [value, ...grads].map((tensor) => tensor.dataSync());
      });
    },
    answer: (): Answer => ({
      E: results[0][0],
      U: transposed(results[1], inputSize, hiddenSize),
      W: transposed(results[2], hiddenSize, hiddenSize),
      V: transposed(results[3], hiddenSize, outputSize),
    }),
  };
}

function transposed(a: ArrayLike<number>, rows: number, columns: number): number[] {
  return Array.from({ length: rows * columns }, (_, i) => a[(i % rows) * columns + Math.floor(i / rows)]);
}

await serve(`${tf.version_core}, float32`, prepare);
