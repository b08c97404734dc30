/** The transposed convolution with its settings, and the study of what it is the transpose of. */

import { GradpathError } from '../../src/graph/error.ts';
import type { Model } from '../../src/model/model.ts';
import { defineExample, type SettingsOf, seedSetting } from '../example.ts';
import { readMatrix } from '../literals.ts';
import { studyTransposedConv } from './study.ts';
import {
  fills,
  type Matrix,
  type Size,
  type TransposedConvOptions,
  transposedConv,
} from './transposed-conv.ts';

/** The matrix of the convolution grows with the fourth power of the sizes. */
const MAX_SIZE = 16;

const settings = {
  input: {
    kind: 'text',
    default: '3',
    maxLength: 2000,
    label: 'input X',
    help: 'the input X: a size (3, 2x4) or a matrix ([[1,2],[3,4]])',
  },
  kernel: {
    kind: 'text',
    default: '7',
    maxLength: 2000,
    label: 'kernel K',
    help: 'the kernel K: a size or a matrix',
  },
  stride: { kind: 'integer', default: 1, min: 1, max: 4, label: 'stride', help: 'stride' },
  padding: {
    kind: 'integer',
    default: 0,
    min: 0,
    max: 64,
    maxInViewer: 8,
    label: 'padding',
    help: 'padding',
  },
  dilation: {
    kind: 'integer',
    default: 1,
    min: 1,
    max: 8,
    label: 'dilation',
    help: 'dilation of the kernel',
  },
  'output-padding': {
    kind: 'integer',
    default: 0,
    min: 0,
    max: 3,
    label: 'output padding',
    help: 'rows and columns added below and at the right, fewer than the stride or the dilation',
  },
  values: {
    kind: 'choice',
    default: 'ones',
    choices: fills,
    label: 'values',
    help: 'of what has only a size, and of the upstream gradient G',
  },
  seed: seedSetting('seeded values'),
} as const;

type Chosen = SettingsOf<typeof settings>;

function optionsFrom(chosen: Chosen): TransposedConvOptions {
  return {
    input: read(chosen.input, 'input'),
    kernel: read(chosen.kernel, 'kernel'),
    stride: chosen.stride,
    padding: chosen.padding,
    dilation: chosen.dilation,
    outputPadding: chosen['output-padding'],
    values: chosen.values,
    seed: chosen.seed,
  };
}

/** `3`, `2x4`, `2×4` or `[[1,2],[3,4]]`. */
function read(text: string, called: string): Matrix | Size {
  const found = /^\s*(\d{1,4})\s*(?:[x×*]\s*(\d{1,4})\s*)?$/i.exec(text);
  if (found === null && !text.trim().startsWith('[')) {
    const shown = text.length > 40 ? `${text.slice(0, 39)}…` : text;
    const message = `${called} is "${shown}", expected a size (3, 2x4) or a matrix ([[1,2],[3,4]])`;
    throw new GradpathError('option', message, called);
  }
  const matrix = found === null ? readMatrix(text, called) : undefined;
  const rows = matrix?.length ?? Number(found![1]);
  const columns = matrix?.[0].length ?? Number(found![2] ?? found![1]);
  if (Math.min(rows, columns) < 1 || Math.max(rows, columns) > MAX_SIZE) {
    throw new GradpathError(
      'option',
      `${called} is ${rows}×${columns}, expected sizes from 1 to ${MAX_SIZE}`,
      called,
    );
  }
  return matrix ?? { rows, columns };
}

function build(chosen: Chosen): Model {
  return transposedConv(optionsFrom(chosen));
}

export const example = defineExample({
  name: 'transposed-conv',
  settings,
  build,
  study: (chosen) => studyTransposedConv(optionsFrom(chosen)),
});
