/** Seeded choices that samples are made of. */

import { uniform } from '../../../src/model/random.ts';

export type Shape = readonly number[];

export class Draw {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = uniform(seed);
  }

  /** A number in [low, high). */
  number(low: number, high: number): number {
    return low + (high - low) * this.#random();
  }

  /** A whole number from low to high, both included. */
  integer(low: number, high: number): number {
    return Math.floor(this.number(low, high + 1));
  }

  bool(): boolean {
    return this.#random() < 0.5;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.integer(0, list.length - 1)];
  }

  /** A random order. */
  shuffled<T>(list: readonly T[]): T[] {
    const rest = [...list];
    const order: T[] = [];
    while (rest.length > 0) order.push(...rest.splice(this.integer(0, rest.length - 1), 1));
    return order;
  }

  /** So many sizes from 1 to 4 that differ from each other while there are enough of them. */
  shape(rank: number): number[] {
    const sizes = this.shuffled([1, 2, 3, 4]);
    return Array.from({ length: rank }, (_, axis) => sizes[axis] ?? 1);
  }

  list<T>(length: number, f: () => T): T[] {
    return Array.from({ length }, f);
  }

  /** Some of the numbers from 0 to n − 1, in any order. */
  some(n: number): number[] {
    return this.shuffled(Array.from({ length: n }, (_, i) => i)).slice(0, this.integer(0, n));
  }
}
