/** Plain loops for recurrent networks written by hand, and the numbers of a model for them. */

import type { Model } from '../../src/model/model.ts';

export type Vector = number[];
export type Matrix = number[][];

export const times = (A: Matrix, b: Vector): Vector =>
  A.map((row) => row.reduce((sum, a, j) => sum + a * b[j], 0));

export const timesTransposed = (A: Matrix, b: Vector): Vector =>
  A[0].map((_, j) => A.reduce((sum, row, i) => sum + row[j] * b[i], 0));

export const sigmoid = (a: number): number => 1 / (1 + Math.exp(-a));

/** Aᵢⱼ += aᵢ bⱼ */
export function addOuter(A: Matrix, a: Vector, b: Vector): void {
  a.forEach((ai, i) => b.forEach((bj, j) => void (A[i][j] += ai * bj)));
}

export function addTo(a: Vector, b: Vector): void {
  b.forEach((bi, i) => void (a[i] += bi));
}

export const zeros = (n: number): Vector => new Array<number>(n).fill(0);
export const zerosLike = (A: Matrix): Matrix => A.map((row) => zeros(row.length));

/** The numbers of a model: matrices and vectors by name; a sequence by its letter, from index 1. */
export function numbersOf(model: Model) {
  const { graph } = model.builder;
  const flat = (name: string): readonly number[] =>
    model.values[name] ?? (graph.node(graph.idOf(name)).attrs.value as readonly number[]);
  return {
    vector: (name: string): Vector => [...flat(name)],
    matrix: (name: string): Matrix => {
      const [rows, columns] = graph.node(graph.idOf(name)).shape;
      return Array.from({ length: rows }, (_, i) => [...flat(name).slice(i * columns, (i + 1) * columns)]);
    },
    /** Undefined where the model has none at that step. */
    at: (letter: string, t: number): Vector | undefined => {
      const values = model.values[`${letter}_${t}`];
      return values && [...values];
    },
  };
}

/** E_t and ∂E_t/∂O_t = prediction − y for both losses. */
export function lossByHand(O: Vector, y: Vector, loss: 'cross-entropy' | 'squared-error') {
  if (loss === 'squared-error') {
    const dO = O.map((o, i) => o - y[i]);
    return { E: dO.reduce((sum, d) => sum + d * d, 0) / 2, dO };
  }
  const total = O.reduce((sum, o) => sum + Math.exp(o), 0);
  const p = O.map((o) => Math.exp(o) / total);
  return { E: -p.reduce((sum, pi, i) => sum + y[i] * Math.log(pi), 0), dO: p.map((pi, i) => pi - y[i]) };
}
