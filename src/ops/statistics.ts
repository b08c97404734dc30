/** Reductions along axes: means, extremes, norms; and the running sum. */

import { broadcastOffsets, formatShape, type Shape, stridesOf } from '../graph/shape.ts';
import { type Algebra, type Kernel, type Rows, ShapeMismatch } from './op.ts';
import { keptAxes, reducedShape } from './reduce.ts';
import { doublesOf } from './sums.ts';
import { atom, call, type Tex } from './tex.ts';

type Statistic =
  | 'mean'
  | 'reduceMax'
  | 'reduceMin'
  | 'logSumExp'
  | 'variance'
  | 'norm'
  | 'standardize'
  | 'cumsum';
interface Axes {
  readonly axes: readonly number[];
  readonly keepDims: boolean;
}

/** The number of elements in a group. */
const groupSize = (x: Shape, { axes }: Axes): number => axes.reduce((product, axis) => product * x[axis], 1);

/** Of each element of x the place in y of the group it is reduced into, and the number of elements in a group. */
function groups([x]: readonly Shape[], attrs: Axes): { of: Int32Array; size: number } {
  return { of: broadcastOffsets(keptAxes(x, attrs.axes), x), size: groupSize(x, attrs) };
}

/** y or g, spread over the elements of x. */
export function spread<V>(A: Algebra<V>, value: V, x: Shape, { axes, keepDims }: Axes): V {
  const kept = keepDims ? value : A.reshape(value, { shape: keptAxes(x, axes) });
  return A.broadcastTo(kept, { shape: x });
}

const shape = ([x]: readonly Shape[], attrs: Axes): Shape => reducedShape(x, attrs);

/** There is no mean of nothing, nor an extreme. */
function nonEmpty(op: string): (shapes: readonly Shape[], attrs: Axes) => Shape {
  return (shapes, attrs) => {
    const empty = attrs.axes.find((axis) => shapes[0][axis] === 0);
    if (empty !== undefined) throw new ShapeMismatch(`${op} over an empty axis of ${formatShape(shapes[0])}`);
    return shape(shapes, attrs);
  };
}

const extreme =
  (sign: 1 | -1): Kernel<Axes> =>
  ({ x: [a], y, shapes, attrs }) => {
    const { of } = groups(shapes, attrs);
    return () => {
      for (let i = 0; i < y.length; i++) y[i] = -sign * Number.POSITIVE_INFINITY;
      for (let i = 0; i < a.length; i++) {
        const best = y[of[i]];
        // NaN wins and stays
        if (!(sign * a[i] <= sign * best) && !Number.isNaN(best)) y[of[i]] = a[i];
      }
    };
  };

/** Ties of k share the derivative, 1/k each. */
function extremeRule<V>(A: Algebra<V>, x: V, y: V, g: V, from: Shape, attrs: Axes): V {
  const isExtreme = A.equal(x, spread(A, y, from, attrs));
  const ties = A.sum(isExtreme, { axes: attrs.axes, keepDims: true });
  return A.mul(spread(A, g, from, attrs), A.div(isExtreme, ties));
}

const over =
  (latex: string) =>
  ([x]: readonly Tex[]): Tex =>
    call(latex, x);

const attrs = { axes: 'integers', keepDims: 'boolean' } as const;

