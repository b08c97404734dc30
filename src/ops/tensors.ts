/** Ways to take tensors apart and to put them together, over the rows of the table: stacks, splits, contractions. */

import { GradpathError } from '../graph/error.ts';
import { MAX_RANK, type NodeId } from '../graph/graph.ts';
import { formatShape, sameShape } from '../graph/shape.ts';
import type { Builder } from './builder.ts';

/** Tensors of one shape side by side along a new axis, counted in the result: 0 comes before all others. */
export function stack(b: Builder, xs: readonly NodeId[], axis = 0): NodeId {
  if (xs.length === 0) throw new GradpathError('shape', 'stack takes one tensor or more, 0 given');
  const rank = b.graph.node(xs[0]).shape.length;
  if (!(Number.isInteger(axis) && axis >= 0 && axis <= rank)) {
    const message = `stack of ${labelled(b, xs[0])} and its like: the new axis is ${axis}, expected 0 to ${rank}`;
    throw new GradpathError('shape', message, b.graph.label(xs[0]));
  }
  const other = xs.find((x) => !sameShape(b.graph.node(x).shape, b.graph.node(xs[0]).shape));
  if (other !== undefined) {
    const message = `stack of ${labelled(b, xs[0])} and ${labelled(b, other)}: the shapes differ`;
    throw new GradpathError('shape', message, b.graph.label(other));
  }
  const lifted = xs.map((x) => {
    const shape = [...b.graph.node(x).shape];
    shape.splice(axis, 0, 1);
    return b.reshape(x, { shape });
  });
  return b.apply('concat', lifted, { axis });
}

const labelled = (b: Builder, x: NodeId): string =>
  `${b.graph.label(x)} (${formatShape(b.graph.node(x).shape)})`;

const equalParts = (n: number, parts: number): number[] =>
  Number.isInteger(parts) && parts > 0 ? Array<number>(parts).fill(n / parts) : [];

/** The parts of x along an axis: so many of equal size, or parts of the sizes given. */
export function split(b: Builder, x: NodeId, parts: number | readonly number[], axis = 0): NodeId[] {
  const { shape } = b.graph.node(x);
  const n = shape[axis];
  const label = b.graph.label(x);
  if (n === undefined)
    throw new GradpathError('shape', `${axis} is no axis of ${label} (${formatShape(shape)})`, label);
  const sizes = typeof parts === 'number' ? equalParts(n, parts) : parts;
  const sum = sizes.reduce((total, size) => total + size, 0);
  if (sizes.some((size) => !(Number.isInteger(size) && size >= 0)) || sum !== n) {
    const wanted = typeof parts === 'number' ? `${parts} equal parts` : `parts of [${parts}]`;
    throw new GradpathError(
      'shape',
      `axis ${axis} of ${label} has ${n} entries, which are not ${wanted}`,
      label,
    );
  }
  let start = 0;
  return sizes.map((size) => {
    const begin = shape.map((_, i) => (i === axis ? start : 0));
    start += size;
    return b.slice(x, { begin, size: shape.map((length, i) => (i === axis ? size : length)) });
  });
}

/** The entries of x along an axis, without that axis: the inverse of {@link stack}. */
export function unstack(b: Builder, x: NodeId, axis = 0): NodeId[] {
  const { shape } = b.graph.node(x);
  return split(b, x, shape[axis] ?? 1, axis).map((part) =>
    b.reshape(part, { shape: shape.filter((_, i) => i !== axis) }),
  );
}

/**
 * Einstein's summation, `ij,jk->ik`: letters name axes, those not in the result are summed over, a letter twice in one
 * operand takes the diagonal. Any number of operands, multiplied from left to right.
 */
