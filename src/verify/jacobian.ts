/** Arithmetic of formulas in which derivatives stand beside vectors and matrices. */

import { type Shape, sameShape, sizeOf } from '../graph/shape.ts';
import { Arithmetic, type Conventions } from '../model/equations/arithmetic.ts';
import { convolution } from '../model/equations/images.ts';
import { isOnes, Misfit, spoken, type Value } from '../model/equations/value.ts';
import type { Algebra } from '../ops/op.ts';
import { numbers, type Tensor } from '../run/eager.ts';

export type Layout = 'numerator' | 'denominator';

/** ∂of/∂by: the matrix has a row per element of what is derived and a column per element of what it is derived by. */
export interface Jacobian extends Value<Tensor> {
  readonly of: Shape;
  readonly by: Shape;
  readonly matrix: Tensor;
}

export function isJacobian(x: Value<Tensor>): x is Jacobian {
  return 'matrix' in x;
}

const tensor = (data: readonly number[], shape: Shape): Tensor => ({ shape, data: Float64Array.from(data) });
const product = (a: Tensor, b: Tensor): Tensor => numbers.matmul(a, b);
const turned = (x: Tensor): Tensor => numbers.transpose(x, { perm: [1, 0] });
const shaped = (x: Tensor, shape: Shape): Tensor => ({ shape, data: x.data });

/**
 * The layout says how a Jacobian of vectors stands: ∂a/∂b has a row per element of a (numerator layout) or of b
 * (denominator layout), so that chains run from left to right, or from right to left. The derivative of a number
 * by an array has the array's shape in both.
 */
export class ChainArithmetic extends Arithmetic<Tensor> {
  readonly layout: Layout;
  /** The network convolves: X * K is the convolution of mathematics where it can be no product of matrices. */
  readonly hasImages: boolean;
  /** What a gradient and a column side by side make. */
  readonly beside: 'inner' | 'elementwise';

  constructor(
    layout: Layout,
    conventions: Conventions,
    hasImages = false,
    A: Algebra<Tensor> = numbers,
    beside: 'inner' | 'elementwise' = 'inner',
  ) {
    super({ A, shapeOf: (v) => v.shape, tensor }, conventions);
    this.layout = layout;
    this.hasImages = hasImages;
    this.beside = beside;
  }

  jacobian(matrix: Tensor, of: Shape, by: Shape): Value<Tensor> {
    if (of.length === 0 && by.length === 0) return this.value(shaped(matrix, []));
    const x: Jacobian = { ...this.#array(matrix, of, by), of, by, matrix };
    return x;
  }

  /** The array that stands for a Jacobian beside others. With more than two axes only a chain can use it. */
  #array(matrix: Tensor, of: Shape, by: Shape): Value<Tensor> {
    if (of.length === 0) return this.value(shaped(matrix, by), by.length === 1 ? 'free' : 'column');
    if (by.length === 0) return this.value(shaped(matrix, of), of.length === 1 ? 'free' : 'column');
    if (of.length === 1 && by.length === 1) {
      return this.value(this.layout === 'numerator' ? matrix : turned(matrix));
    }
    return this.value(shaped(matrix, [...of, ...by]));
  }

  /** A Jacobian as the array that stands for it. */
  plain(x: Value<Tensor>): Value<Tensor> {
    if (!isJacobian(x)) return x;
    const { v, shape, standing, of, by } = x;
    if (shape.length > 2 && of.length > 0 && by.length > 0) {
      throw new Misfit(
        `${this.spokenOf(x)} has ${shape.length} axes; only a chain of derivatives can use it`,
      );
    }
    return { v, shape, standing };
  }

  override total(x: readonly Value<Tensor>[]): Value<Tensor> {
    if (!x.some(isJacobian)) return super.total(x);
    return x.slice(1).reduce((sum, term) => this.sum(sum, term, 1), x[0]);
  }

  spokenOf(x: Value<Tensor>): string {
    if (!isJacobian(x)) return spoken(x);
    const side = (shape: Shape) => (shape.length === 0 ? 'a number' : shape.join('×'));
    return `a derivative of ${side(x.of)} by ${side(x.by)}`;
  }

  override scaled(x: Value<Tensor>, scale: number): Value<Tensor> {
    if (!isJacobian(x)) return super.scaled(x, scale);
    return this.jacobian(numbers.affine(x.matrix, { scale, shift: 0 }), x.of, x.by);
  }

