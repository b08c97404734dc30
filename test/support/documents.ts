/** Models and documents as the tests of graph documents need them. */

import { expect } from 'vitest';
import { grad } from '../../src/autodiff/grad.ts';
import { GradpathError } from '../../src/graph/error.ts';
import { modelFromJSON } from '../../src/model/json.ts';
import { type Model, parameterNames } from '../../src/model/model.ts';
import { Plan } from '../../src/run/plan.ts';

/** The model with its backward pass appended. */
export function withGradients(model: Model): Model {
  const { builder, target } = model;
  const ids = parameterNames(model).map((name) => builder.graph.idOf(name));
  grad(builder, builder.graph.idOf(target), ids);
  return model;
}

/** The bits of the target and of its gradients by all parameters. */
export function gradientBits(model: Model): string[] {
  const { builder, target, values } = model;
  const ids = parameterNames(model).map((name) => builder.graph.idOf(name));
  const outputs = [builder.graph.idOf(target), ...grad(builder, builder.graph.idOf(target), ids)];
  const plan = new Plan(builder.graph, outputs).setAll(values).run();
  return outputs.map((id) => Buffer.from(plan.value(id).slice().buffer).toString('hex'));
}

/** The message with which a text is refused, or `accepted`. Any other error fails the test. */
export function refusal(source: string, file?: string): string {
  try {
    modelFromJSON(source, file);
  } catch (error) {
    expect(error).toBeInstanceOf(GradpathError);
    return (error as Error).message;
  }
  return 'accepted';
}
