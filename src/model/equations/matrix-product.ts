/** Products of matrices: with numbers, vectors as columns and rows, the identity, and ones that repeat or sum. */

import type { Shape } from '../../graph/shape.ts';
import type { Elementwise } from './elementwise.ts';
import { isOnes, isScalar, isVector, Misfit, type Standing, special, spoken, type Value } from './value.ts';

/** The product of matrices; with a number, its multiple. Throws Misfit. */
export function matrixProduct<V>(m: Elementwise<V>, a: Value<V>, b: Value<V>): Value<V> {
  const { A } = m.domain;
  if (a.standing === 'identity') return timesIdentity(m, b, a);
  if (b.standing === 'identity') return timesIdentity(m, a, b);
  if (isOnes(a) || isOnes(b)) return withOnes(m, a, b);
  const summed = timesSpread(m, a, b);
  if (summed !== undefined) return summed;
  if (isScalar(a) || isScalar(b)) {
    return m.multiple(a, b) ?? m.value(A.mul(a.v, b.v), isScalar(a) ? b.standing : a.standing);
  }
  const misfit = (reason: string) => new Misfit(`${spoken(a)} times ${spoken(b)}: ${reason}`);
  const [rankA, rankB] = [a.shape.length, b.shape.length];
  if (rankA > 2 || rankB > 2) throw misfit('only vectors and matrices are multiplied');
  if (rankA === 2 && rankB === 2) {
    if (a.shape[1] !== b.shape[0]) throw misfit(`inner sizes ${a.shape[1]} and ${b.shape[0]} differ`);
    return m.value(A.matmul(a.v, b.v));
  }
  if (rankA === 2) {
    if (b.standing === 'row') throw misfit('a row stands left of a matrix, not right of it');
    if (a.shape[1] !== b.shape[0]) throw misfit(`inner sizes ${a.shape[1]} and ${b.shape[0]} differ`);
    return m.value(A.matmul(a.v, b.v), b.standing);
  }
  if (rankB === 2) {
    if (a.standing === 'column') throw misfit('a column stands right of a matrix, not left of it');
    if (a.shape[0] !== b.shape[0]) throw misfit(`inner sizes ${a.shape[0]} and ${b.shape[0]} differ`);
    return m.value(A.matmul(a.v, b.v), a.standing);
  }
  const isRow = (x: Value<V>) => x.standing === 'row';
  if (isRow(b) && !isRow(a)) return m.value(A.outer(a.v, b.v));
  if (isRow(a) && !isRow(b)) {
    if (a.shape[0] !== b.shape[0]) throw misfit(`sizes ${a.shape[0]} and ${b.shape[0]} differ`);
    return m.value(A.matmul(a.v, b.v));
  }
  throw misfit('to multiply two vectors transpose one of them, or write ⊙');
}

/** x (c I): of a number the identity so many times. */
function timesIdentity<V>(m: Elementwise<V>, x: Value<V>, identity: Value<V>): Value<V> {
  if (isScalar(x)) {
    const times = x.literal === undefined ? undefined : x.literal * (identity.literal ?? 1);
    if (times !== undefined && identity.literal !== undefined) return special(m.number(times), 'identity');
    return { v: m.domain.A.mul(x.v, identity.v), shape: [], standing: 'identity' };
  }
  if (identity.literal !== undefined) return m.scaled(x, identity.literal);
  return m.value(m.domain.A.mul(x.v, identity.v), x.standing);
}

/** p 1ᵀ y = p (1ᵀ y) and x 1 bᵀ = (x 1) bᵀ: ones between sum what stands beside them. */
function timesSpread<V>(m: Elementwise<V>, a: Value<V>, b: Value<V>): Value<V> | undefined {
  const isColumns = ({ standing, shape }: Value<V>) => standing === 'spread' && shape[1] === 1;
  const isRows = ({ standing, shape }: Value<V>) => standing === 'spread' && shape[0] === 1;
  const plain = (x: Value<V>) => x.standing !== 'spread' && x.shape.length > 0;
  const { A } = m.domain;
  const vector = (x: Value<V>) => A.reshape(x.v, { shape: [Math.max(...x.shape)] });
  if (isColumns(a) && plain(b) && b.standing !== 'row') {
    const sum = m.value(A.sum(b.v, { axes: [0], keepDims: false }));
    return isScalar(sum) ? m.value(A.mul(vector(a), sum.v)) : m.value(A.outer(vector(a), sum.v));
  }
  if (isRows(b) && plain(a) && (a.shape.length === 2 || a.standing === 'row')) {
    const sum = m.value(A.sum(a.v, { axes: [a.shape.length - 1], keepDims: false }));
    return isScalar(sum) ? m.value(A.mul(vector(b), sum.v), 'row') : m.value(A.outer(sum.v, vector(b)));
  }
  return undefined;
}

/** 1 bᵀ repeats a row, b 1ᵀ a column; 1ᵀ M sums the rows, M 1 the columns; of any number instead of 1 alike. */
function withOnes<V>(m: Elementwise<V>, a: Value<V>, b: Value<V>): Value<V> {
  const [ones, x] = isOnes(a) ? [a, b] : [b, a];
  if (isScalar(x)) {
    if (x.literal !== undefined) return m.scaled(ones, x.literal);
    return m.scaled(x, ones.literal!); // of whatever size its neighbours have
  }
  const { A } = m.domain;
  const over = (axes: readonly number[], standing: Standing = 'column') =>
    m.scaled(m.value(A.sum(x.v, { axes, keepDims: false }), standing), ones.literal!);
  const repeated = (shape: Shape) => m.scaled(m.value(A.reshape(x.v, { shape }), 'spread'), ones.literal!);
  if (ones === a && a.standing === 'ones' && isVector(x) && x.standing !== 'column') {
    return repeated([1, x.shape[0]]);
  }
  if (ones === b && b.standing === 'onesRow' && isVector(x) && x.standing !== 'row') {
    return repeated([x.shape[0], 1]);
  }
  const isLeft = ones === a && a.standing === 'onesRow';
  const isRight = ones === b && b.standing === 'ones';
  if (isLeft && isVector(x) && x.standing !== 'row') return over([0]);
  if (isRight && isVector(x) && x.standing !== 'column') return over([0]);
  if (isLeft && x.shape.length === 2) return over([0], 'row');
  if (isRight && x.shape.length === 2) return over([1]);
  throw new Misfit(`${spoken(a)} times ${spoken(b)}: of what size are the ones?`);
}