  override sum(a: Value<Tensor>, b: Value<Tensor>, sign: 1 | -1): Value<Tensor> {
    if (isJacobian(a) && isJacobian(b) && sameShape(a.of, b.of) && sameShape(a.by, b.by)) {
      const v = sign > 0 ? numbers.add(a.matrix, b.matrix) : numbers.sub(a.matrix, b.matrix);
      return this.jacobian(v, a.of, a.by);
    }
    // an empty sum before a Jacobian
    if (isJacobian(a) && isZero(b)) return a;
    if (isJacobian(b) && isZero(a)) return sign > 0 ? b : this.scaled(b, -1);
    // the identity beside a square Jacobian
    if (isJacobian(a) && b.standing === 'identity') return this.sum(a, this.#identityLike(a, b), sign);
    if (isJacobian(b) && a.standing === 'identity') return this.sum(this.#identityLike(b, a), b, sign);
    // f_t for diag(f_t) beside one
    if (isJacobian(a) && isDiagonalOf(a, b)) return this.sum(a, this.#diagonalLike(a, b), sign);
    if (isJacobian(b) && isDiagonalOf(b, a)) return this.sum(this.#diagonalLike(b, a), b, sign);
    return super.sum(this.plain(a), this.plain(b), sign);
  }

  override hadamard(a: Value<Tensor>, b: Value<Tensor>): Value<Tensor> {
    return super.hadamard(this.plain(a), this.plain(b));
  }

  override quotient(a: Value<Tensor>, b: Value<Tensor>): Value<Tensor> {
    if (isJacobian(a) && !isJacobian(b) && b.shape.length === 0) return this.scaled(a, 1 / b.v.data[0]);
    return super.quotient(this.plain(a), this.plain(b));
  }

  override transposed(x: Value<Tensor>): Value<Tensor> {
    if (x.standing === 'spread' && x.shape.length === 2) {
      return this.value(shaped(x.v, [...x.shape].reverse()), 'spread');
    }
    if (!isJacobian(x)) return x.standing === 'free' && x.shape.length === 1 ? x : super.transposed(x);
    const plain = this.plain(x);
    return plain.standing === 'free' ? plain : super.transposed(plain);
  }

  override outer(a: Value<Tensor>, b: Value<Tensor>): Value<Tensor> {
    return super.outer(this.plain(a), this.plain(b));
  }

  override inner(a: Value<Tensor>, b: Value<Tensor>): Value<Tensor> {
    return super.inner(this.plain(a), this.plain(b));
  }

  override diagonal(x: Value<Tensor>): Value<Tensor> {
    return super.diagonal(this.plain(x));
  }

  override asterisk(a: Value<Tensor>, b: Value<Tensor>): Value<Tensor> {
    const repeated = this.#repeated(a, b);
    if (repeated !== undefined) return super.hadamard(...repeated);
    // ∂L/∂c * f: the gradient of a number beside a vector like it
    const isBeside = (x: Value<Tensor>, y: Value<Tensor>) =>
      isJacobian(x) && x.of.length === 0 && x.by.length === 1 && !isJacobian(y) && sameShape(x.by, y.shape);
    if (isBeside(a, b) || isBeside(b, a)) return super.asterisk(this.plain(a), this.plain(b));
    const isChain = isJacobian(a) && isJacobian(b) && (a.of.length > 0 || b.of.length > 0);
    const isImage = (x: Value<Tensor>) => x.shape.length === 2 && x.standing !== 'spread';
    const areImages = isImage(a) && isImage(b) && a.shape[1] !== b.shape[0] && !sameShape(a.shape, b.shape);
    if (areImages && this.hasImages && !isChain) return convolution(this, this.plain(a), this.plain(b));
    return isJacobian(a) || isJacobian(b) ? this.matrixProduct(a, b) : super.asterisk(a, b);
  }

  override dot(a: Value<Tensor>, b: Value<Tensor>): Value<Tensor> {
    return isJacobian(a) || isJacobian(b) ? this.matrixProduct(a, b) : super.dot(a, b);
  }

  override power(x: Value<Tensor>, exponent: number, elementwise: boolean): Value<Tensor> {
    return super.power(this.plain(x), exponent, elementwise);
  }

  override matrixProduct(a: Value<Tensor>, b: Value<Tensor>): Value<Tensor> {
    if (!isJacobian(a) && !isJacobian(b)) return this.#plainProduct(a, b);
    if (a.standing === 'identity') return this.#scaledBy(b, a);
    if (b.standing === 'identity') return this.#scaledBy(a, b);
    if (isJacobian(a) && isJacobian(b)) return this.#chain(a, b);
    if (isJacobian(a) && isNumber(b)) return this.#scaledBy(a, b);
    if (isJacobian(b) && isNumber(a)) return this.#scaledBy(b, a);
    return isJacobian(a) ? this.#timesPlain(a, b) : this.#plainTimes(a, b as Jacobian);
  }

  /** A vector beside the rows of a matrix, or a row or column that repeats: dY * γ of arrays. */
  #repeated(a: Value<Tensor>, b: Value<Tensor>): [Value<Tensor>, Value<Tensor>] | undefined {
    if (a.standing === 'spread' || b.standing === 'spread') return [this.plain(a), this.plain(b)];
    if (this.conventions.asterisk !== 'elementwise') return undefined;
    const row = (x: Value<Tensor>) => this.value(shaped(x.v, [1, x.shape[0]]), 'spread');
    const isRowOf = (x: Value<Tensor>, y: Value<Tensor>) =>
      x.shape.length === 1 && y.shape.length === 2 && x.shape[0] === y.shape[1];
    if (isRowOf(a, b)) return [row(a), this.plain(b)];
    return isRowOf(b, a) ? [this.plain(a), row(b)] : undefined;
  }

  /** A free vector stands as its neighbour asks. */
  #plainProduct(a: Value<Tensor>, b: Value<Tensor>): Value<Tensor> {
    const isFree = (x: Value<Tensor>) => x.standing === 'free' && x.shape.length === 1;
    const isVector = (x: Value<Tensor>) => x.shape.length === 1;
    const isElementwise = this.beside === 'elementwise' && sameShape(a.shape, b.shape);
    if (
      isElementwise &&
      isVector(a) &&
      [a, b].some(isFree) &&
      ![a, b].some(({ standing }) => standing === 'row')
    )
      return this.hadamard(a, b);
    if (isFree(a) && isVector(b) && b.standing === 'column') return this.inner(a, b);
    if (isFree(b) && isVector(a) && a.standing === 'column') return super.outer(a, b);
    // a (1 − a): two columns have no other product
    const stands = (x: Value<Tensor>) => isVector(x) && x.standing === 'column';
    if (stands(a) && stands(b) && sameShape(a.shape, b.shape)) return this.hadamard(a, b);
    return super.matrixProduct(a, b);
  }

  #scaledBy(x: Value<Tensor>, factor: Value<Tensor>): Value<Tensor> {
    return this.scaled(x, factor.v.data[0]);
  }

  #chain(a: Jacobian, b: Jacobian): Value<Tensor> {
    const [first, second] = this.layout === 'numerator' ? [a, b] : [b, a]; // ∂first.of/∂… ∂second.of/∂…
    // ∂L/∂Y ∂vec(Y)/∂X
    const isVec = first.by.length === 1 || second.of.length === 1;
    if (sameShape(first.by, second.of) || (isVec && sizeOf(first.by) === sizeOf(second.of))) {
      return this.jacobian(product(first.matrix, second.matrix), first.of, second.by);
    }
    const scalars = (x: Jacobian) => x.of.length === 0;
    const vectors = (x: Jacobian) => x.of.length === 1 && x.by.length === 1;
    // the gradients of two numbers, or a gradient and a matrix: as arrays, where these conform
    if ((scalars(a) && (vectors(b) || scalars(b))) || (scalars(b) && vectors(a))) {
      return this.#plainProduct(this.plain(a), this.plain(b));
    }
    throw new Misfit(`${this.spokenOf(a)} times ${this.spokenOf(b)}: they do not chain`);
  }

