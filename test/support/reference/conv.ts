/**
 * Convolutions by their index formulas: output position p and kernel position k meet at input position
 * p·stride + k·dilation − padLow, along each spatial axis.
 */

import { type Dual, sum, times } from '../dual.ts';
import { element, indicesOf, isInside, range, type Tensor, tabulate } from './tensor.ts';

export interface WindowAttrs {
  readonly inputSize: readonly number[];
  readonly kernelSize: readonly number[];
  readonly stride: readonly number[];
  readonly padLow: readonly number[];
  readonly padHigh: readonly number[];
  readonly dilation: readonly number[];
}
export type ConvAttrs = WindowAttrs & { readonly groups: number };

/** The number of p for which the whole kernel lies in the padded input, counted one by one. */
export function outputSize(a: WindowAttrs): number[] {
  return a.inputSize.map((n, i) => {
    const length = n + a.padLow[i] + a.padHigh[i];
    const reach = (a.kernelSize[i] - 1) * a.dilation[i];
    return range(length).filter((p) => p * a.stride[i] + reach < length).length;
  });
}

/** Where output position p meets kernel position k in the input; perhaps in the padding. */
export const meeting = (a: WindowAttrs, p: readonly number[], k: readonly number[]): number[] =>
  p.map((at, i) => at * a.stride[i] + k[i] * a.dilation[i] - a.padLow[i]);

const isSame = (a: readonly number[], b: readonly number[]): boolean => a.every((n, i) => n === b[i]);

export const conv = {
  conv: ([x, w]: readonly Tensor[], a: ConvAttrs): Tensor => {
    const [outputs, perGroup] = w.shape;
    return tabulate([x.shape[0], outputs, ...outputSize(a)], ([n, o, ...p]) => {
      const group = Math.floor(o / (outputs / a.groups));
      const terms: Dual[] = [];
      for (const c of range(perGroup)) {
        for (const k of indicesOf(a.kernelSize)) {
          const at = meeting(a, p, k);
          if (isInside(a.inputSize, at))
            terms.push(times(element(x, [n, group * perGroup + c, ...at]), element(w, [o, c, ...k])));
        }
      }
      return sum(terms);
    });
  },
  convTranspose: ([y, w]: readonly Tensor[], a: ConvAttrs): Tensor => {
    const [outputs, perGroup] = w.shape;
    return tabulate([y.shape[0], a.groups * perGroup, ...a.inputSize], ([n, channel, ...at]) => {
      const group = Math.floor(channel / perGroup);
      const terms: Dual[] = [];
      for (const o of range(outputs)) {
        if (Math.floor(o / (outputs / a.groups)) !== group) continue;
        for (const p of indicesOf(y.shape.slice(2))) {
          for (const k of indicesOf(a.kernelSize)) {
            if (isSame(meeting(a, p, k), at))
              terms.push(times(element(y, [n, o, ...p]), element(w, [o, channel % perGroup, ...k])));
          }
        }
      }
      return sum(terms);
    });
  },
  convFilter: ([x, y]: readonly Tensor[], a: ConvAttrs): Tensor => {
    const outputs = y.shape[1];
    const perGroup = x.shape[1] / a.groups;
    return tabulate([outputs, perGroup, ...a.kernelSize], ([o, c, ...k]) => {
      const group = Math.floor(o / (outputs / a.groups));
      const terms: Dual[] = [];
      for (const n of range(x.shape[0])) {
        for (const p of indicesOf(y.shape.slice(2))) {
          const at = meeting(a, p, k);
          if (isInside(a.inputSize, at))
            terms.push(times(element(y, [n, o, ...p]), element(x, [n, group * perGroup + c, ...at])));
        }
      }
      return sum(terms);
    });
  },
};
