/** The settings that all unrolled networks have, and the options that they stand for. */

import { GradpathError } from '../../src/graph/error.ts';
import type { Model } from '../../src/model/model.ts';
import { type FileText, type SettingsOf, seedSetting } from '../example.ts';
import { losses } from './data.ts';
import { readSequence, readWeights, type Sequence } from './files.ts';
import { type Cell, MAX_STEPS, outputChoices, type SequenceOptions, weightNamesOf } from './unroll.ts';

export const sequenceSettings = {
  steps: {
    kind: 'integer',
    default: 3,
    min: 1,
    max: MAX_STEPS,
    maxInViewer: 10,
    optional: true,
    label: 'steps T',
    help: 'time steps (default 3, or as many as --inputs has)',
  },
  seed: seedSetting('the weights and of H_0'),
  hidden: {
    kind: 'integer',
    default: 4,
    min: 1,
    max: 512,
    maxInViewer: 16,
    optional: true,
    label: 'hidden size',
    help: 'size of H_t (default 4, or as the weights have it)',
  },
  loss: { kind: 'choice', default: 'cross-entropy', choices: losses, label: 'loss', help: 'the loss E_t' },
  inputs: {
    kind: 'file',
    label: 'inputs',
    help: 'CSV or JSON, a row per step: x1, x2, … and, where a header says so, y1, y2, …',
  },
} as const;

/** Of those that may read out at the last step alone. */
export const outputsSetting = {
  kind: 'choice',
  default: 'last',
  choices: outputChoices,
  label: 'outputs',
  help: 'O_t, y_t and E_t at the last step or at all steps',
} as const;

type SequenceSettings = SettingsOf<typeof sequenceSettings> & {
  readonly weights: FileText | undefined;
};

/** Most numbers that the gradient of a recurrent matrix takes over all steps: beyond, memory runs out. */
const MAX_WORK = 2e7;

/**
 * The model of some settings, by `make`. Errors name the files; `note` is told what the person should know of how the
 * settings were taken.
 */
export function buildSequence(
  cell: Cell,
  chosen: SequenceSettings,
  note: (line: string) => void,
  make: (options: SequenceOptions) => Model,
): Model {
  const { steps, seed, hidden, loss } = chosen;
  const names = weightNamesOf(cell);
  const weights = chosen.weights && readWeights(chosen.weights.text, chosen.weights.source, names);
  const sequence = chosen.inputs && readSequence(chosen.inputs.text, chosen.inputs.source);
  if (sequence !== undefined) requireRows(sequence, steps, chosen.inputs!.source);
  const rows = names.filter((name) => name !== 'V').map((name) => weights?.[name]);
  const size = hidden ?? rows.find(Array.isArray)?.length ?? 4;
  const T = steps ?? sequence?.inputs.length ?? 3;
  const matrices = Object.values(cell.weights).filter((kind) => kind === 'state').length;
  const limit = Math.floor(MAX_WORK / matrices);
  if (T * size * size > limit) {
    const message = `${T} steps of hidden size ${size} are too many; T·N² is at most ${limit}`;
    throw new GradpathError('limit', message);
  }
  const options: SequenceOptions = {
    seed,
    loss,
    ...(steps === undefined ? {} : { steps }),
    ...(hidden === undefined ? {} : { hiddenSize: hidden }),
    ...(weights === undefined ? {} : { weights }),
    ...(sequence === undefined ? {} : { inputs: sequence.inputs }),
    ...(sequence?.targets === undefined ? {} : { targets: sequence.targets }),
  };
  if (sequence !== undefined && sequence.targets === undefined) {
    note(`note: ${chosen.inputs!.source} has no y columns, so the targets y_t are seeded one-hot vectors`);
  }
  try {
    return make(options);
  } catch (error) {
    throw blame(error, names, chosen.weights, chosen.inputs);
  }
}

function requireRows({ inputs, targets }: Sequence, steps: number | undefined, file: string): void {
  const needed = steps ?? inputs.length;
  for (const [name, vectors] of [['x', inputs] as const, ['y', targets] as const]) {
    if (vectors === undefined || vectors.length >= needed) continue;
    const reason = steps === undefined ? `x has ${needed}` : `--steps ${needed} needs ${needed}`;
    const message = `${file}: ${name}_${vectors.length + 1} is missing: ${vectors.length} given, but ${reason}`;
    throw new GradpathError('value', message, `${name}_${vectors.length + 1}`);
  }
}

/** Names the file that a value came from in an error about that value. */
function blame(
  error: unknown,
  names: readonly string[],
  weights: FileText | undefined,
  inputs: FileText | undefined,
): unknown {
  if (!(error instanceof GradpathError) || error.where === undefined) return error;
  const file = /^[xy](_\d+)?$/.test(error.where) ? inputs : names.includes(error.where) ? weights : undefined;
  return file === undefined
    ? error
    : new GradpathError(error.code, `${file.source}: ${error.message}`, error.where);
}
