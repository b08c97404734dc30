/** Arithmetic of scalars, vectors and matrices. Which product two factors make follows from their shapes. */

import { sameShape } from '../../graph/shape.ts';
import { type Domain, Elementwise } from './elementwise.ts';
import { matrixProduct } from './matrix-product.ts';
import { isScalar, isVector, Misfit, repeatedBeside, special, spoken, type Value } from './value.ts';

/** Highest power of a matrix: it is multiplied out. */
const MAX_POWER = 64;

/** How products are read where shapes leave a choice. */
export interface Conventions {
  /** `*` between matrices of one shape. */
  readonly asterisk: 'matrix' | 'elementwise';
  /** `·` between two columns. */
  readonly dot: 'elementwise' | 'inner';
}

export class Arithmetic<V> extends Elementwise<V> {
  readonly conventions: Conventions;

  constructor(domain: Domain<V>, conventions: Conventions) {
    super(domain);
    this.conventions = conventions;
  }

  /** The product of matrices; with a number, its multiple. */
  matrixProduct(a: Value<V>, b: Value<V>): Value<V> {
    return matrixProduct(this, a, b);
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
      if (alike || repeatedBeside(a, b) !== undefined || repeatedBeside(b, a) !== undefined)
        return this.hadamard(a, b);
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

  absolute(x: Value<V>): Value<V> {
    return this.value(this.domain.A.abs(x.v), x.standing);
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
}
