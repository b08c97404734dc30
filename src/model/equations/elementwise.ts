/**
 * Sums, multiples and what else goes element by element, of scalars, vectors and matrices over any algebra: the same
 * builds graphs and computes numbers.
 */

import { type Shape, sameShape } from '../../graph/shape.ts';
import type { Algebra } from '../../ops/op.ts';
import {
  broadcastHint,
  isOnes,
  isScalar,
  isTurned,
  likeRepeated,
  Misfit,
  repeatedBeside,
  repeats,
  type Standing,
  special,
  spoken,
  type Value,
} from './value.ts';

/** What an arithmetic is over. */
export interface Domain<V> {
  readonly A: Algebra<V>;
  readonly shapeOf: (v: V) => Shape;
  /** Row-major numbers. */
  readonly tensor: (data: readonly number[], shape: Shape) => V;
}

export class Elementwise<V> {
  readonly domain: Domain<V>;

  constructor(domain: Domain<V>) {
    this.domain = domain;
  }

  value(v: V, standing: Standing = 'column'): Value<V> {
    return { v, shape: this.domain.shapeOf(v), standing };
  }

  /** The tensor is made only if it is asked for: numbers are mostly folded into the ops beside them. */
  number(x: number): Value<V> {
    const { domain } = this;
    let v: V | undefined;
    return {
      get v() {
        return (v ??= domain.tensor([x], []));
      },
      shape: [],
      standing: 'column',
      literal: x,
    };
  }

  ones(): Value<V> {
    return special(this.number(1), 'ones');
  }

  identity(): Value<V> {
    return special(this.number(1), 'identity');
  }

  /** The product of nothing. */
  empty(): Value<V> {
    return {
      v: this.domain.tensor([1], []),
      shape: [],
      standing: 'identity',
      literal: 1,
      isEmpty: true,
    };
  }

  negative(x: Value<V>): Value<V> {
    return this.scaled(x, -1);
  }

  scaled(x: Value<V>, scale: number): Value<V> {
    return this.#affine(x, scale, 0);
  }

