/** Arithmetic in which every product goes element by element, as in the definition of a function of one number. */

import { Arithmetic } from './arithmetic.ts';
import type { Value } from './value.ts';

export class Pointwise<V> extends Arithmetic<V> {
  override matrixProduct(a: Value<V>, b: Value<V>): Value<V> {
    return this.hadamard(a, b);
  }

  override asterisk(a: Value<V>, b: Value<V>): Value<V> {
    return this.hadamard(a, b);
  }

  override dot(a: Value<V>, b: Value<V>): Value<V> {
    return this.hadamard(a, b);
  }

  override power(x: Value<V>, exponent: number): Value<V> {
    return super.power(x, exponent, true);
  }
}
