/** jax-js on its wasm device, float32: one jit of value and gradients. */

import type { numpy } from '@jax-js/jax';
import manifest from '../../package.json' with { type: 'json' };
import type { Answer, Problem } from '../problem.ts';
import { type Subject, serve } from '../serve.ts';

// It asks for two globals that Node 20 does not have yet; it uses neither here.
Object.assign(globalThis, {
  navigator: globalThis.navigator ?? { userAgent: 'Node.js' },
  Float16Array: (globalThis as { Float16Array?: unknown }).Float16Array ?? class {},
});
const { defaultDevice, init, jit, nn, numpy: np, valueAndGrad } = await import('@jax-js/jax');

type Array = numpy.Array;
type Weights = { U: Array; W: Array; V: Array };

async function prepare(problem: Problem): Promise<Subject> {
  await init();
  defaultDevice('wasm');
  const { inputSize, hiddenSize, outputSize, steps } = problem;
  const matrix = (values: readonly number[], ...shape: number[]) =>
    np.array(Float32Array.from(values)).reshape(shape);
  const U = matrix(problem.U, hiddenSize, inputSize);
  const W = matrix(problem.W, hiddenSize, hiddenSize);
  const V = matrix(problem.V, outputSize, hiddenSize);
  const x = matrix(problem.x, steps, inputSize);
  const y = matrix(problem.y, steps, outputSize);
  const H_0 = matrix(problem.H_0, hiddenSize);

  // Only the recurrence is a loop. W H as multiply and sum fuses with the addition, which a matmul would not: measured
  // 5 % faster. `.ref` keeps an array beyond the use.
  const loss = (weights: Weights, x: Array, y: Array, H_0: Array) => {
    const inputs = np.matmul(x, np.transpose(weights.U));
    const states: Array[] = [];
    let H = H_0;
    for (let t = 0; t < steps; t++) {
      H = np.tanh(np.add(inputs.ref.slice(t), np.sum(np.multiply(weights.W.ref, H), 1)));
      states.push(H.ref);
    }
    for (const done of [H, inputs, weights.W]) done.dispose();
    const outputs = np.matmul(np.stack(states), np.transpose(weights.V));
    return np.negative(np.sum(np.multiply(y, nn.logSoftmax(outputs, -1))));
  };
  const compiled = jit(valueAndGrad(loss));
  const evaluate = (): Answer => {
    const [E, gradient] = compiled({ U: U.ref, W: W.ref, V: V.ref }, x.ref, y.ref, H_0.ref);
    return {
      E: E.dataSync()[0],
      U: gradient.U.dataSync(),
      W: gradient.W.dataSync(),
      V: gradient.V.dataSync(),
    };
  };
  let result: Answer;
  return {
    pass: () => {
      result = evaluate();
    },
    answer: () => result,
  };
}

await serve(`${manifest.devDependencies['@jax-js/jax']}, float32`, prepare);
