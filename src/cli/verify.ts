/** `gradpath verify`: the gradients of a model against each oracle, as a table; or the errata of tfjs, run live. */

import { anomalyText } from '../chain/anomaly-text.ts';
import { formatShape } from '../graph/shape.ts';
import {
  bounds,
  type CheckReport,
  NO_TFJS,
  type Oracle,
  oracles,
  type Verification,
  verifyGradients,
} from '../interop/checks.ts';
import type { Tfjs } from '../interop/tfjs/oracle.ts';
import { nameMeant } from '../model/equations/meant.ts';
import { type Model, parameterNames, targetOf } from '../model/model.ts';
import { type Arguments, type Command, optionError, suggestion } from './command.ts';
import { errataJson, errataReport, runErrata } from './errata.ts';
import type { Io } from './io.ts';
import { loadModel, modelHelp } from './load.ts';
import { jsonText } from './print-json.ts';
import { displayName, listed, printable, tinyNumber } from './style.ts';
import { tableLines } from './table.ts';

export const verifyCommand: Command = {
  name: 'verify',
  summary: 'the gradients against tfjs and finite differences, as a table; --errata: where tfjs is wrong',
  usage: 'MODEL [--against tfjs,finite-differences] [--of E] [--wrt U,V,W] [--json]  or  --errata [--json]',
  operands: ['MODEL'],
  options: {
    against: { value: 'ORACLES', help: `which of ${oracles.join(',')} to ask (default: both)` },
    of: { value: 'NAME', help: "the scalar to differentiate (default: the model's)" },
    wrt: { value: 'NAMES', help: 'by which variables, separated by commas (default: all parameters)' },
    errata: { help: 'instead of a model: the errata of tfjs, each run now, differences as the judge' },
    json: { help: 'print { model, of, checks, skipped, ok }, or { tfjs, errata, ok }' },
  },
  details: `${modelHelp}

Finite differences: 5 points, float64, relative error at most ${bounds['finite-differences'].toExponential()}. tfjs: float32, at most ${bounds.tfjs.toExponential()}. Where an
oracle is less accurate itself, as it finds out, that is allowed for and said. The exit code is 1 if one
gradient differs or nothing could be checked.`,
  async run(args, io) {
    if (args.flag('errata')) return verifyErrata(args, io);
    const against = oraclesOf(args);
    const model = await loadModel(args, io, 'verify');
    const { graph } = model.builder;
    const of = nameMeant(graph, args.text('of') ?? model.target);
    const target = targetOf(model, of);
    const names = args.names('wrt')?.map((name) => nameMeant(graph, name)) ?? parameterNames(model);
    const ids = names.map((name) => graph.idOf(name));
    const tf = against.includes('tfjs') ? await tfjs(args) : undefined;
    const { anomaly, reports, skipped } = verifyGradients(model, target, ids, tf, against);
    const reasons = [...(tf === undefined && against.includes('tfjs') ? [NO_TFJS] : []), ...skipped];
    if (anomaly !== undefined) {
      reasons.unshift(`${anomalyText(model.builder.graph, target, anomaly)}; nothing is checked`);
    }
    const ok = reports.length > 0 && reports.every((report) => report.ok);
    const rows = rowsOf(model, reports);
    if (args.flag('json')) io.print(jsonText({ model: model.name, of, checks: rows, skipped: reasons, ok }));
    else io.print(report(model, of, rows, reasons, io));
    return ok ? 0 : 1;
  },
};

function oraclesOf(args: Arguments): readonly Oracle[] {
  const names = args.names('against') ?? oracles;
  return names.map((name) => {
    const oracle = oracles.find((known) => known === name);
    if (oracle !== undefined) return oracle;
    const message = `--against is "${name}", expected ${oracles.join(' or ')}${suggestion(name, oracles)}`;
    throw optionError(message, 'against');
  });
}

