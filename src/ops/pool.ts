/**
 * Pools over windows of samples × channels × …; the padding takes no part. The average pool is linear, and its adjoint is
 * a row. The derivative of the maximum is the choice of the winners: maxPoolGather reads h where x wins its window,
 * maxPoolScatter adds g there; each is the other's adjoint, and both are flat in x.
 */

import { formatShape, type Shape, sizeOf } from '../graph/shape.ts';
import { type Data, type Rows, ShapeMismatch } from './op.ts';
import { doublesOf, store } from './sums.ts';
import { call, type Tex } from './tex.ts';
import { checkedWindows, meetings, requireSpatial, type WindowAttrs, windowAttrs } from './window.ts';

type Pool = 'maxPool' | 'maxPoolGather' | 'maxPoolScatter' | 'avgPool' | 'avgPoolAdjoint';

const over =
  (name: string, sub = '') =>
  (x: readonly Tex[]): Tex =>
    call(`\\operatorname{${name}}${sub}`, ...x);

/** The shape of what is pooled from x: every window has a cell of x. */
function pooledShape(x: Shape, a: WindowAttrs): Shape {
  const output = checkedWindows(a);
  requireSpatial(x, a.inputSize, 'the input');
  a.inputSize.forEach((n, axis) => {
    for (let p = 0; p < output[axis]; p++) {
      const start = p * a.stride[axis] - a.padLow[axis];
      let hasCell = false;
      for (let k = 0; k < a.kernelSize[axis]; k++) {
        const at = start + k * a.dilation[axis];
        if (at >= 0 && at < n) hasCell = true;
      }
      if (!hasCell) throw new ShapeMismatch(`window ${p} along spatial axis ${axis} lies in the padding`);
    }
  });
  return [x[0], x[1], ...output];
}

function requirePooled(y: Shape, x: Shape, a: WindowAttrs): void {
  const expected = pooledShape(x, a);
  if (y.length !== expected.length || y.some((n, axis) => n !== expected[axis])) {
    throw new ShapeMismatch(`the output is ${formatShape(y)}, expected ${formatShape(expected)}`);
  }
}

interface Windows {
  /** The cells of window p are cells[starts[p]] to cells[starts[p + 1] − 1], offsets along the spatial axes of x. */
  readonly starts: Int32Array;
  readonly cells: Int32Array;
  /** Cells of a channel of x, and windows over it. */
  readonly size: number;
  readonly count: number;
  readonly channels: number;
}

function windowsOf(x: Shape, pooled: Shape, a: WindowAttrs): Windows {
  const count = sizeOf(pooled.slice(2));
  const met = meetings(a);
  const starts = new Int32Array(count + 1);
  for (const p of met.y) starts[p + 1]++;
  for (let p = 0; p < count; p++) starts[p + 1] += starts[p];
  return { starts, cells: met.x, size: sizeOf(a.inputSize), count, channels: x[0] * x[1] };
}

/** The offset in x of the largest cell of the window from `first` to `end`; of equals the first; NaN wins. */
function winner(x: Data, base: number, cells: Int32Array, first: number, end: number): number {
  let best = base + cells[first];
  for (let m = first + 1; m < end; m++) {
    const at = base + cells[m];
    if (x[at] > x[best] || (Number.isNaN(x[at]) && !Number.isNaN(x[best]))) best = at;
  }
  return best;
}

/** y[window] = h[where x wins]. */
function gatherWinners(
  x: Data,
  h: Data,
  y: Data,
  { starts, cells, size, count, channels }: Windows,
): () => void {
  return () => {
    let out = 0;
    for (let c = 0; c < channels; c++) {
      for (let p = 0; p < count; p++) y[out++] = h[winner(x, c * size, cells, starts[p], starts[p + 1])];
    }
  };
}

