/** Values of parameters, inputs, targets and constants: as the text gives them, from files, or drawn by a seed. */

import type { Draw } from '../../graph/equations.ts';
import { sizeOf } from '../../graph/shape.ts';
import { NotationError } from '../../notation/problem.ts';
import type { Expr, Span } from '../../notation/tree.ts';
import { numbers, scalar, type Tensor } from '../../run/eager.ts';
import { readCsv } from '../csv.ts';
import { glorot, uniform } from '../random.ts';
import { Arithmetic } from './arithmetic.ts';
import type { Declaration } from './declare.ts';
import type { Integers } from './integers.ts';
import { Interpreter } from './interpret.ts';
import type { Value } from './value.ts';

/** Row-major numbers drawn by the seed and the name: other lines of the file do not change them. */
export function drawn(name: string, { kind, shape, draw }: Declaration, seed: number): number[] {
  const random = uniform(hash(name, seed));
  for (let i = 0; i < 4; i++) random();
  const between = (low: number, high: number) =>
    Array.from({ length: sizeOf(shape) }, () => low + (high - low) * random());
  if (draw === 'onehot' || draw === 'distribution') return ofRows(shape, random, draw);
  if (draw === 'positive') return between(0.4, 1.6);
  if (draw === 'probability') return between(0.15, 0.85);
  if (kind === 'parameter' && shape.length === 2) return glorot(random, shape[0], shape[1]);
  return between(-0.8, 0.8);
}

/** Each row a class or a distribution. */
function ofRows(shape: readonly number[], random: () => number, draw: Draw): number[] {
  const n = shape.at(-1) ?? 1;
  return Array.from({ length: sizeOf(shape) / n }, () => {
    const at = Math.floor(random() * n);
    if (draw === 'onehot') return Array.from({ length: n }, (_, i) => (i === at ? 1 : 0));
    const parts = Array.from({ length: n }, () => 0.2 + random());
    const sum = parts.reduce((a, b) => a + b);
    return parts.map((part) => part / sum);
  }).flat();
}

/** FNV-1a. */
function hash(name: string, seed: number): number {
  let state = 0x811c9dc5 ^ seed;
  for (let i = 0; i < name.length; i++) state = Math.imul(state ^ name.charCodeAt(i), 0x01000193);
  return state >>> 0;
}

/** The shape of the values that a declaration without a shape is given. */
export function shapeOfValues(text: string, x: Expr, integers: Integers): number[] {
  const isNested = (x.kind === 'matrix' || x.kind === 'bracket') && nestedNumbers(x) !== undefined;
  const shape = isNested ? shapeOfNested(x) : numberOf(text, x, integers).shape;
  return shape.length > 2 ? [...shape] : shape.filter((n) => n > 1);
}

/** The value of an expression without variables. */
function numberOf(text: string, x: Expr, integers: Integers): Value<Tensor> {
  const m = new Arithmetic<Tensor>(
    { A: numbers, shapeOf: ({ shape }) => shape, tensor },
    { asterisk: 'matrix', dot: 'inner' },
  );
  const interpreter = new Interpreter<Tensor>({
    m,
    text,
    indexCount: () => undefined,
    variable: () => undefined,
    bounds: () => undefined,
  });
  return interpreter.value(x, integers);
}

/** The numbers of an expression without variables: one for all elements, or as many as the shape has. */
export function givenValues(
  text: string,
  x: Expr,
  shape: readonly number[],
  name: string,
  integers: Integers,
): number[] {
  const nested = x.kind === 'matrix' || x.kind === 'bracket' ? nestedNumbers(x) : undefined;
  const value = nested === undefined ? numberOf(text, x, integers) : undefined;
  const size = sizeOf(shape);
  const data = nested ?? Array.from(value!.v.data);
  const isFilled = value !== undefined && value.shape.length === 0 && value.standing !== 'identity';
  const odd = data.find((number) => !Number.isFinite(number));
  if (odd !== undefined) throw new NotationError(`${name}: ${odd} is no finite number`, text, x.span);
  if (isFilled) return Array(size).fill(data[0]);
  if (value?.standing === 'identity' && shape.length === 2 && shape[0] === shape[1]) {
    return Array.from({ length: size }, (_, i) => (i % (shape[0] + 1) === 0 ? data[0] : 0));
  }
  const long = shape.filter((n) => n > 1);
  const given = (value?.shape ?? shapeOfNested(x)).filter((n) => n > 1);
  const fits = data.length === size && (given.length === 1 || given.join() === long.join());
  if (fits) return data;
  throw new NotationError(
    `${name} is ${long.length === 0 ? 'a number' : long.join('×')}, but ${given.length === 0 ? 'one value' : `${given.join('×')} values`} ${given.length === 0 ? 'is' : 'are'} given`,
    text,
    x.span,
  );
}

const tensor = (data: readonly number[], shape: readonly number[]): Tensor =>
  shape.length === 0 ? scalar(data[0]) : { shape, data: Float64Array.from(data) };

/** Numbers in brackets of any depth, row-major; undefined if something else stands there. */
function nestedNumbers(x: Expr): number[] | undefined {
  if (x.kind === 'number') return [Number(x.text)];
  if (x.kind === 'neg') return x.of.kind === 'number' ? [-Number(x.of.text)] : undefined;
  if (x.kind === 'bracket' && x.style === '[') return nestedNumbers(x.of);
  if (x.kind !== 'matrix' || x.style === 'cases') return undefined;
  const width = x.rows[0].length;
  if (x.rows.some((row) => row.length !== width)) return undefined;
  const cells = x.rows.flat().map(nestedNumbers);
  const isEven = cells.every((cell) => cell !== undefined && cell.length === cells[0]!.length);
  return isEven ? (cells as number[][]).flat() : undefined;
}

function shapeOfNested(x: Expr): number[] {
  if (x.kind === 'bracket') return [1, ...shapeOfNested(x.of)];
  if (x.kind !== 'matrix') return [];
  return [x.rows.length, x.rows[0].length, ...shapeOfNested(x.rows[0][0])];
}

/** The numbers of a table, row by row. Throws a NotationError if they are not as many as the shape has. */
export function fileValues(
  text: string,
  read: (path: string) => string,
  path: string,
  shape: readonly number[],
  name: string,
  span: Span,
): number[] {
  const numbers = readCsv(read(path), path, () => name, `the values of ${name}`).rows.flat();
  if (numbers.length === sizeOf(shape)) return numbers;
  const message = `${path} has ${numbers.length} numbers, ${name} takes ${shape.join('×') || 'one'}`;
  throw new NotationError(message, text, span);
}
