/**
 * Arithmetic of scalars, vectors and matrices over any algebra: the same builds graphs and computes numbers. Which product
 * two factors make follows from their shapes.
 */

import { type Shape, sameShape } from '../../graph/shape.ts';
import type { Algebra } from '../../ops/op.ts';
import {
  broadcastHint,
  isOnes,
  isScalar,
  isTurned,
  isVector,
  Misfit,
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

/** Highest power of a matrix: it is multiplied out. */
const MAX_POWER = 64;

/** How products are read where shapes leave a choice. */
export interface Conventions {
  /** `*` between matrices of one shape. */
  readonly asterisk: 'matrix' | 'elementwise';
  /** `·` between two columns. */
  readonly dot: 'elementwise' | 'inner';
}

export class Arithmetic<V> {
  readonly domain: Domain<V>;
  readonly conventions: Conventions;

  constructor(domain: Domain<V>, conventions: Conventions) {
    this.domain = domain;
    this.conventions = conventions;
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
    const [left, right] = this.#alike(a, b);
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
  hadamard(a: Value<V>, b: Value<V>): Value<V> {
    if (isOnes(a)) return this.scaled(b, a.literal!);
    if (isOnes(b)) return this.scaled(a, b.literal!);
    const fits = isScalar(a) || isScalar(b) || sameShape(a.shape, b.shape) || repeats(a, b);
    if (!fits || isTurned(a, b)) throw new Misfit(`${spoken(a)} ⊙ ${spoken(b)}: the shapes differ`);
    return this.#multiple(a, b) ?? this.value(this.domain.A.mul(a.v, b.v), this.#standingOf(a, b));
  }

  quotient(x: Value<V>, y: Value<V>): Value<V> {
    const [a, b] = this.#alike(x, y);
    const fits = isScalar(a) || isScalar(b) || sameShape(a.shape, b.shape) || repeats(a, b);
    if (!fits || isTurned(a, b)) throw new Misfit(`${spoken(a)} divided by ${spoken(b)}: the shapes differ`);
    if (b.literal !== undefined && b.literal !== 0) {
      return a.literal === undefined ? this.#affine(a, 1 / b.literal, 0) : this.number(a.literal / b.literal);
    }
    if (a.literal === 1) return this.value(this.domain.A.reciprocal(b.v), b.standing);
    return this.value(this.domain.A.div(a.v, b.v), this.#standingOf(a, b));
  }

  /** The product with a number that is known. */
  #multiple(a: Value<V>, b: Value<V>): Value<V> | undefined {
    if (a.literal !== undefined && isScalar(a)) return this.#affine(b, a.literal, 0);
    if (b.literal !== undefined && isScalar(b)) return this.#affine(a, b.literal, 0);
    return undefined;
  }

  /** The product of matrices; with a number, its multiple. */
  matrixProduct(a: Value<V>, b: Value<V>): Value<V> {
    const { A } = this.domain;
    if (a.standing === 'identity') return this.#timesIdentity(b, a);
    if (b.standing === 'identity') return this.#timesIdentity(a, b);
    if (isOnes(a) || isOnes(b)) return this.#withOnes(a, b);
    const summed = this.#timesSpread(a, b);
    if (summed !== undefined) return summed;
    if (isScalar(a) || isScalar(b)) {
      return this.#multiple(a, b) ?? this.value(A.mul(a.v, b.v), isScalar(a) ? b.standing : a.standing);
    }
    const misfit = (reason: string) => new Misfit(`${spoken(a)} times ${spoken(b)}: ${reason}`);
    const [m, n] = [a.shape.length, b.shape.length];
    if (m > 2 || n > 2) throw misfit('only vectors and matrices are multiplied');
    if (m === 2 && n === 2) {
      if (a.shape[1] !== b.shape[0]) throw misfit(`inner sizes ${a.shape[1]} and ${b.shape[0]} differ`);
      return this.value(A.matmul(a.v, b.v));
    }
    if (m === 2) {
      if (b.standing === 'row') throw misfit('a row stands left of a matrix, not right of it');
      if (a.shape[1] !== b.shape[0]) throw misfit(`inner sizes ${a.shape[1]} and ${b.shape[0]} differ`);
      return this.value(A.matmul(a.v, b.v), b.standing);
    }
    if (n === 2) {
      if (a.standing === 'column') throw misfit('a column stands right of a matrix, not left of it');
      if (a.shape[0] !== b.shape[0]) throw misfit(`inner sizes ${a.shape[0]} and ${b.shape[0]} differ`);
      return this.value(A.matmul(a.v, b.v), a.standing);
    }
    const isRow = (x: Value<V>) => x.standing === 'row';
    if (isRow(b) && !isRow(a)) return this.value(A.outer(a.v, b.v));
    if (isRow(a) && !isRow(b)) {
      if (a.shape[0] !== b.shape[0]) throw misfit(`sizes ${a.shape[0]} and ${b.shape[0]} differ`);
      return this.value(A.matmul(a.v, b.v));
    }
    throw misfit('to multiply two vectors transpose one of them, or write ⊙');
  }

  /** x (c I): of a number the identity so many times. */
  #timesIdentity(x: Value<V>, identity: Value<V>): Value<V> {
    if (isScalar(x)) {
      const times = x.literal === undefined ? undefined : x.literal * (identity.literal ?? 1);
      if (times !== undefined && identity.literal !== undefined)
        return special(this.number(times), 'identity');
      return { v: this.domain.A.mul(x.v, identity.v), shape: [], standing: 'identity' };
    }
    if (identity.literal !== undefined) return this.scaled(x, identity.literal);
    return this.value(this.domain.A.mul(x.v, identity.v), x.standing);
  }

  /** p 1ᵀ y = p (1ᵀ y) and x 1 bᵀ = (x 1) bᵀ: ones between sum what stands beside them. */
  #timesSpread(a: Value<V>, b: Value<V>): Value<V> | undefined {
    const isColumns = ({ standing, shape }: Value<V>) => standing === 'spread' && shape[1] === 1;
    const isRows = ({ standing, shape }: Value<V>) => standing === 'spread' && shape[0] === 1;
    const plain = (x: Value<V>) => x.standing !== 'spread' && x.shape.length > 0;
    const { A } = this.domain;
    const vector = (x: Value<V>) => A.reshape(x.v, { shape: [Math.max(...x.shape)] });
    if (isColumns(a) && plain(b) && b.standing !== 'row') {
      const sum = this.value(A.sum(b.v, { axes: [0], keepDims: false }));
      return isScalar(sum) ? this.value(A.mul(vector(a), sum.v)) : this.value(A.outer(vector(a), sum.v));
    }
    if (isRows(b) && plain(a) && (a.shape.length === 2 || a.standing === 'row')) {
      const sum = this.value(A.sum(a.v, { axes: [a.shape.length - 1], keepDims: false }));
      return isScalar(sum)
        ? this.value(A.mul(vector(b), sum.v), 'row')
        : this.value(A.outer(sum.v, vector(b)));
    }
    return undefined;
  }

  /** `*` and `×`: the product of matrices where there is one, else element by element. */
  asterisk(a: Value<V>, b: Value<V>): Value<V> {
    const alike = sameShape(a.shape, b.shape) && a.shape.length > 0;
    if (alike && (isVector(a) || this.conventions.asterisk === 'elementwise')) {
      const bothStand = (a.standing === 'row') === (b.standing === 'row');
      if (bothStand || a.standing === 'free' || b.standing === 'free') return this.hadamard(a, b);
    }
    try {
      return this.matrixProduct(a, b);
    } catch (error) {
      if (!(error instanceof Misfit)) throw error;
      if (alike) return this.hadamard(a, b);
      const isImage = a.shape.length > 1 && a.shape.length === b.shape.length;
      throw isImage
        ? new Misfit(`${error.message}; of images write X ⋆ K, or conv(X, K) with K turned`)
        : error;
    }
  }

  /** `·`: as `*`, but two columns may make an inner product. */
  dot(a: Value<V>, b: Value<V>): Value<V> {
    const columns = isVector(a) && isVector(b) && a.standing !== 'row' && b.standing !== 'row';
    if (columns && this.conventions.dot === 'inner') return this.inner(a, b);
    return this.asterisk(a, b);
  }

  inner(a: Value<V>, b: Value<V>): Value<V> {
    if (!sameShape(a.shape, b.shape)) throw new Misfit(`⟨${spoken(a)}, ${spoken(b)}⟩: the shapes differ`);
    const { A } = this.domain;
    const axes = a.shape.map((_, axis) => axis);
    return this.value(A.sum(A.mul(a.v, b.v), { axes, keepDims: false }));
  }

  norm(x: Value<V>): Value<V> {
    const axes = x.shape.map((_, axis) => axis);
    return this.value(this.domain.A.norm(x.v, { axes, keepDims: false }));
  }

  /** ‖x‖² as Σ x², whose derivative exists at 0 too. */
  squaredNorm(x: Value<V>): Value<V> {
    const { A } = this.domain;
    if (x.shape.length === 0) return this.power(x, 2, true);
    const axes = x.shape.map((_, axis) => axis);
    return this.value(A.sum(A.square(x.v), { axes, keepDims: false }));
  }

  /** a bᵀ of two vectors, however they stand. */
  outer(a: Value<V>, b: Value<V>): Value<V> {
    if (isScalar(a) || isScalar(b)) return this.matrixProduct(a, b);
    if (!isVector(a) || !isVector(b)) throw new Misfit(`${spoken(a)} ⊗ ${spoken(b)}: ⊗ takes two vectors`);
    return this.value(this.domain.A.outer(a.v, b.v));
  }

  transposed(x: Value<V>): Value<V> {
    if (x.standing === 'ones') return special(x, 'onesRow');
    if (x.standing === 'onesRow') return special(x, 'ones');
    if (x.shape.length === 0) return x;
    if (isVector(x)) return { v: x.v, shape: x.shape, standing: x.standing === 'row' ? 'column' : 'row' };
    if (x.standing === 'spread') throw new Misfit('transpose the factors of 1 bᵀ, not their product');
    if (x.shape.length > 2) throw new Misfit(`${spoken(x)} has no transpose`);
    return this.value(
      this.domain.A.transpose(x.v, { perm: [1, 0] }),
      x.standing === 'free' ? 'free' : 'column',
    );
  }

  /** The matrix with the vector on its diagonal, or the diagonal of a matrix. */
  diagonal(x: Value<V>): Value<V> {
    if (x.standing === 'ones') return this.identity();
    const { A } = this.domain;
    const one = this.domain.tensor([1], []);
    if (isVector(x)) {
      const attrs = { left: [0], right: [], result: [0, 0], sizes: [x.shape[0]] };
      return this.value(A.einsum(x.v, one, attrs));
    }
    if (x.shape.length === 0) return x;
    if (x.shape.length !== 2 || x.shape[0] !== x.shape[1]) throw new Misfit(`${spoken(x)} has no diagonal`);
    return this.value(A.einsum(x.v, one, { left: [0, 0], right: [], result: [0], sizes: [x.shape[0]] }));
  }

  /** A whole power of a square matrix by multiplication; anything else element by element. */
  power(x: Value<V>, exponent: number, elementwise: boolean): Value<V> {
    const isSquare = x.shape.length === 2 && x.shape[0] === x.shape[1];
    if (isSquare && !elementwise) {
      if (exponent > MAX_POWER) throw new Misfit(`a matrix to a power above ${MAX_POWER}`);
      if (!Number.isInteger(exponent) || exponent < 0) {
        throw new Misfit(
          `${spoken(x)} to the power ${exponent}: a matrix has the powers 0, 1, 2, …; of its elements write .^`,
        );
      }
      let product = this.identity();
      for (let i = 0; i < exponent; i++) product = this.matrixProduct(product, x);
      return product;
    }
    const { A } = this.domain;
    if (exponent === 1) return x;
    if (x.literal !== undefined && isScalar(x)) return this.number(x.literal ** exponent);
    const v = exponent === 2 ? A.square(x.v) : A.power(x.v, { exponent });
    return this.value(v, x.standing);
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

  #standingOf(a: Value<V>, b: Value<V>): Standing {
    if (isScalar(a)) return b.standing;
    if (isScalar(b)) return a.standing;
    if (a.standing === 'spread') return b.standing;
    if (b.standing === 'spread') return a.standing;
    return a.standing === 'free' ? b.standing : a.standing;
  }

  /** 1 bᵀ repeats a row, b 1ᵀ a column; 1ᵀ M sums the rows, M 1 the columns; of any number instead of 1 alike. */
  #withOnes(a: Value<V>, b: Value<V>): Value<V> {
    const [ones, x] = isOnes(a) ? [a, b] : [b, a];
    if (isScalar(x)) {
      if (x.literal !== undefined) return this.scaled(ones, x.literal);
      return this.scaled(x, ones.literal!); // of whatever size its neighbours have
    }
    const { A } = this.domain;
    const over = (axes: readonly number[], standing: Standing = 'column') =>
      this.scaled(this.value(A.sum(x.v, { axes, keepDims: false }), standing), ones.literal!);
    const repeated = (shape: Shape) =>
      this.scaled(this.value(A.reshape(x.v, { shape }), 'spread'), ones.literal!);
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
}