export const pool: Rows<Pool> = {
  maxPool: {
    arity: 1,
    attrs: windowAttrs,
    shape: ([x], a) => pooledShape(x, a),
    kernel: ({ x: [x], y, shapes: [xs], shape, attrs }) =>
      gatherWinners(x, x, y, windowsOf(xs, shape, attrs)),
    vjp: [({ A, x: [x], g, attrs }) => A.maxPoolScatter(x, g, attrs)],
    tex: over('maxpool'),
    symbol: 'maxpool',
    domain: [-2, 2],
    kinks: [],
  },
  // h where x wins: h is shaped like x
  maxPoolGather: {
    arity: 2,
    attrs: windowAttrs,
    shape: ([x, h], a) => {
      if (x.length !== h.length || x.some((n, axis) => n !== h[axis])) {
        throw new ShapeMismatch(`${formatShape(x)} and ${formatShape(h)} differ`);
      }
      return pooledShape(x, a);
    },
    kernel: ({ x: [x, h], y, shapes: [xs], shape, attrs }) =>
      gatherWinners(x, h, y, windowsOf(xs, shape, attrs)),
    vjp: ['flat', ({ A, x: [x], g, attrs }) => A.maxPoolScatter(x, g, attrs)],
    tex: over('gather', '_{\\max}'),
    symbol: 'at max',
    domain: [-2, 2],
    kinks: [],
  },
  // g, shaped like the pool of x, added up where x wins
  maxPoolScatter: {
    arity: 2,
    attrs: windowAttrs,
    shape: ([x, g], a) => {
      requirePooled(g, x, a);
      return x;
    },
    kernel: ({ x: [x, g], y, shapes: [xs, gs], attrs }) => {
      const { starts, cells, size, count, channels } = windowsOf(xs, gs, attrs);
      const sums = doublesOf(y);
      return () => {
        sums.fill(0);
        let from = 0;
        for (let c = 0; c < channels; c++) {
          for (let p = 0; p < count; p++) {
            sums[winner(x, c * size, cells, starts[p], starts[p + 1])] += g[from++];
          }
        }
        store(sums, y);
      };
    },
    vjp: ['flat', ({ A, x: [x], g, attrs }) => A.maxPoolGather(x, g, attrs)],
    tex: over('scatter', '_{\\max}'),
    symbol: 'to max',
    domain: [-2, 2],
    kinks: [],
  },
  // the mean of the cells of each window that lie in x
  avgPool: {
    arity: 1,
    attrs: windowAttrs,
    shape: ([x], a) => pooledShape(x, a),
    kernel: ({ x: [x], y, shapes: [xs], shape, attrs }) => {
      const { starts, cells, size, count, channels } = windowsOf(xs, shape, attrs);
      return () => {
        let out = 0;
        for (let c = 0; c < channels; c++) {
          for (let p = 0; p < count; p++) {
            let sum = 0;
            for (let m = starts[p]; m < starts[p + 1]; m++) sum += x[c * size + cells[m]];
            y[out++] = sum / (starts[p + 1] - starts[p]);
          }
        }
      };
    },
    vjp: [({ A, g, attrs }) => A.avgPoolAdjoint(g, attrs)],
    tex: over('avgpool'),
    symbol: 'avgpool',
    domain: [-2, 2],
    kinks: [],
  },
  // each window's g in equal parts to its cells
  avgPoolAdjoint: {
    arity: 1,
    attrs: windowAttrs,
    shape: ([g], a) => {
      const x = [g[0], g[1], ...a.inputSize];
      requirePooled(g, x, a);
      return x;
    },
    kernel: ({ x: [g], y, shapes: [gs], shape, attrs }) => {
      const { starts, cells, size, count, channels } = windowsOf(shape, gs, attrs);
      const sums = doublesOf(y);
      return () => {
        sums.fill(0);
        let from = 0;
        for (let c = 0; c < channels; c++) {
          for (let p = 0; p < count; p++) {
            const part = g[from++] / (starts[p + 1] - starts[p]);
            for (let m = starts[p]; m < starts[p + 1]; m++) sums[c * size + cells[m]] += part;
          }
        }
        store(sums, y);
      };
    },
    vjp: [({ A, g, attrs }) => A.avgPool(g, attrs)],
    tex: ([x]) => call('\\operatorname{avgpool}^{\\top}', x),
    symbol: 'avgpoolᵀ',
    domain: [-2, 2],
    kinks: [],
  },
};
