/** Where an op has kinks, and how its elements are told that are on one: values of its operand, and ties. */

import type { Node } from '../graph/graph.ts';
import { broadcastOffsets, type Shape, sizeOf } from '../graph/shape.ts';
import type { Data, OpName } from '../ops/op.ts';
import { table } from '../ops/table.ts';
import { meetings, type WindowAttrs } from '../ops/window.ts';
import { numbers, type Tensor } from '../run/eager.ts';
import { operandAdjoint } from './rule.ts';

export interface Place {
  readonly at: number | 'tie';
  /** By element of y = op(x): 0 beside the kink, 1 at that value, at a tie the number of equals. */
  count(x: readonly Tensor[], y: Data): Int32Array;
  /** What the rule takes for the derivative at such an element; undefined if it does not jump there after all. */
  derivative(count: number, element: number, x: readonly Tensor[]): number | undefined;
}

const COMPARISONS = ['less', 'lessEqual', 'greater', 'greaterEqual', 'equal', 'notEqual'];

export function placesOf(node: Node): readonly Place[] {
  const { op, attrs } = node;
  if (op === 'max' || op === 'min' || COMPARISONS.includes(op)) {
    return [tieOfTwo(node)];
  }
  if (op === 'reduceMax' || op === 'reduceMin') return [tieAlong(node)];
  if (op === 'maxPool') return [tieInWindow(attrs as unknown as WindowAttrs)];
  if (op === 'norm') return [{ at: 0, count: (_, y) => marks(y, 0), derivative: () => 0 }];
  if (op === 'pow') return [zeroBase(node)];
  const values = op === 'clip' ? [attrs.low as number, attrs.high as number] : table[op as OpName]?.kinks;
  return (values ?? []).map((at) => ({
    at,
    count: ([x]) => marks(x.data, at),
    derivative: () => jumpAt(node, [at]),
  }));
}

function marks(data: Data, value: number): Int32Array {
  return Int32Array.from(data, (element) => (element === value ? 1 : 0));
}

/** An operand's elements, repeated as broadcasting does. */
const spread = ({ shape, data }: Tensor, to: Shape): number[] =>
  Array.from(broadcastOffsets(shape, to), (at) => data[at]);

function tieOfTwo(node: Node): Place {
  return {
    at: 'tie',
    count: (x) => {
      const [a, b] = x.map((operand) => spread(operand, node.shape));
      return Int32Array.from(a, (value, i) => (value === b[i] ? 2 : 0));
    },
    derivative: (_, element, [a]) => {
      const value = spread(a, node.shape)[element];
      return slopesAt(node, [point(value), point(value)])[0];
    },
  };
}

/** More than one extreme in a group of a reduction. */
function tieAlong(node: Node): Place {
  const axes = node.attrs.axes as readonly number[];
  return {
    at: 'tie',
    count: ([{ shape, data }], y) => {
      const kept = shape.map((n, axis) => (axes.includes(axis) ? 1 : n));
      return several(y.length, (add) => {
        broadcastOffsets(kept, shape).forEach((at, i) => {
          if (data[i] === y[at]) add(at);
        });
      });
    },
    derivative: (count) => {
      const equals = { shape: [count], data: new Float64Array(count) };
      return slopesAt({ ...node, shape: [], attrs: { axes: [0], keepDims: false } }, [equals])[0];
    },
  };
}

/** More than one largest cell in a window of a max pool, of which the first has the whole derivative. */
function tieInWindow(attrs: WindowAttrs): Place {
  const { x: cells, y: windows } = meetings(attrs);
  const size = sizeOf(attrs.inputSize);
  return {
    at: 'tie',
    count: ([{ data }], y) => {
      const channels = data.length / size;
      const perChannel = y.length / channels;
      return several(y.length, (add) => {
        for (let c = 0; c < channels; c++) {
          cells.forEach((cell, m) => {
            const at = c * perChannel + windows[m];
            if (data[c * size + cell] === y[at]) add(at);
          });
        }
      });
    },
    derivative: () => 1,
  };
}

/** How often each element is added, 0 where it is once. */
function several(size: number, count: (add: (at: number) => void) => void): Int32Array {
  const counts = new Int32Array(size);
  count((at) => counts[at]++);
  return counts.map((n) => (n > 1 ? n : 0));
}

/** aᵇ at a = 0, where it has a derivative on both sides only if b is whole. */
function zeroBase(node: Node): Place {
  return {
    at: 0,
    count: (x) => {
      const [a, b] = x.map((operand) => spread(operand, node.shape));
      return Int32Array.from(a, (value, i) => (value === 0 && !Number.isInteger(b[i]) ? 1 : 0));
    },
    derivative: (_, element, [, b]) => jumpAt(node, [0, spread(b, node.shape)[element]]),
  };
}

/** A step to either side, beyond which the op has moved on by no more than this times its slope. */
const BESIDE = 1e-7;
const JUMP = 1e-3;

/** What the rule of a pointwise op takes for the derivative by its first operand, if value or derivative jump there. */
function jumpAt(node: Node, [at, ...others]: readonly number[]): number | undefined {
  const step = Math.max(BESIDE, 4 * Number.EPSILON * Math.abs(at)); // a number of its own, however large
  const three = [{ shape: [3], data: Float64Array.of(at - step, at, at + step) }, ...others.map(point)];
  const { data } = numbers.apply(node.op, three, node.attrs);
  const slopes = slopesAt({ ...node, shape: [3] }, three);
  const jumps = Math.abs(data[2] - data[0]) > JUMP || !(Math.abs(slopes[2] - slopes[0]) <= JUMP);
  return jumps || !Number.isFinite(slopes[1]) ? slopes[1] : undefined;
}

const point = (value: number): Tensor => ({ shape: [], data: Float64Array.of(value) });

/** The derivative of Σ y by the first operand, as the op's rule has it. */
function slopesAt(node: Node, x: readonly Tensor[]): Data {
  const y = numbers.apply(node.op, x, node.attrs);
  const g = { shape: y.shape, data: new Float64Array(y.data.length).fill(1) };
  const shapes = x.map(({ shape }) => shape);
  const at = { ...node, shape: y.shape };
  const slopes = operandAdjoint(numbers, at, 0, shapes, { x, y, g }, ({ shape }) => shape);
  return slopes?.data ?? new Float64Array(x[0].data.length); // flat
}
