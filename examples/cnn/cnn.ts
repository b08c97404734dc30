/** A small convolutional network: O = P W + b_W for P = maxpool(relu(x ⋆ K + b_K)), ŷ = softmax(O), cross-entropy E. */

import { GradpathError } from '../../src/graph/error.ts';
import type { DType } from '../../src/graph/graph.ts';
import { type Shape, sizeOf } from '../../src/graph/shape.ts';
import type { Model } from '../../src/model/model.ts';
import { glorot, uniform } from '../../src/model/random.ts';
import { Builder } from '../../src/ops/builder.ts';
import { checkedValues, type Values } from '../../src/run/values.ts';

export const weightNames = ['K', 'b_K', 'W', 'b_W'] as const;
export type WeightName = (typeof weightNames)[number];

export interface CnnOptions {
  /** Grey images, each rows×columns, row-major or nested; by default seeded numbers in [0, 1). */
  readonly images?: readonly Values[];
  /** The class of each image, from 0 on; by default seeded. */
  readonly labels?: readonly number[];
  /** How many images go through at once (default: as many as are given, else 1). E is their mean loss. */
  readonly batch?: number;
  /** Rows and columns of an image (default 28×28). */
  readonly imageSize?: readonly [rows: number, columns: number];
  /** Number of kernels, hence of channels of the convolution (default 16). */
  readonly kernels?: number;
  /** Rows and columns of a kernel (default 5). */
  readonly kernelSize?: number;
  /** Step of the convolution in pixels (default 2). */
  readonly stride?: number;
  /** Zeros around the image in pixels (default 0). */
  readonly padding?: number;
  /** Rows and columns of a pool's window, and its step (default 2). */
  readonly poolSize?: number;
  /** Default 10. */
  readonly classes?: number;
  /** K kernels×1×kernelSize×kernelSize, b_K kernels×1×1, W features×classes, b_W classes; those left out are seeded. */
  readonly weights?: Readonly<Partial<Record<WeightName, Values>>>;
  /** Of the weights, and of images and labels that are not given (default 1). */
  readonly seed?: number;
  readonly dtype?: DType;
}

/**
 * Builds the network and its values. Shapes, for N images: x N×1×rows×columns, C (convolution), A (ReLU) and P (pool)
 * N×kernels×…, O (scores), ŷ and y (one-hot) N×classes, E a scalar.
 */
export function cnn(options: CnnOptions = {}): Model {
  const { images, labels, weights = {}, imageSize = [28, 28] } = options;
  const size = (
    name: 'kernels' | 'kernelSize' | 'stride' | 'poolSize' | 'classes' | 'batch',
    byDefault: number,
  ) => wholeFrom(1, options[name] ?? byDefault, name);
  const kernels = size('kernels', 16);
  const kernelSize = size('kernelSize', 5);
  const stride = size('stride', 2);
  const poolSize = size('poolSize', 2);
  const classes = size('classes', 10);
  const batch = size('batch', images?.length ?? labels?.length ?? 1);
  const padding = wholeFrom(0, options.padding ?? 0, 'padding');
  for (const n of imageSize) wholeFrom(1, n, 'imageSize');
  const random = uniform(wholeFrom(Number.NEGATIVE_INFINITY, options.seed ?? 1, 'seed'));

  const b = new Builder(options.dtype);
  const [K, b_K] = [
    b.parameter('K', [kernels, 1, kernelSize, kernelSize]),
    b.parameter('b_K', [kernels, 1, 1]),
  ];
  const x = b.input('x', [batch, 1, ...imageSize]);
  const C = b.define('C', () =>
    b.add(b.conv(x, K, { ...windows(imageSize, kernelSize, stride, padding), groups: 1 }), b_K),
  );
  const A = b.define('A', () => b.relu(C));
  const convolved = b.graph.node(A).shape.slice(2);
  const P = b.define('P', () => b.maxPool(A, windows(convolved, poolSize, poolSize, 0)));
  const features = sizeOf(b.graph.node(P).shape.slice(1));
  const [W, b_W] = [b.parameter('W', [features, classes]), b.parameter('b_W', [classes])];
  const O = b.define('O', () => b.add(b.matmul(b.reshape(P, { shape: [batch, features] }), W), b_W));
  b.define('ŷ', () => b.softmax(O));
  const y = b.input('y', [batch, classes]);
  b.define('E', () => {
    const total = b.softmaxCrossEntropy(O, y);
    return batch === 1 ? total : b.affine(total, { scale: 1 / batch, shift: 0 });
  });

  const seeded = {
    K: glorot(random, kernels, kernelSize ** 2),
    b_K: zeros(kernels),
    W: glorot(random, features, classes),
    b_W: zeros(classes),
  };
  const values: Record<string, readonly number[]> = {};
  for (const name of weightNames) {
    const given = weights[name];
    const { shape } = b.graph.node(b.graph.idOf(name));
    values[name] = given === undefined ? seeded[name] : [...checkedValues(given, shape, name)];
  }
  values.x =
    checkedImages(images, batch, imageSize) ?? Array.from({ length: batch * sizeOf(imageSize) }, random);
  values.y = oneHot(
    labels ?? Array.from({ length: batch }, () => Math.floor(random() * classes)),
    batch,
    classes,
  );
  const title = `Convolutional network, ${kernels} kernel${kernels === 1 ? '' : 's'} of ${kernelSize}×${kernelSize}`;
  return { name: 'cnn', title, builder: b, values, target: 'E', show: { of: 'E', wrt: 'K' } };
}

/** Square windows over images. */
function windows(inputSize: Shape, size: number, stride: number, padding: number) {
  return {
    inputSize: [...inputSize],
    kernelSize: [size, size],
    stride: [stride, stride],
    padLow: [padding, padding],
    padHigh: [padding, padding],
    dilation: [1, 1],
  };
}

/** The images behind one another, or undefined if none are given. */
function checkedImages(
  images: readonly Values[] | undefined,
  batch: number,
  [rows, columns]: readonly [number, number],
): number[] | undefined {
  if (images === undefined) return undefined;
  requireCount('x', 'image', images.length, batch);
  return images.flatMap((image, n) => {
    const name = batch === 1 ? 'x' : `x: image ${n + 1}`;
    return [...checkedValues(image, [rows, columns], name)];
  });
}

/** A row per label: 1 at its class, else 0. */
function oneHot(labels: readonly number[], batch: number, classes: number): number[] {
  requireCount('y', 'label', labels.length, batch);
  return labels.flatMap((label, n) => {
    if (!(Number.isInteger(label) && label >= 0 && label < classes)) {
      const message = `y: label ${n + 1} is ${label}, expected a class from 0 to ${classes - 1}`;
      throw new GradpathError('value', message, 'y');
    }
    return Array.from({ length: classes }, (_, i) => (i === label ? 1 : 0));
  });
}

function requireCount(name: string, what: string, found: number, batch: number): void {
  if (found === batch) return;
  const message = `${name}: ${found} ${what}${found === 1 ? '' : 's'} given, expected ${batch}, one for each sample`;
  throw new GradpathError('value', message, name);
}

function wholeFrom(least: number, n: number, name: string): number {
  if (Number.isInteger(n) && n >= least) return n;
  const from = Number.isFinite(least) ? ` from ${least} on` : '';
  throw new GradpathError('option', `${name} is ${n}, expected a whole number${from}`, name);
}

const zeros = (n: number): number[] => new Array<number>(n).fill(0);