export const statistics: Rows<Statistic> = {
  mean: {
    arity: 1,
    attrs,
    shape: nonEmpty('mean'),
    kernel: ({ x: [a], y, shapes, attrs }) => {
      const { of, size } = groups(shapes, attrs);
      const sums = doublesOf(y);
      return () => {
        sums.fill(0);
        for (let i = 0; i < a.length; i++) sums[of[i]] += a[i];
        for (let i = 0; i < y.length; i++) y[i] = sums[i] / size;
      };
    },
    vjp: [
      ({ A, g, shapes: [x], attrs }) => {
        const size = groupSize(x, attrs);
        return A.affine(spread(A, g, x, attrs), { scale: 1 / size, shift: 0 });
      },
    ],
    tex: over('\\operatorname{mean}'),
    symbol: 'mean',
    domain: [-2, 2],
    kinks: [],
  },
  reduceMax: {
    arity: 1,
    attrs,
    shape: nonEmpty('reduceMax'),
    kernel: extreme(1),
    vjp: [({ A, x: [x], y, g, shapes: [from], attrs }) => extremeRule(A, x, y, g, from, attrs)],
    tex: over('\\max'),
    symbol: 'max',
    domain: [-2, 2],
    kinks: [],
  },
  reduceMin: {
    arity: 1,
    attrs,
    shape: nonEmpty('reduceMin'),
    kernel: extreme(-1),
    vjp: [({ A, x: [x], y, g, shapes: [from], attrs }) => extremeRule(A, x, y, g, from, attrs)],
    tex: over('\\min'),
    symbol: 'min',
    domain: [-2, 2],
    kinks: [],
  },
  // log Σ eˣ = m + log(1 + Σ e^{x−m}) with the largest x as m and the others under the sum
  logSumExp: {
    arity: 1,
    attrs,
    shape: nonEmpty('logSumExp'),
    kernel: ({ x: [a], y, shapes, attrs }) => {
      const { of } = groups(shapes, attrs);
      const places = new Int32Array(y.length); // of the largest of each group
      const others = new Float64Array(y.length);
      return () => {
        places.fill(-1);
        others.fill(0);
        for (let i = 0; i < a.length; i++) {
          const at = places[of[i]];
          if (at < 0 || a[i] > a[at] || Number.isNaN(a[i])) places[of[i]] = i;
        }
        for (let i = 0; i < a.length; i++) {
          const at = places[of[i]];
          if (i !== at) others[of[i]] += Math.exp(a[i] - a[at]);
        }
        for (let i = 0; i < y.length; i++) {
          const m = a[places[i]];
          y[i] = Math.abs(m) === Number.POSITIVE_INFINITY ? m : m + Math.log1p(others[i]); // ∞ − ∞ is no number
        }
      };
    },
    vjp: [
      ({ A, x: [x], y, g, shapes: [from], attrs }) => {
        const parts = A.exp(A.sub(x, spread(A, y, from, attrs)));
        // they sum to 1, but for the digits that y has lost where it is large
        const total = A.sum(parts, { axes: attrs.axes, keepDims: true });
        return A.mul(spread(A, g, from, attrs), A.div(parts, total));
      },
    ],
    tex: over('\\operatorname{logsumexp}'),
    symbol: 'lse',
    domain: [-2, 2],
    kinks: [],
  },
  // Σ (x − mean)² / n
  variance: {
    arity: 1,
    attrs,
    shape: nonEmpty('variance'),
    kernel: ({ x: [a], y, shapes, attrs }) => {
      const { of, size } = groups(shapes, attrs);
      const mean = new Float64Array(y.length);
      const squares = doublesOf(y);
      return () => {
        for (let i = 0; i < y.length; i++) mean[i] = squares[i] = 0;
        for (let i = 0; i < a.length; i++) mean[of[i]] += a[i];
        for (let i = 0; i < y.length; i++) mean[i] /= size;
        for (let i = 0; i < a.length; i++) squares[of[i]] += (a[i] - mean[of[i]]) * (a[i] - mean[of[i]]);
        for (let i = 0; i < y.length; i++) y[i] = squares[i] / size;
      };
    },
    vjp: [
      ({ A, x: [x], g, shapes: [from], attrs }) => {
        const size = groupSize(from, attrs);
        const centred = A.sub(x, A.mean(x, { axes: attrs.axes, keepDims: true }));
        return A.affine(A.mul(spread(A, g, from, attrs), centred), { scale: 2 / size, shift: 0 });
      },
    ],
    tex: over('\\operatorname{var}'),
    symbol: 'var',
    domain: [-2, 2],
    kinks: [],
  },
  // √Σx² = m √Σ(x/m)² with the largest |x| as m, so that no square overflows; its derivative x/‖x‖ is 0 at x = 0
  norm: {
    arity: 1,
    attrs,
    shape,
    kernel: ({ x: [a], y, shapes, attrs }) => {
      const { of } = groups(shapes, attrs);
      const largest = new Float64Array(y.length);
      const squares = new Float64Array(y.length);
      return () => {
        for (let i = 0; i < y.length; i++) largest[i] = squares[i] = 0;
        for (let i = 0; i < a.length; i++) largest[of[i]] = Math.max(largest[of[i]], Math.abs(a[i]));
        for (let i = 0; i < a.length; i++) {
          const ratio = a[i] === 0 ? 0 : a[i] / largest[of[i]];
          squares[of[i]] += ratio * ratio;
        }
        for (let i = 0; i < y.length; i++) {
          const m = largest[i];
          y[i] = m === 0 || m === Number.POSITIVE_INFINITY ? m : m * Math.sqrt(squares[i]);
        }
      };
    },
    vjp: [
      ({ A, x: [x], y, g, shapes: [from], attrs }) =>
        A.mul(spread(A, g, from, attrs), A.xdivy(x, spread(A, y, from, attrs))),
    ],
    tex: ([x]) => atom(`\\left\\|${x.text}\\right\\|`),
    symbol: '‖x‖',
    domain: [-2, 2],
    kinks: [],
  },
  // (x − mean) / √(variance + ε), with s = 1/√…: x̄ = s (g − mean g − y mean(g y)). Layer and batch normalisation
  standardize: {
    arity: 1,
    attrs: { axes: 'integers', epsilon: 'number' },
    shape: ([x], { axes, epsilon }) => {
      if (!(epsilon >= 0)) throw new ShapeMismatch(`epsilon is ${epsilon}, expected 0 or more`);
      nonEmpty('standardize')([x], { axes, keepDims: true });
      return x;
    },
    kernel: ({ x: [a], y, shape, attrs: { axes, epsilon } }) => {
      const { of, size } = groups([shape], { axes, keepDims: true });
      const mean = new Float64Array(y.length / size);
      const factor = mean.slice();
      return () => {
        for (let i = 0; i < mean.length; i++) mean[i] = factor[i] = 0;
        for (let i = 0; i < a.length; i++) mean[of[i]] += a[i];
        for (let i = 0; i < mean.length; i++) mean[i] /= size;
        for (let i = 0; i < a.length; i++) factor[of[i]] += (a[i] - mean[of[i]]) * (a[i] - mean[of[i]]);
        for (let i = 0; i < mean.length; i++) factor[i] = 1 / Math.sqrt(factor[i] / size + epsilon);
        for (let i = 0; i < a.length; i++) y[i] = (a[i] - mean[of[i]]) * factor[of[i]];
      };
    },
    vjp: [
      ({ A, x: [x], y, g, attrs: { axes, epsilon } }) => {
        const mean = (value: typeof x) => A.mean(value, { axes, keepDims: true });
        const variance = A.variance(x, { axes, keepDims: true });
        const s = A.power(A.affine(variance, { scale: 1, shift: epsilon }), { exponent: -0.5 });
        return A.mul(s, A.sub(A.sub(g, mean(g)), A.mul(y, mean(A.mul(g, y)))));
      },
    ],
    tex: over('\\operatorname{standardize}'),
    symbol: 'norm.',
    domain: [-2, 2],
    kinks: [],
  },
  // y_i = Σ_{j ≤ i} x_j along an axis, or Σ_{j ≥ i} if reversed
  cumsum: {
    arity: 1,
    attrs: { axis: 'number', reverse: 'boolean' },
    shape: ([x], { axis }) => {
      if (x[axis] === undefined) throw new ShapeMismatch(`${axis} is no axis of ${formatShape(x)}`);
      return x;
    },
    kernel: ({ x: [a], y, shape, attrs: { axis, reverse } }) => {
      const n = shape[axis];
      const stride = stridesOf(shape)[axis];
      const step = reverse ? -stride : stride; // from one element of a line to the next
      return () => {
        for (let block = 0; block < y.length; block += n * stride) {
          for (let j = 0; j < stride; j++) {
            let at = block + j + (reverse ? (n - 1) * stride : 0);
            let sum = 0;
            for (let k = 0; k < n; k++, at += step) {
              sum += a[at];
              y[at] = sum;
            }
          }
        }
      };
    },
    vjp: [({ A, g, attrs: { axis, reverse } }) => A.cumsum(g, { axis, reverse: !reverse })],
    tex: over('\\operatorname{cumsum}'),
    symbol: 'cumsum',
    domain: [-2, 2],
    kinks: [],
  },
};
