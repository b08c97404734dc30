/** RNN models for tests, and what is asked of them. */

import { type RnnOptions, rnn } from '../../examples/rnn/rnn.ts';
import { grad } from '../../src/autodiff/grad.ts';
import type { Model } from '../../src/model/model.ts';
import { Plan, type PlanOptions } from '../../src/run/plan.ts';
import type { HandRnn } from './bptt.ts';

export const PARAMETERS = ['U', 'W', 'V'] as const;

/** The value of `of` and its gradients by U, W and V. */
export function gradients(model: Model, of: string, options: PlanOptions = {}) {
  const { builder: b } = model;
  const target = b.graph.idOf(of);
  const ids = grad(
    b,
    target,
    PARAMETERS.map((name) => b.graph.idOf(name)),
  );
  const plan = new Plan(b.graph, [target, ...ids], options).setAll(model.values).run();
  const [U, W, V] = ids.map((id) => [...plan.value(id)]);
  return { value: plan.value(target)[0], U, W, V };
}

/** A model and the same numbers for the hand-written network. */
export function withHandRnn(options: RnnOptions): { model: Model; net: HandRnn } {
  const model = rnn(options);
  const { graph } = model.builder;
  const matrix = (name: string): number[][] => {
    const [rows, columns] = graph.node(graph.idOf(name)).shape;
    return Array.from({ length: rows }, (_, i) => [
      ...model.values[name].slice(i * columns, (i + 1) * columns),
    ]);
  };
  const sequence = (name: string): number[][] => {
    const vectors: number[][] = [];
    for (let t = 1; model.values[`${name}_${t}`] !== undefined; t++)
      vectors.push([...model.values[`${name}_${t}`]]);
    return vectors;
  };
  const H_0 = graph.node(graph.idOf('H_0')).attrs.value as readonly number[];
  return {
    model,
    net: { U: matrix('U'), W: matrix('W'), V: matrix('V'), H_0, x: sequence('x'), y: sequence('y') },
  };
}
