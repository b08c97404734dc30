/** `gradpath grad`: the value of a variable, its gradients, and how far they are from the oracles'. */

import { grad } from '../autodiff/grad.ts';
import { type Anomaly, anomalies } from '../chain/anomaly.ts';
import { anomalyText } from '../chain/anomaly-text.ts';
import type { NodeId } from '../graph/graph.ts';
import { formatShape } from '../graph/shape.ts';
import { bounds, type CheckReport, NO_TFJS, verifyGradients } from '../interop/checks.ts';
import { nameMeant } from '../model/equations/meant.ts';
import { type Model, parameterNames, targetOf } from '../model/model.ts';
import { firstNonFinite } from '../run/anomaly.ts';
import { Plan } from '../run/plan.ts';
import type { Command } from './command.ts';
import type { Io } from './io.ts';
import { loadModel, modelHelp } from './load.ts';
import { tensorRows } from './matrix.ts';
import { jsonText } from './print-json.ts';
import { displayName, shortNumber, tinyNumber } from './style.ts';

interface Gradient {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

export const gradCommand: Command = {
  name: 'grad',
  summary: 'value and gradients, checked by finite differences and tfjs',
  usage: 'MODEL [--of E] [--wrt U,V,W] [--all] [--json]',
  operands: ['MODEL'],
  options: {
    of: { value: 'NAME', help: "the scalar to differentiate (default: the model's)" },
    wrt: { value: 'NAMES', help: 'by which variables, separated by commas (default: all parameters)' },
    all: { help: 'leave out no numbers of large gradients' },
    'no-check': { help: 'leave the checks out' },
    json: { help: 'print { model, of, value, gradients, checks }' },
  },
  details: `${modelHelp}

The gradient is checked in float64 against 5-point finite differences (relative error at most ${bounds['finite-differences']}),
and against TensorFlow.js in float32 (at most ${bounds.tfjs.toExponential()}) if it is installed. The exit code is 1 if a check fails.`,
  async run(args, io) {
    const model = await loadModel(args, io, 'grad');
    const { builder, values } = model;
    const { graph } = builder;
    const of = nameMeant(graph, args.text('of') ?? model.target);
    const target = targetOf(model, of);
    const names = args.names('wrt')?.map((name) => nameMeant(graph, name)) ?? parameterNames(model);
    const ids = names.map((name) => graph.idOf(name));

    const derivatives = grad(builder, target, ids);
    const plan = new Plan(graph, [target, ...derivatives]).setAll(values).run();
    const [value] = plan.value(target);
    const gradients = ids.map((id, i): Gradient => {
      const data = Array.from(plan.value(derivatives[i]));
      return { name: names[i], shape: graph.node(id).shape, data };
    });
    const anomaly = firstAnomaly(model, plan, target, ids);
    if (anomaly !== undefined) {
      io.note(`${anomalyText(graph, target, anomaly, displayName)}; nothing is checked`);
    }
    const skipsChecks = args.flag('no-check') || anomaly !== undefined;
    const checks = skipsChecks ? [] : await checked(model, target, ids, io);

    if (args.flag('json')) {
      const shaped = gradients.map(({ name, shape, data }) => [name, { shape, data }]);
      const plain = checks.map(({ parts: _, limited: __, ...check }) => check);
      io.print(
        jsonText({ model: model.name, of, value, gradients: Object.fromEntries(shaped), checks: plain }),
      );
    } else io.print(report(model, of, value, gradients, checks, args.flag('all'), io));
    return anomaly === undefined && checks.every((check) => check.ok) ? 0 : 1;
  },
};

/** What is not finite, if anything is. */
function firstAnomaly(
  { builder, values }: Model,
  plan: Plan,
  target: NodeId,
  wrt: readonly NodeId[],
): Anomaly | undefined {
  if (firstNonFinite(builder.graph, plan, builder.graph.size - 1) === undefined) return undefined;
  return anomalies(builder, values, target, { wrt }).find(({ kind }) => kind === 'non-finite');
}

/** The checks, with tfjs if it is installed. It is loaded only here: it takes half a second. */
async function checked(
  model: Model,
  target: NodeId,
  wrt: readonly NodeId[],
  io: Io,
): Promise<readonly CheckReport[]> {
  const { loadTfjs } = await import('../interop/tfjs/load.ts');
  const tf = await loadTfjs();
  const { reports, skipped } = verifyGradients(model, target, wrt, tf);
  for (const reason of [...(tf === undefined ? [NO_TFJS] : []), ...skipped]) io.note(`note: ${reason}`);
  return reports;
}

function report(
  model: Model,
  of: string,
  value: number,
  gradients: readonly Gradient[],
  checks: readonly CheckReport[],
  all: boolean,
  { style }: Io,
): string {
  const target = displayName(of);
  const blocks = gradients.map(({ name, shape, data }) => {
    const head = `${style.bold(`∂${target}/∂${displayName(name)}`)}  ${style.dim(formatShape(shape))}`;
    const errors = checks.flatMap(({ against, parts }) => {
      const part = parts.get(name);
      return part === undefined
        ? []
        : [`${style.mark(part.ok)} ${against} ${style.dim(errorText(part.error))}`];
    });
    return [
      errors.length === 0 ? head : `${head}  ${errors.join('  ')}`,
      ...tensorRows(shape, data, all).map((row) => `  ${row}`),
    ].join('\n');
  });
  const summary = checks.map((check) => `${style.mark(check.ok)} ${verdict(check)}`);
  const title = `${displayName(model.title)}\n${style.bold(`${target} = ${shortNumber(value)}`)}`;
  return [title, ...blocks, ...(summary.length > 0 ? [summary.join('\n')] : [])].join('\n\n');
}

function verdict({ against, dtype, maxRelativeError, ok, limited }: CheckReport): string {
  const bound =
    limited && ok
      ? against === 'tfjs'
        ? 'as near as float32 allows'
        : 'as near as the differences are accurate'
      : `allowed ${bounds[against].toExponential()}`;
  const error = `largest relative error ${errorText(maxRelativeError)}, ${bound}`;
  return `${ok ? 'agrees' : 'disagrees'} with ${against.replace('-', ' ')} (${dtype}): ${error}`;
}

/** An overflow on either side leaves nothing to compare. */
function errorText(error: number): string {
  return Number.isFinite(error) ? tinyNumber(error) : 'not finite';
}
