/**
 * Scalars, vectors and matrices as mathematics has them, over any algebra: one arithmetic builds graphs and computes numbers.
 * Which product two factors make follows from their shapes; a vector is a column unless it was transposed.
 */

import { formatShape, type Shape, sameShape } from '../../graph/shape.ts';
import type { Algebra } from '../../ops/op.ts';

/**
 * `free`: a gradient, which stands as a row or a column as its place asks for. `ones`, `identity`: of whatever size
 * its neighbours have; the value is the number 1. `spread`: rows that repeat, one row given.
 */
export type Standing = 'column' | 'row' | 'free' | 'ones' | 'onesRow' | 'identity' | 'spread';

export interface Value<V> {
  readonly v: V;
  readonly shape: Shape;
  readonly standing: Standing;
}

/** What an arithmetic is over. */
export interface Domain<V> {
  readonly A: Algebra<V>;
  readonly shapeOf: (v: V) => Shape;
  /** Row-major numbers. */
  readonly tensor: (data: readonly number[], shape: Shape) => V;
}

/** Operands that do not fit; whoever knows the place in the text turns it into an error. */
export class Misfit extends Error {}

/** `4×3`, `a column of 4`, `a row of 4`, `a number`: as operands are spoken of. */
export function spoken<V>({ shape, standing }: Value<V>): string {
  if (standing === 'ones' || standing === 'onesRow') return 'ones';
  if (standing === 'identity') return 'the identity';
  if (shape.length === 0) return 'a number';
  if (shape.length > 1) return formatShape(shape);
  return `${standing === 'row' ? 'a row' : standing === 'free' ? 'a vector' : 'a column'} of ${shape[0]}`;
}

const isScalar = <V>({ shape, standing }: Value<V>): boolean =>
  shape.length === 0 && (standing === 'column' || standing === 'free');
