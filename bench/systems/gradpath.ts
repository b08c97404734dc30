/**
 * Gradpath in float64. `replay` runs one lean plan again and again, `inspect` one that keeps the value of every node;
 * `rebuild` starts from nothing each time.
 */

import { grad } from '../../src/autodiff/grad.ts';
import type { NodeId } from '../../src/graph/graph.ts';
import { Builder } from '../../src/ops/builder.ts';
import { Plan } from '../../src/run/plan.ts';
import { type Problem, row } from '../problem.ts';
import { type Subject, serve } from '../serve.ts';

/** Builds the graph, differentiates it, plans it and sets its leaves. */
function planned(
  problem: Problem,
  mode: 'inspect' | 'lean',
): { readonly plan: Plan; readonly outputs: readonly NodeId[] } {
  const { inputSize, hiddenSize, outputSize, steps } = problem;
  const b = new Builder();
  const U = b.parameter('U', [hiddenSize, inputSize]);
  const W = b.parameter('W', [hiddenSize, hiddenSize]);
  const V = b.parameter('V', [outputSize, hiddenSize]);
  const x = Array.from({ length: steps }, (_, i) => b.input(`x_${i + 1}`, [inputSize]));
  const y = Array.from({ length: steps }, (_, i) => b.input(`y_${i + 1}`, [outputSize]));
  const H_0 = b.input('H_0', [hiddenSize]);
  let H = H_0;
  const losses = x.map((x_t, i) => {
    H = b.tanh(b.add(b.matmul(U, x_t), b.matmul(W, H)));
    return b.crossEntropy(b.softmax(b.matmul(V, H)), y[i]);
  });
  const E = b.total(...losses);
  const outputs = [E, ...grad(b, E, [U, W, V])];

  const plan = new Plan(b.graph, outputs, { mode });
  plan.set(U, problem.U).set(W, problem.W).set(V, problem.V).set(H_0, problem.H_0);
  for (let i = 0; i < steps; i++) {
    plan.set(x[i], row(problem.x, i, inputSize)).set(y[i], row(problem.y, i, outputSize));
  }
  return { plan, outputs };
}

const way = process.argv[2] as 'replay' | 'inspect' | 'rebuild';

function prepare(problem: Problem): Subject {
  const mode = way === 'inspect' ? 'inspect' : 'lean';
  let current = planned(problem, mode);
  const { plan } = current;
  const replay = () => {
    plan.run();
  };
  const rebuild = () => {
    current = planned(problem, mode);
    current.plan.run();
  };
  return {
    pass: way === 'rebuild' ? rebuild : replay,
    answer: () => {
      const [E, U, W, V] = current.outputs.map((id) => current.plan.value(id));
      return { E: E[0], U, W, V };
    },
  };
}

await serve('float64', prepare);