export function einsum(b: Builder, formula: string, ...operands: readonly NodeId[]): NodeId {
  const match = /^([a-zA-Z]*(?:,[a-zA-Z]*)*)->([a-zA-Z]*)$/.exec(formula.replace(/\s/g, ''));
  if (match === null) {
    throw new GradpathError('shape', `einsum "${formula}": expected axes as letters, such as ij,jk->ik`);
  }
  const lists = match[1].split(',').map((text) => [...text]);
  const result = [...match[2]];
  if (lists.length !== operands.length) {
    throw new GradpathError(
      'shape',
      `einsum "${formula}" takes ${lists.length} operands, ${operands.length} given`,
    );
  }
  const sizes = new Map<string, number>();
  lists.forEach((letters, i) => {
    const { shape } = b.graph.node(operands[i]);
    const label = b.graph.label(operands[i]);
    if (shape.length !== letters.length) {
      const expected = letters.length === 0 ? 'a scalar' : `the axes ${letters.join('')}`;
      const message = `einsum "${formula}": ${label} is ${formatShape(shape)}, expected ${expected}`;
      throw new GradpathError('shape', message, label);
    }
    letters.forEach((letter, axis) => {
      const known = sizes.get(letter) ?? shape[axis];
      if (known !== shape[axis]) {
        const message = `einsum "${formula}": ${letter} is ${known} long, but ${shape[axis]} in ${label}`;
        throw new GradpathError('shape', message, label);
      }
      sizes.set(letter, known);
    });
  });
  const unknown = result.find((letter) => !sizes.has(letter));
  if (unknown !== undefined) {
    throw new GradpathError('shape', `einsum "${formula}": ${unknown} of the result is in no operand`);
  }
  const names = [...sizes.keys()];
  const numbers = (letters: readonly string[]) => letters.map((letter) => names.indexOf(letter));
  const attrs = { sizes: [...sizes.values()] };
  let [letters, product] = [lists[0], operands[0]];
  const last = Math.max(1, operands.length - 1);
  for (let i = 1; i <= last; i++) {
    const next = lists[i] ?? [];
    const wanted = new Set([...lists.slice(i + 1).flat(), ...result]);
    const kept =
      i === last ? result : [...new Set([...letters, ...next])].filter((letter) => wanted.has(letter));
    if (kept.length > MAX_RANK) {
      const what = i === last ? 'the result' : `the product of the first ${i + 1} operands`;
      const hint = i === last ? '' : '; order them so that axes are summed over sooner';
      throw new GradpathError(
        'shape',
        `einsum "${formula}": ${what} has the ${kept.length} axes ${kept.join('')}, at most ${MAX_RANK} are allowed${hint}`,
      );
    }
    const right = operands[i] ?? b.constant(1);
    product = b.einsum(product, right, {
      left: numbers(letters),
      right: numbers(next),
      result: numbers(kept),
      ...attrs,
    });
    letters = kept;
  }
  return product;
}

/** The product of a and c summed over pairs of axes; the other axes of a, then those of c, remain. */
export function tensordot(
  b: Builder,
  a: NodeId,
  c: NodeId,
  axes: readonly [axesOfA: readonly number[], axesOfC: readonly number[]],
): NodeId {
  const [sa, sc] = [b.graph.node(a).shape, b.graph.node(c).shape];
  const misfit = axes[0].findIndex((axis, k) => sa[axis] === undefined || sa[axis] !== sc[axes[1][k]]);
  const isRepeated = axes.some((list) => new Set(list).size < list.length);
  if (axes[0].length !== axes[1].length || misfit >= 0 || isRepeated) {
    const message = `tensordot of ${labelled(b, a)} and ${labelled(b, c)}: axes [${axes[0]}] and [${axes[1]}] are not pairs of equal size`;
    throw new GradpathError('shape', message);
  }
  const left = sa.map((_, axis) => axis);
  const right = sc.map((_, axis) => {
    const k = axes[1].indexOf(axis);
    return k < 0 ? sa.length + axis : axes[0][k];
  });
  const sizes = [...sa, ...sc];
  const result = [
    ...left.filter((axis) => !axes[0].includes(axis)),
    ...right.filter((label) => label >= sa.length),
  ];
  return b.einsum(a, c, { left, right, result, sizes });
}
