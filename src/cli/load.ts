/** MODEL on the command line: the example `rnn` with its options, or a graph document. */

import { existsSync } from 'node:fs';
import { readSequence, readWeights, type Sequence } from '../../examples/rnn/files.ts';
import { losses, MAX_STEPS, type RnnOptions, rnn, weightNames } from '../../examples/rnn/rnn.ts';
import { GradpathError } from '../graph/error.ts';
import { modelFromJSON } from '../model/json.ts';
import type { Model } from '../model/model.ts';
import { type Arguments, type Option, optionError, suggestion } from './command.ts';
import { type Io, sourceName } from './io.ts';

/** Options of every command that takes a MODEL. They describe the RNN. */
export const modelOptions: Readonly<Record<string, Option>> = {
  steps: { value: 'T', help: 'time steps (default 3, or as many as --inputs has)' },
  seed: { value: 'S', help: 'seed of the weights and of H_0 (default 1)' },
  hidden: { value: 'N', help: 'size of H_t (default 4, or as the weights have it)' },
  loss: { value: 'NAME', help: 'cross-entropy (default) or squared-error' },
  weights: {
    value: 'FILE',
    help: 'JSON { "U": [[…]], "W": [[…]], "V": [[…]], "H_0": […] }; those left out are seeded',
  },
  inputs: {
    value: 'FILE',
    help: 'CSV or JSON, a row per step: x1, x2, … and, where a header says so, y1, y2, …',
  },
};

export const modelHelp = `MODEL is rnn, the Elman network H_t = tanh(U x_t + W H_{t-1}), O_t = V H_t with a loss E_t at each step
and E = Σ E_t, or a graph document (.json) as gradpath export writes it. A lone - is standard input.`;

const MAX_HIDDEN = 512;
/** Most numbers that the gradient of W takes over all steps: beyond, memory runs out. */
const MAX_WORK = 2e7;

export async function loadModel(args: Arguments, io: Io, command: string): Promise<Model> {
  const [name] = args.operands;
  if (name === undefined) {
    throw optionError(
      `${command} needs a MODEL: rnn, or a graph document (.json); try gradpath ${command} rnn`,
    );
  }
  if (name === 'rnn') return loadRnn(args, io);
  if (name !== '-' && !name.endsWith('.json') && !existsSync(name)) {
    const hint = suggestion(name, ['rnn']);
    throw optionError(
      `there is no model "${name}"${hint === '' ? '; MODEL is rnn, or a graph document (.json)' : hint}`,
    );
  }
  const foreign = Object.keys(modelOptions).find((option) => args.flag(option));
  if (foreign !== undefined) {
    throw optionError(`--${foreign} belongs to rnn; ${sourceName(name)} brings its own values`, foreign);
  }
  return modelFromJSON(await io.read(name), sourceName(name));
}

async function loadRnn(args: Arguments, io: Io): Promise<Model> {
  const steps = args.integer('steps', 1, MAX_STEPS);
  const seed = args.integer('seed', -(2 ** 31), 2 ** 32 - 1);
  const hiddenSize = args.integer('hidden', 1, MAX_HIDDEN);
  const loss = args.oneOf('loss', losses);
  const files = { weights: args.text('weights'), inputs: args.text('inputs') };
  const weights =
    files.weights === undefined
      ? undefined
      : readWeights(await io.read(files.weights), sourceName(files.weights));
  const sequence =
    files.inputs === undefined
      ? undefined
      : readSequence(await io.read(files.inputs), sourceName(files.inputs));
  if (sequence !== undefined) requireRows(sequence, steps, sourceName(files.inputs!));
  const rows = (['W', 'U', 'H_0'] as const).map((key) => weights?.[key]).find(Array.isArray);
  const size = hiddenSize ?? rows?.length ?? 4;
  const T = steps ?? sequence?.inputs.length ?? 3;
  if (T * size * size > MAX_WORK) {
    throw new GradpathError(
      'limit',
      `${T} steps of hidden size ${size} are too many; T·N² is at most ${MAX_WORK}`,
    );
  }
  const options: RnnOptions = {
    ...(steps === undefined ? {} : { steps }),
    ...(seed === undefined ? {} : { seed }),
    ...(hiddenSize === undefined ? {} : { hiddenSize }),
    ...(loss === undefined ? {} : { loss }),
    ...(weights === undefined ? {} : { weights }),
    ...(sequence === undefined ? {} : { inputs: sequence.inputs }),
    ...(sequence?.targets === undefined ? {} : { targets: sequence.targets }),
  };
  if (sequence !== undefined && sequence.targets === undefined) {
    io.note(
      `note: ${sourceName(files.inputs!)} has no y columns, so the targets y_t are seeded one-hot vectors`,
    );
  }
  try {
    return rnn(options);
  } catch (error) {
    throw blame(error, {
      ...(weights && { weights: sourceName(files.weights!) }),
      ...(sequence && { inputs: sourceName(files.inputs!) }),
    });
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
function blame(error: unknown, files: { readonly weights?: string; readonly inputs?: string }): unknown {
  if (!(error instanceof GradpathError) || error.where === undefined) return error;
  const isWeight = (weightNames as readonly string[]).includes(error.where);
  const file = /^[xy](_\d+)?$/.test(error.where) ? files.inputs : isWeight ? files.weights : undefined;
  return file === undefined ? error : new GradpathError(error.code, `${file}: ${error.message}`, error.where);
}
