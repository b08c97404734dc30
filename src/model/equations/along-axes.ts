/** Functions along axes: sums, extremes and softmax of all elements, of rows, or along the axis that is given. */

import { sameShape } from '../../graph/shape.ts';
import type { Arithmetic } from './arithmetic.ts';
import type { ImageOptions } from './images.ts';
import { Misfit, spoken, type Value } from './value.ts';

const allAxes = <V>({ shape }: Value<V>): number[] => shape.map((_, axis) => axis);

/** Over all elements, or along one axis: `axis=0` as in numpy, `sum(A, 1)` as in MATLAB. */
export function along<V>(
  m: Arithmetic<V>,
  [x, dimension]: readonly Value<V>[],
  { axis, keepdims }: ImageOptions,
  f: (v: V, attrs: { readonly axes: readonly number[]; readonly keepDims: boolean }) => V,
): Value<V> {
  const second = dimension === undefined ? undefined : Math.max(0, (dimension.literal ?? Number.NaN) - 1);
  const given = axis ?? second;
  if (given === undefined) return m.value(f(x.v, { axes: allAxes(x), keepDims: false }));
  const at = axisIn(x, given);
  if (x.shape.length !== 2) return m.value(f(x.v, { axes: [at], keepDims: false }));
  // a row, or with keepdims a column, repeats beside a matrix
  if (at === 0 || keepdims) return m.value(f(x.v, { axes: [at], keepDims: true }), 'spread');
  return m.value(f(x.v, { axes: [at], keepDims: false }), 'free');
}

/** Of a vector, of the rows of a matrix, or along the axis that is given. */
export function ofVectors<V>(
  m: Arithmetic<V>,
  x: Value<V>,
  { axis }: ImageOptions,
  f: (v: V) => V,
): Value<V> {
  const rank = x.shape.length;
  if (rank === 0) throw new Misfit(`softmax takes a vector, not ${spoken(x)}`);
  const at = axis === undefined ? rank - 1 : axisIn(x, axis);
  if (at === rank - 1) return m.value(f(x.v), x.standing);
  const perm = allAxes(x).map((i) => (i === at ? rank - 1 : i === rank - 1 ? at : i));
  const { A } = m.domain;
  return m.value(A.transpose(f(A.transpose(x.v, { perm })), { perm }), x.standing);
}

/** An axis counted from 0; those below 0 from the last. */
function axisIn<V>(x: Value<V>, axis: number): number {
  const rank = x.shape.length;
  const at = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(at) || at < 0 || at >= rank)
    throw new Misfit(`${spoken(x)} has the axes 0 to ${rank - 1}`);
  return at;
}

export function extreme<V>(
  m: Arithmetic<V>,
  x: readonly Value<V>[],
  which: 'max' | 'min',
  options: ImageOptions = {},
): Value<V> {
  const { A } = m.domain;
  if (x.length === 1)
    return along(m, x, options, (v, attrs) =>
      which === 'max' ? A.reduceMax(v, attrs) : A.reduceMin(v, attrs),
    );
  if (options.axis !== undefined) throw new Misfit(`${which} along an axis is of one array`);
  return x.reduce((a, b) => {
    if (a.shape.length > 0 && b.shape.length > 0 && !sameShape(a.shape, b.shape))
      throw new Misfit(`${which} of ${spoken(a)} and ${spoken(b)}: the shapes differ`);
    return m.value(A[which](a.v, b.v), a.shape.length > 0 ? a.standing : b.standing);
  });
}