const isVector = <V>({ shape }: Value<V>): boolean => shape.length === 1;

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

  number(x: number): Value<V> {
    return this.value(this.domain.tensor([x], []));
  }

  ones(): Value<V> {
    return { ...this.number(1), standing: 'ones' };
  }

  identity(): Value<V> {
    return { ...this.number(1), standing: 'identity' };
  }

  negative(x: Value<V>): Value<V> {
    return this.scaled(x, -1);
  }

  scaled(x: Value<V>, scale: number): Value<V> {
    if (scale === 1) return x;
    return { ...x, v: this.domain.A.affine(x.v, { scale, shift: 0 }) };
  }

  /** a + sign·b. A number is added to every element; rows that repeat are added to every row. */
  sum(a: Value<V>, b: Value<V>, sign: 1 | -1): Value<V> {
    const { A } = this.domain;
    const [left, right] = this.#alike(a, b);
    const isSpread = a.standing === 'spread' || b.standing === 'spread';
    const fits = isScalar(left) || isScalar(right) || sameShape(left.shape, right.shape) || isSpread;
    const [s, t] = [left.standing, right.standing];
    const turned = isVector(left) && isVector(right) && s !== t && s !== 'free' && t !== 'free';
    if (!fits || turned) {
      throw new Misfit(`${spoken(a)} ${sign > 0 ? 'plus' : 'minus'} ${spoken(b)}: the shapes differ`);
    }
    const v = sign > 0 ? A.add(left.v, right.v) : A.sub(left.v, right.v);
    return this.value(v, this.#standingOf(left, right));
  }

  /** Element by element; a number with each element. */
  hadamard(a: Value<V>, b: Value<V>): Value<V> {
    if (a.standing === 'ones' || a.standing === 'onesRow') return b;
    if (b.standing === 'ones' || b.standing === 'onesRow') return a;
    const fits = isScalar(a) || isScalar(b) || sameShape(a.shape, b.shape);
    const turned = isVector(a) && isVector(b) && (a.standing === 'row') !== (b.standing === 'row');
    const free = a.standing === 'free' || b.standing === 'free';
    if (!fits || (turned && !free)) throw new Misfit(`${spoken(a)} ⊙ ${spoken(b)}: the shapes differ`);
    return this.value(this.domain.A.mul(a.v, b.v), this.#standingOf(a, b));
  }

  quotient(a: Value<V>, b: Value<V>): Value<V> {
    const fits = isScalar(a) || isScalar(b) || sameShape(a.shape, b.shape);
    if (!fits) throw new Misfit(`${spoken(a)} divided by ${spoken(b)}: the shapes differ`);
    return this.value(this.domain.A.div(a.v, b.v), this.#standingOf(a, b));
  }

  /** The product of matrices; with a number, its multiple. */
  matrixProduct(a: Value<V>, b: Value<V>): Value<V> {
    const { A } = this.domain;
    if (a.standing === 'identity') return b;
    if (b.standing === 'identity') return a;
    if (a.standing === 'ones' || b.standing === 'ones' || a.standing === 'onesRow')
      return this.#withOnes(a, b);
    if (isScalar(a) || isScalar(b)) return this.value(A.mul(a.v, b.v), isScalar(a) ? b.standing : a.standing);
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
      if (error instanceof Misfit && alike) return this.hadamard(a, b);
      throw error;
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

  /** a bᵀ of two vectors, however they stand. */
  outer(a: Value<V>, b: Value<V>): Value<V> {
    if (isScalar(a) || isScalar(b)) return this.matrixProduct(a, b);
    if (!isVector(a) || !isVector(b)) throw new Misfit(`${spoken(a)} ⊗ ${spoken(b)}: ⊗ takes two vectors`);
    return this.value(this.domain.A.outer(a.v, b.v));
  }

  transposed(x: Value<V>): Value<V> {
    if (x.standing === 'ones') return { ...x, standing: 'onesRow' };
    if (x.standing === 'onesRow') return { ...x, standing: 'ones' };
    if (x.shape.length === 0) return x;
    if (isVector(x)) return { ...x, standing: x.standing === 'row' ? 'column' : 'row' };
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
      if (!Number.isInteger(exponent) || exponent < 0) {
        throw new Misfit(`${spoken(x)} to the power ${exponent}: of a matrix, 0, 1, 2, …`);
      }
      let product = this.identity();
      for (let i = 0; i < exponent; i++) product = this.matrixProduct(product, x);
      return product;
    }
    const { A } = this.domain;
    if (exponent === 1) return x;
    const v = exponent === 2 ? A.square(x.v) : A.power(x.v, { exponent });
    return this.value(v, x.standing);
  }

  /** An identity or ones beside something of known shape take that shape. */
  #alike(a: Value<V>, b: Value<V>): [Value<V>, Value<V>] {
    const sized = (x: Value<V>, like: Value<V>): Value<V> => {
      if (x.standing === 'ones' || x.standing === 'onesRow') return { ...x, standing: 'column' };
      if (x.standing !== 'identity') return x;
      const n = like.shape[0];
      if (like.shape.length === 0) return { ...x, standing: 'column' };
      if (like.shape.length !== 2 || like.shape[1] !== n) {
        throw new Misfit(`the identity beside ${spoken(like)}, which is no square matrix`);
      }
      const data = Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));
      const eye = this.value(this.domain.tensor(data, [n, n]));
      return { ...eye, v: this.domain.A.mul(eye.v, x.v) };
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

  /** 1 bᵀ repeats a row, 1ᵀ M sums the rows, M 1 the columns. */
  #withOnes(a: Value<V>, b: Value<V>): Value<V> {
    const { A } = this.domain;
    const all = (x: Value<V>) => x.shape.map((_, axis) => axis);
    if (isScalar(a) || isScalar(b))
      return { ...a, v: A.mul(a.v, b.v), standing: isScalar(a) ? b.standing : a.standing };
    if (a.standing === 'ones' && isVector(b) && b.standing !== 'column') {
      return this.value(A.reshape(b.v, { shape: [1, b.shape[0]] }), 'spread');
    }
    if (a.standing === 'onesRow' && b.shape.length > 0) {
      if (isVector(b) && b.standing !== 'row')
        return this.value(A.sum(b.v, { axes: all(b), keepDims: false }));
      if (b.shape.length === 2) return this.value(A.sum(b.v, { axes: [0], keepDims: false }), 'row');
    }
    if (b.standing === 'ones' && a.shape.length > 0) {
      if (isVector(a) && a.standing !== 'column')
        return this.value(A.sum(a.v, { axes: all(a), keepDims: false }));
      if (a.shape.length === 2) return this.value(A.sum(a.v, { axes: [1], keepDims: false }));
    }
    throw new Misfit(`${spoken(a)} times ${spoken(b)}: of what size are the ones?`);
  }
}