/** tfjs, which takes half a second to load. That it is missing is an error if it was asked for by name. */
async function tfjs(args: Arguments): Promise<Tfjs | undefined> {
  const { loadTfjs } = await import('../interop/tfjs/load.ts');
  const tf = await loadTfjs();
  if (tf === undefined && (args.flag('against') || args.flag('errata'))) {
    throw optionError(`${NO_TFJS}; npm install @tensorflow/tfjs, or check --against finite-differences`);
  }
  return tf;
}

async function verifyErrata(args: Arguments, io: Io): Promise<number> {
  const foreign = ['against', 'of', 'wrt'].find((name) => args.flag(name));
  if (foreign !== undefined || args.operands.length > 0) {
    const extra = foreign === undefined ? args.operands[0] : `--${foreign}`;
    throw optionError(`--errata takes no model: leave out ${extra}, or leave out --errata`);
  }
  const tf = (await tfjs(args))!;
  const results = await runErrata(tf);
  const ok = results.every((result) => result.ok);
  const version = tf.version_core;
  if (args.flag('json')) io.print(jsonText({ tfjs: version, errata: results.map(errataJson), ok }));
  else io.print(errataReport(version, results, io));
  return ok ? 0 : 1;
}

interface Row {
  readonly wrt: string;
  readonly shape: readonly number[];
  readonly against: Oracle;
  readonly dtype: string;
  /** The largest relative error of an element. */
  readonly error: number;
  /** What was allowed of that element. */
  readonly bound: number;
  /** Whether the error is beyond the bound, but no larger than the oracle's own uncertainty. */
  readonly excused: boolean;
  readonly ok: boolean;
}

/** By gradient, then by oracle. */
function rowsOf({ builder: { graph } }: Model, reports: readonly CheckReport[]): Row[] {
  const wrt = [...(reports[0]?.parts.keys() ?? [])];
  return wrt.flatMap((name) =>
    reports.map(({ against, dtype, parts }): Row => {
      const { error, allowed, ok } = parts.get(name)!;
      const { shape } = graph.node(graph.idOf(name));
      const excused = ok && !(error <= bounds[against]);
      return { wrt: name, shape, against, dtype, error, bound: allowed, excused, ok };
    }),
  );
}

/** Exact if it is that of the oracle, rounded if it was found out. */
function boundText(bound: number, against: Oracle): string {
  return bound === bounds[against] ? bound.toExponential() : tinyNumber(bound);
}

function report(
  model: Model,
  of: string,
  rows: readonly Row[],
  reasons: Verification['skipped'],
  { style }: Io,
): string {
  const gradient = (wrt: string) => `∂${displayName(of)}/∂${displayName(wrt)}`;
  const lines = tableLines(
    ['gradient', 'shape', 'against', 'error', 'allowed', 'verdict'],
    rows.map(({ wrt, shape, against, dtype, error, bound, excused, ok }) => [
      gradient(wrt),
      formatShape(shape),
      `${against.replace('-', ' ')} (${dtype})`,
      Number.isFinite(error) ? tinyNumber(error) : 'not finite',
      boundText(bound, against),
      `${style.mark(ok)} ${!ok ? 'differs' : excused ? 'as near as the oracle is accurate' : 'agrees'}`,
    ]),
  );
  const [head, ...body] = lines;
  const failed = rows.filter((row) => !row.ok);
  const verdict =
    rows.length === 0
      ? 'Nothing was checked.'
      : failed.length === 0
        ? `All ${rows.length} checks agree.`
        : `${failed.length} of ${rows.length} checks ${failed.length === 1 ? 'differs' : 'differ'}: ${listed([...new Set(failed.map(({ wrt }) => gradient(wrt)))])}.`;
  return [
    [style.bold(printable(displayName(model.title)))],
    rows.length === 0 ? [] : [style.dim(head), ...body],
    reasons.map((reason) => style.dim(printable(`note: ${reason}`))),
    [`${style.mark(rows.length > 0 && failed.length === 0)} ${verdict}`],
  ]
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n');
}
