/** Ops that shape what training sees: dropout, and the stop of gradients. */

import type { Rows } from './op.ts';
import { ShapeMismatch } from './op.ts';
import { atom, call } from './tex.ts';
import { unary } from './unary.ts';

/** The i-th of a sequence of numbers in [0, 1) that a seed from 0 to 2³² − 1 names: a hash, so that it is the same everywhere. */
function chance(seed: number, i: number): number {
  let h = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(i + 1, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 16), 0x21f0aaad);
  h = Math.imul(h ^ (h >>> 15), 0x735a2d97);
  return ((h ^ (h >>> 15)) >>> 0) / 2 ** 32;
}

export const training: Rows<'dropout' | 'stopGradient'> = {
  // elements are 0 with probability `rate`, the others are scaled by 1 / (1 − rate); a linear map of its seed
  dropout: {
    arity: 1,
    attrs: { rate: 'number', seed: 'number' },
    shape: ([x], { rate, seed }) => {
      if (!(rate >= 0 && rate < 1)) throw new ShapeMismatch(`the rate is ${rate}, expected 0 to below 1`);
      if (!(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32))
        throw new ShapeMismatch(`the seed is ${seed}, expected a whole number from 0 to 2³² − 1`);
      return x;
    },
    kernel: ({ x: [a], y, attrs: { rate, seed } }) => {
      const scale = 1 / (1 - rate);
      const isKept = Uint8Array.from(y, (_, i) => (chance(seed, i) >= rate ? 1 : 0));
      return () => {
        for (let i = 0; i < y.length; i++) y[i] = isKept[i] === 1 ? scale * a[i] : 0;
      };
    },
    vjp: [({ A, g, attrs }) => A.dropout(g, attrs)],
    tex: ([x]) => call('\\operatorname{dropout}', x),
    symbol: 'dropout',
    domain: [-2, 2],
    kinks: [],
  },
  // x, which derivatives take for a constant
  stopGradient: {
    ...unary<'stopGradient'>({
      kernel: ({ x: [a], y }) => {
        return () => {
          for (let i = 0; i < y.length; i++) y[i] = a[i];
        };
      },
      vjp: ['flat'],
      tex: ([x]) => atom(`\\lfloor ${x.text} \\rfloor_{\\mathrm{stop}}`),
      symbol: 'stop',
      domain: [-2, 2],
    }),
    isStop: true,
  },
};
