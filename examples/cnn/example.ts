/** The convolutional network with its settings, on one of the shipped digits. */

import { GradpathError } from '../../src/graph/error.ts';
import type { Model } from '../../src/model/model.ts';
import { defineExample, type Progress, type SettingsOf, type Study, seedSetting } from '../example.ts';
import { type CnnOptions, cnn } from './cnn.ts';
import { heldOut } from './digits.ts';
import { CLASSES, unpacked } from './images.ts';
import { readPicture } from './picture.ts';
import { studyCnn } from './study.ts';
import type { KernelWeight } from './trace.ts';

const PER_CLASS = heldOut.length / CLASSES;
const MAX_KERNEL_SIZE = 15;

const settings = {
  digit: {
    kind: 'integer',
    default: 7,
    min: 0,
    max: 9,
    optional: true,
    label: 'digit',
    help: 'the digit on the image, its true class (default 7)',
  },
  specimen: {
    kind: 'integer',
    default: 1,
    min: 1,
    max: PER_CLASS,
    label: 'specimen',
    help: 'which of the held-out images of that digit',
  },
  image: {
    kind: 'file',
    label: 'image',
    help: 'an image of yours: CSV of 28×28 grey levels, 0 (paper) to 1 or 255 (ink), or a plain PGM; --digit says what it shows',
  },
  kernels: { kind: 'integer', default: 16, min: 1, max: 64, label: 'kernels', help: 'number of kernels' },
  'kernel-size': {
    kind: 'integer',
    default: 5,
    min: 1,
    max: MAX_KERNEL_SIZE,
    label: 'kernel size',
    help: 'rows and columns of a kernel',
  },
  stride: {
    kind: 'integer',
    default: 2,
    min: 1,
    max: 4,
    label: 'stride',
    help: 'step of the kernels in pixels',
  },
  seed: seedSetting('the weights and of the batches'),
  kernel: {
    kind: 'integer',
    default: 3,
    min: 1,
    max: 64,
    optional: true,
    label: 'traced kernel',
    help: 'kernel whose weight is traced (default: the third, or the last of fewer)',
  },
  row: {
    kind: 'integer',
    default: 3,
    min: 1,
    max: MAX_KERNEL_SIZE,
    optional: true,
    label: 'traced row',
    help: 'row of the traced weight (default: the middle)',
  },
  column: {
    kind: 'integer',
    default: 3,
    min: 1,
    max: MAX_KERNEL_SIZE,
    optional: true,
    label: 'traced column',
    help: 'column of the traced weight (default: the middle)',
  },
  epochs: {
    kind: 'integer',
    default: 12,
    min: 1,
    max: 100,
    label: 'epochs',
    help: 'times that each digit is seen',
  },
  'adam-rate': {
    kind: 'number',
    default: 0.004,
    min: 0,
    max: 0.1,
    step: 0.001,
    label: 'learning rate of Adam',
    help: 'learning rate of Adam at the start; it falls to 0',
  },
  'sgd-rate': {
    kind: 'number',
    default: 0.015,
    min: 0,
    max: 0.1,
    step: 0.001,
    label: 'learning rate of SGD',
    help: 'learning rate of SGD at the start; it falls to 0',
  },
} as const;

type Chosen = SettingsOf<typeof settings>;

function networkOf(chosen: Chosen): Pick<CnnOptions, 'kernels' | 'kernelSize' | 'stride' | 'seed'> {
  return {
    kernels: chosen.kernels,
    kernelSize: chosen['kernel-size'],
    stride: chosen.stride,
    seed: chosen.seed,
  };
}

/** The image, and what it is called. */
function imageOf({ image, digit = settings.digit.default, specimen }: Chosen): {
  pixels: ArrayLike<number>;
  called: string;
} {
  if (image === undefined) {
    const pixels = unpacked(heldOut[digit * PER_CLASS + specimen - 1]);
    return { pixels, called: `a handwritten ${digit}` };
  }
  return { pixels: readPicture(image.text, image.source), called: `${image.source}, a ${digit}` };
}

function build(chosen: Chosen, note: (line: string) => void): Model {
  tracedWeight(chosen); // refused here as well, so that every command and the page say it
  const { pixels, called } = imageOf(chosen);
  const { image, digit = settings.digit.default } = chosen;
  if (image !== undefined && chosen.digit === undefined)
    note(`note: ${image.source} is taken to show a ${digit}; --digit says what it shows`);
  const model = cnn({ ...networkOf(chosen), images: [pixels], labels: [digit] });
  return { ...model, title: `${model.title}, on ${called}` };
}

/** The weight of a kernel that is traced. Throws GradpathError where there is none such. */
function tracedWeight(chosen: Chosen): KernelWeight {
  const { kernels, 'kernel-size': kernelSize } = chosen;
  const middle = Math.ceil(kernelSize / 2);
  const kernel = chosen.kernel ?? Math.min(settings.kernel.default, kernels);
  return {
    kernel: within('kernel', kernel, kernels, 'the number of kernels'),
    row: within('row', chosen.row ?? middle, kernelSize, 'the kernel size'),
    column: within('column', chosen.column ?? middle, kernelSize, 'the kernel size'),
  };
}

function study(chosen: Chosen, tell: Progress): Promise<Study> {
  return studyCnn(
    build(chosen, () => {}),
    {
      network: networkOf(chosen),
      weight: tracedWeight(chosen),
      image: imageOf(chosen).called,
      epochs: chosen.epochs,
      rates: { adam: chosen['adam-rate'], sgd: chosen['sgd-rate'] },
      isPromised: RECIPE.every((name) => chosen[name] === settings[name].default),
    },
    tell,
  );
}

/** The settings that decide how well the digits are learned; with their defaults it is promised. */
const RECIPE = ['seed', 'kernels', 'kernel-size', 'stride', 'epochs', 'adam-rate', 'sgd-rate'] as const;

/** Counted from 1 by people, from 0 inside. */
function within(name: string, n: number, most: number, because: string): number {
  if (n <= most) return n - 1;
  throw new GradpathError('option', `${name} is ${n}, expected at most ${most}, ${because}`, name);
}

export const example = defineExample({ name: 'cnn', settings, build, study, slow: true });
