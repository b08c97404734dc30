/**
 * The loops of the trilinear form Σ y[n, o, p] · x[n, c, p·stride + k·dilation − pad] · w[o, c, k]: the derivative by
 * one of its tensors, summed over all indices but those of that tensor.
 *
 * With q a position of the result r and m the meetings of the other two there, all three derivatives are
 *
 *   r[u, i, q] = Σ_j Σ_m s[u, j, m] · f[i, j, m]
 *
 * where s does not depend on i, so that a number of it, once read, serves several i; and f does not depend on u.
 */

import { type Shape, sizeOf } from '../graph/shape.ts';
import type { ConvAttrs } from './conv.ts';
import type { Data } from './op.ts';
import { meetings } from './window.ts';

type Tensor = 'x' | 'w' | 'y';
type Index = 'n' | 'o' | 'c';

/** By the result r: which tensors are s and f, and which of sample n, output o and channel c are u, i and j. */
const roles: { readonly [R in Tensor]: { s: Tensor; f: Tensor; u: Index; i: Index; j: Index } } = {
  y: { s: 'x', f: 'w', u: 'n', i: 'o', j: 'c' },
  x: { s: 'y', f: 'w', u: 'n', i: 'c', j: 'o' },
  w: { s: 'x', f: 'y', u: 'c', i: 'o', j: 'n' },
};

/** The kernel that computes tensors[into] from the other two. */
export function contraction(
  into: Tensor,
  tensors: Readonly<Record<Tensor, Data>>,
  shapes: Readonly<Record<Tensor, Shape>>,
  a: ConvAttrs,
): () => void {
  const { groups } = a;
  const [samples, inputs] = shapes.x;
  const [outputs, channels] = shapes.w;
  const [xSize, wSize, ySize] = [shapes.x, shapes.w, shapes.y].map((shape) => sizeOf(shape.slice(2)));
  const perGroup = outputs / groups;
  const counts = { n: samples, o: perGroup, c: channels };
  const strides = {
    x: { group: channels * xSize, n: inputs * xSize, o: 0, c: xSize },
    w: { group: perGroup * channels * wSize, n: 0, o: channels * wSize, c: wSize },
    y: { group: perGroup * ySize, n: outputs * ySize, o: ySize, c: 0 },
  };
  const { s, f, u, i, j } = roles[into];
  const [r, shared, factor] = [tensors[into], tensors[s], tensors[f]];
  const met = meetings(a);
  const size = { x: xSize, w: wSize, y: ySize }[into];
  const { starts, order } = groupedBy(met[into], size);
  const [sharedAt, factorAt] = [order.map((m) => met[s][m]), order.map((m) => met[f][m])];
  const [countU, countI, countJ] = [counts[u], counts[i], counts[j]];
  const [rStep, factorStep] = [strides[into][i], strides[f][i]];
  const [sharedNext, factorNext] = [strides[s][j], strides[f][j]];

  /** Four neighbouring i, from the offsets of the first in r, s and f. */
  const fourSums = (to: number, sharedFrom: number, factorFrom: number): void => {
    for (let q = 0; q < size; q++) {
      const end = starts[q + 1];
      let r0 = 0;
      let r1 = 0;
      let r2 = 0;
      let r3 = 0;
      for (let k = 0; k < countJ; k++) {
        const sharedK = sharedFrom + k * sharedNext;
        const factorK = factorFrom + k * factorNext;
        for (let m = starts[q]; m < end; m++) {
          const common = shared[sharedK + sharedAt[m]];
          const at = factorK + factorAt[m];
          r0 += common * factor[at];
          r1 += common * factor[at + factorStep];
          r2 += common * factor[at + 2 * factorStep];
          r3 += common * factor[at + 3 * factorStep];
        }
      }
      r[to + q] = r0;
      r[to + q + rStep] = r1;
      r[to + q + 2 * rStep] = r2;
      r[to + q + 3 * rStep] = r3;
    }
  };
  const oneSum = (to: number, sharedFrom: number, factorFrom: number): void => {
    for (let q = 0; q < size; q++) {
      const end = starts[q + 1];
      let sum = 0;
      for (let k = 0; k < countJ; k++) {
        const sharedK = sharedFrom + k * sharedNext;
        const factorK = factorFrom + k * factorNext;
        for (let m = starts[q]; m < end; m++)
          sum += shared[sharedK + sharedAt[m]] * factor[factorK + factorAt[m]];
      }
      r[to + q] = sum;
    }
  };

  return () => {
    for (let group = 0; group < groups; group++) {
      for (let at = 0; at < countU; at++) {
        const to = group * strides[into].group + at * strides[into][u];
        const sharedFrom = group * strides[s].group + at * strides[s][u];
        const factorFrom = group * strides[f].group;
        let k = 0;
        for (; k + 4 <= countI; k += 4) fourSums(to + k * rStep, sharedFrom, factorFrom + k * factorStep);
        for (; k < countI; k++) oneSum(to + k * rStep, sharedFrom, factorFrom + k * factorStep);
      }
    }
  };
}

/** Indices of `keys` by ascending key: those of key q lie at starts[q] … starts[q + 1] of `order`. */
function groupedBy(keys: Int32Array, size: number): { starts: Int32Array; order: Int32Array } {
  const starts = new Int32Array(size + 1);
  for (const q of keys) starts[q + 1]++;
  for (let q = 0; q < size; q++) starts[q + 1] += starts[q];
  const next = starts.slice();
  const order = new Int32Array(keys.length);
  keys.forEach((q, m) => {
    order[next[q]++] = m;
  });
  return { starts, order };
}