  #timesPlain(a: Jacobian, b: Value<Tensor>): Value<Tensor> {
    const isVector = b.shape.length === 1 && b.standing !== 'row';
    if (this.layout === 'denominator' && a.by.length > 1 && a.of.length === 1 && isVector) {
      return this.#contracted(a, b);
    }
    return this.#plainProduct(this.plain(a), b);
  }

  #plainTimes(a: Value<Tensor>, b: Jacobian): Value<Tensor> {
    const isVector = a.shape.length === 1 && a.standing !== 'column';
    if (this.layout === 'numerator' && b.by.length > 1 && b.of.length === 1 && isVector) {
      return this.#contracted(b, a);
    }
    // A ∂a/∂W: of each column of the Jacobian
    const isMatrix = a.shape.length === 2 && a.standing !== 'spread' && a.shape[1] === b.of[0];
    if (this.layout === 'numerator' && b.by.length > 1 && b.of.length === 1 && isMatrix)
      return this.jacobian(product(a.v, b.matrix), [a.shape[0]], b.by);
    return this.#plainProduct(a, this.plain(b));
  }

  /** vᵀ ∂a/∂b for a vector v like a: shaped like b. */
  #contracted(x: Jacobian, v: Value<Tensor>): Value<Tensor> {
    const n = sizeOf(x.of);
    if (v.shape[0] !== n) throw new Misfit(`${spoken(v)} times ${this.spokenOf(x)}: sizes differ`);
    return this.jacobian(product(shaped(v.v, [1, n]), x.matrix), [], x.by);
  }

  #diagonalLike(x: Jacobian, diagonal: Value<Tensor>): Value<Tensor> {
    return this.jacobian(super.diagonal(diagonal).v, x.of, x.by);
  }

  #identityLike(x: Jacobian, identity: Value<Tensor>): Value<Tensor> {
    const n = sizeOf(x.of);
    if (!sameShape(x.of, x.by)) throw new Misfit(`the identity beside ${this.spokenOf(x)}`);
    const data = Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? identity.v.data[0] : 0));
    return this.jacobian(tensor(data, [n, n]), x.of, x.by);
  }
}

/** Whether a vector may stand for the diagonal matrix beside a square Jacobian: ∂c_t/∂c_{t−1} = f_t + …. */
export const isDiagonalOf = (x: Jacobian, beside: Value<Tensor>): boolean =>
  !isJacobian(beside) &&
  x.of.length === 1 &&
  sameShape(x.of, x.by) &&
  sameShape(beside.shape, x.of) &&
  beside.standing !== 'row';

const isNumber = (x: Value<Tensor>): boolean => x.shape.length === 0 && !isOnes(x);
const isZero = (x: Value<Tensor>): boolean => !isJacobian(x) && x.shape.length === 0 && x.v.data[0] === 0;