  #affine(x: Value<V>, scale: number, shift: number): Value<V> {
    if (scale === 1 && shift === 0) return x;
    if (x.literal !== undefined && isScalar(x)) return this.number(scale * x.literal + shift);
    if (x.literal !== undefined) return special(this.number(scale * x.literal), x.standing);
    const { shape, standing } = x;
    return { v: this.domain.A.affine(x.v, { scale, shift }), shape, standing };
  }

  /** The sum of values that are alike is one node; any other is taken from left to right. */
  total(values: readonly Value<V>[]): Value<V> {
    const [first] = values;
    const alike = values.every(
      (x) => sameShape(x.shape, first.shape) && x.standing === first.standing && x.literal === undefined,
    );
    if (!alike || values.length < 3) return values.reduce((sum, x) => this.sum(sum, x, 1));
    return this.value(this.domain.A.total(...values.map(({ v }) => v)), first.standing);
  }

  /** a + sign·b. A number is added to every element; rows that repeat are added to every row. */
  sum(a: Value<V>, b: Value<V>, sign: 1 | -1): Value<V> {
    const { A } = this.domain;
    const [left, right] = this.#beside(...this.#alike(a, b));
    const fits =
      isScalar(left) || isScalar(right) || sameShape(left.shape, right.shape) || repeats(left, right);
    if (!fits || isTurned(left, right)) {
      const hint = broadcastHint(left, right) ?? broadcastHint(right, left) ?? '';
      throw new Misfit(`${spoken(a)} ${sign > 0 ? 'plus' : 'minus'} ${spoken(b)}: the shapes differ${hint}`);
    }
    if (right.literal !== undefined) return this.#affine(left, 1, sign * right.literal);
    if (left.literal !== undefined) return this.#affine(right, sign, left.literal);
    const v = sign > 0 ? A.add(left.v, right.v) : A.sub(left.v, right.v);
    return this.value(v, this.#standingOf(left, right));
  }

  /** Element by element; a number with each element. */
  hadamard(x: Value<V>, y: Value<V>): Value<V> {
    if (x.isEmpty) return y;
    if (y.isEmpty) return x;
    if (isOnes(x)) return this.scaled(y, x.literal!);
    if (isOnes(y)) return this.scaled(x, y.literal!);
    const [a, b] = this.#beside(x, y);
    const fits = isScalar(a) || isScalar(b) || sameShape(a.shape, b.shape) || repeats(a, b);
    if (!fits || isTurned(a, b)) throw new Misfit(`${spoken(a)} ⊙ ${spoken(b)}: the shapes differ`);
    return this.multiple(a, b) ?? this.value(this.domain.A.mul(a.v, b.v), this.#standingOf(a, b));
  }

  quotient(x: Value<V>, y: Value<V>): Value<V> {
    const [a, b] = this.#beside(...this.#alike(x, y));
    const fits = isScalar(a) || isScalar(b) || sameShape(a.shape, b.shape) || repeats(a, b);
    if (!fits || isTurned(a, b)) throw new Misfit(`${spoken(a)} divided by ${spoken(b)}: the shapes differ`);
    if (b.literal !== undefined && b.literal !== 0) {
      return a.literal === undefined ? this.#affine(a, 1 / b.literal, 0) : this.number(a.literal / b.literal);
    }
    if (a.literal === 1) return this.value(this.domain.A.reciprocal(b.v), b.standing);
    return this.value(this.domain.A.div(a.v, b.v), this.#standingOf(a, b));
  }

  /** The product with a number that is known; undefined if neither is one. */
  multiple(a: Value<V>, b: Value<V>): Value<V> | undefined {
    if (a.literal !== undefined && isScalar(a)) return this.#affine(b, a.literal, 0);
    if (b.literal !== undefined && isScalar(b)) return this.#affine(a, b.literal, 0);
    return undefined;
  }

  /** An identity or ones beside something of known shape take that shape. */
  #alike(a: Value<V>, b: Value<V>): [Value<V>, Value<V>] {
    const sized = (x: Value<V>, like: Value<V>): Value<V> => {
      if (isOnes(x)) return special(x, 'column');
      if (x.standing !== 'identity') return x;
      const n = like.standing === 'spread' ? Math.max(...like.shape) : like.shape[0];
      if (like.standing === 'identity' && like.shape.length === 0) return x;
      if (like.shape.length === 0) return special(x, 'column');
      if (like.shape.length !== 2 || (like.shape[1] !== n && like.standing !== 'spread')) {
        throw new Misfit(`the identity beside ${spoken(like)}, which is no square matrix`);
      }
      const data = Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? (x.literal ?? 1) : 0));
      const eye = this.domain.tensor(data, [n, n]);
      return this.value(x.literal === undefined ? this.domain.A.mul(eye, x.v) : eye);
    };
    return [sized(a, b), sized(b, a)];
  }

  /** A vector beside a matrix repeats: X W + b. */
  #beside(a: Value<V>, b: Value<V>): [Value<V>, Value<V>] {
    const repeated = (vector: Value<V>, matrix: Value<V>): Value<V> => {
      const shape = repeatedBeside(vector, matrix) ?? likeRepeated(vector, matrix);
      return shape === undefined ? vector : this.value(this.domain.A.reshape(vector.v, { shape }), 'spread');
    };
    return [repeated(a, b), repeated(b, a)];
  }

  #standingOf(a: Value<V>, b: Value<V>): Standing {
    if (isScalar(a)) return b.standing;
    if (isScalar(b)) return a.standing;
    if (a.standing === 'spread') return b.standing;
    if (b.standing === 'spread') return a.standing;
    return a.standing === 'free' ? b.standing : a.standing;
  }
}
