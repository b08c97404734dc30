/** Examples as people meet them: settings typed as text, and what their studies claim. */

import {
  type AnyExample,
  type SettingValue,
  type Study,
  settingFrom,
  settingsFrom,
} from '../../examples/example.ts';
import { grad } from '../../src/autodiff/grad.ts';
import { GradpathError } from '../../src/graph/error.ts';
import type { NodeId } from '../../src/graph/graph.ts';
import { runChecks } from '../../src/interop/checks.ts';
import type { Tfjs } from '../../src/interop/tfjs/oracle.ts';
import { type Model, targetOf } from '../../src/model/model.ts';
import { Plan } from '../../src/run/plan.ts';

/** All settings of an example, from the text of some. */
export function chosen(
  example: AnyExample,
  texts: Readonly<Record<string, string>> = {},
): Record<string, SettingValue> {
  const given = Object.entries(texts).map(([name, text]) => [
    name,
    settingFrom(example.settings[name], text, `--${name}`, name),
  ]);
  return settingsFrom(example, Object.fromEntries(given));
}

export async function studied(
  example: AnyExample,
  texts: Readonly<Record<string, string>> = {},
): Promise<Study> {
  return example.study(chosen(example, texts), () => {});
}

/** The sentences of a study that its figures do not bear out. */
export function refuted({ claims }: Study): string[] {
  return claims.filter(({ holds }) => !holds).map(({ text }) => text);
}

/** ∂of/∂x for each x of `wrt`, held against differences and tfjs; the names of those that are off. */
export function misjudged(model: Model, of: string, wrt: readonly string[], tf: Tfjs | undefined): string[] {
  const { builder: b, values } = model;
  const target = targetOf(model, of);
  const ids = wrt.map((name) => b.graph.idOf(name));
  const derivatives = grad(b, target, ids);
  const plan = new Plan(b.graph, derivatives).setAll(values).run();
  const found = new Map<NodeId, ArrayLike<number>>(ids.map((id, i) => [id, [...plan.value(derivatives[i])]]));
  const skipped: string[] = [];
  const reports = runChecks(model, target, found, tf, (reason) => skipped.push(reason));
  const off = reports.flatMap(({ against, parts }) =>
    [...parts].flatMap(([name, { error, ok }]) => (ok ? [] : [`${against}: ${name} is off by ${error}`])),
  );
  return [...skipped, ...off];
}

/** The message of the GradpathError that an action throws. */
export function refusal(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof GradpathError) return error.message;
    throw error;
  }
  throw new Error('nothing was refused');
}
