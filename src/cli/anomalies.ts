/** `gradpath anomalies`: where values or gradients stop being numbers, explode or vanish, and what sits on a kink. */

import { type Kink, kinks } from '../autodiff/kinks.ts';
import { type Anomaly, anomalies, thresholds } from '../chain/anomaly.ts';
import { anomalyText, kinkText } from '../chain/anomaly-text.ts';
import type { Graph, NodeId } from '../graph/graph.ts';
import { nameMeant } from '../model/equations/meant.ts';
import { type Model, parameterNames, targetOf } from '../model/model.ts';
import { type Arguments, type Command, optionError } from './command.ts';
import type { Io } from './io.ts';
import { loadModel, modelHelp } from './load.ts';
import { jsonText } from './print-json.ts';
import { displayName } from './style.ts';

export const anomaliesCommand: Command = {
  name: 'anomalies',
  summary: 'the first value that is no number, gradients that vanish or explode, nodes on a kink',
  usage: 'MODEL [--of E] [--wrt U,V,W] [--vanished 1e-6] [--exploding 1e6] [--json]',
  operands: ['MODEL'],
  options: {
    of: { value: 'NAME', help: "the scalar to differentiate (default: the model's)" },
    wrt: { value: 'NAMES', help: 'by which variables, separated by commas (default: all parameters)' },
    vanished: {
      value: 'R',
      help: `ratio below which a gradient has vanished (default 1e-6)`,
    },
    exploding: { value: 'R', help: 'ratio above which a gradient explodes (default 1e6)' },
    json: { help: 'print { model, of, anomalies, kinks, ok }' },
  },
  details: `${modelHelp}

Gradients are compared along families of variables of which each depends on the one before, such as
H_1 … H_T: vanished, if its norm is below so many times the largest nearer to the target; exploding, if
it is above so many times what entered the family nearer to the target. The exit code is 1 if there is an
anomaly; a kink is none: it is told which derivative is taken there.`,
  async run(args, io) {
    const vanished = ratio(args, 'vanished', 0, 1) ?? thresholds.vanished;
    const exploding = ratio(args, 'exploding', 1, Number.POSITIVE_INFINITY) ?? thresholds.exploding;
    const model = await loadModel(args, io, 'anomalies');
    const { builder, values } = model;
    const { graph } = builder;
    const of = nameMeant(graph, args.text('of') ?? model.target);
    const target = targetOf(model, of);
    const names = args.names('wrt')?.map((name) => nameMeant(graph, name)) ?? parameterNames(model);
    const wrt = names.map((name) => graph.idOf(name));
    const found = anomalies(builder, values, target, { wrt, vanished, exploding });
    const onKinks = kinks(builder, values, target, wrt);
    if (args.flag('json')) {
      const ok = found.length === 0;
      const list = found.map((anomaly) => anomalyJson(graph, target, anomaly));
      const places = onKinks.map((kink) => kinkJson(graph, kink));
      io.print(jsonText({ model: model.name, of, anomalies: list, kinks: places, ok }));
    } else io.print(report(model, target, found, onKinks, { vanished, exploding }, io));
    return found.length === 0 ? 0 : 1;
  },
};

function ratio(args: Arguments, name: string, above: number, below: number): number | undefined {
  const text = args.text(name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (value > above && value < below) return value;
  const range = below === Number.POSITIVE_INFINITY ? `above ${above}` : `between ${above} and ${below}`;
  throw optionError(
    `--${name} is "${text}", expected a number ${range}, such as ${name === 'vanished' ? '1e-6' : '1e6'}`,
    name,
  );
}

/** Numbers that JSON has no word for are texts. */
const plain = (value: number) => (Number.isFinite(value) ? value : String(value));

function anomalyJson(graph: Graph, target: NodeId, anomaly: Anomaly): unknown {
  const text = anomalyText(graph, target, anomaly);
  const { kind, pass, node, variable, scope, op } = anomaly;
  const place = { kind, pass, node, variable, scope, op };
  if (anomaly.kind === 'non-finite') {
    const { through, element, value } = anomaly;
    return { ...place, ...(through && { through }), element, value: plain(value), text };
  }
  const { norm, ratio: size, threshold, reference, beyond } = anomaly;
  const names = beyond.map((id) => graph.label(id));
  return { ...place, norm, ratio: size, threshold, reference: graph.label(reference), beyond: names, text };
}

function kinkJson(graph: Graph, kink: Kink): unknown {
  const { node, variable, scope, op, at, elements, derivative } = kink;
  const text = kinkText(graph, kink);
  return { node, variable, scope, op, at, elements, derivative: plain(derivative), text };
}

const MOST_KINKS = 12;

/** The names of the losses that a target adds up; none if it is no such sum. */
function summandsOf(graph: Graph, target: NodeId): string[] {
  const { op, inputs } = graph.node(target);
  const names = inputs.map((input) => graph.node(input).name);
  return op === 'total' && names.every((name) => name !== undefined) ? names : [];
}

function report(
  model: Model,
  target: NodeId,
  found: readonly Anomaly[],
  onKinks: readonly Kink[],
  limits: { readonly vanished: number; readonly exploding: number },
  { style }: Io,
): string {
  const { graph } = model.builder;
  const allFinite = !found.some(({ kind }) => kind === 'non-finite');
  const flowsWell = found.length === 0;
  const lines = [
    ...found.map((anomaly) => `${style.mark(false)} ${anomalyText(graph, target, anomaly, displayName)}`),
    ...(allFinite ? [`${style.mark(true)} every value and every gradient is a finite number`] : []),
    ...(flowsWell
      ? [
          `${style.mark(true)} no gradient vanishes below ${limits.vanished.toExponential()} or explodes above ${limits.exploding.toExponential().replace('e+', 'e')} along its chain`,
        ]
      : []),
  ];
  const kinkLines = onKinks.slice(0, MOST_KINKS).map((kink) => `  ${kinkText(graph, kink, displayName)}`);
  const left = onKinks.length - kinkLines.length;
  const more = left > 0 ? [style.dim(`  … and ${left} more`)] : [];
  const blocks = [[style.bold(displayName(model.title))], lines];
  const parts = found.length === 0 ? summandsOf(graph, target) : [];
  if (parts.length > 1) {
    const [first, last] = [parts[0], parts[parts.length - 1]].map(displayName);
    const sum = `${displayName(graph.label(target))} is the sum of ${first} … ${last}, of which one may hide what vanishes in another`;
    lines.push(style.dim(`  ${sum}; --of ${parts[parts.length - 1]} asks of the last alone`));
  }
  if (onKinks.length > 0) blocks.push([style.bold('On a kink'), ...kinkLines, ...more]);
  return blocks.map((block) => block.join('\n')).join('\n\n');
}
