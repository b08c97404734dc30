/** The gradient by finite differences of the value: an oracle that knows no derivative rule. */

import { GradpathError } from '../graph/error.ts';
import { Graph, type NodeId } from '../graph/graph.ts';
import { formatShape } from '../graph/shape.ts';
import type { Builder } from '../ops/builder.ts';
import { rowOf } from '../ops/table.ts';
import { Plan } from '../run/plan.ts';
import type { Values } from '../run/values.ts';

export interface Differences {
  /** ∂y/∂x by differences, of the elements below. */
  readonly derivative: Float64Array;
  /** Row-major numbers of the elements that were moved: all, unless a limit was set. */
  readonly elements: readonly number[];
  /** An estimate of each element's error: what halving the step changes, and rounding. */
  readonly uncertainty: Float64Array;
}

const FIRST_STEP = 5e-4;
const MAX_HALVINGS = 24;
/** The relative uncertainty at which halving stops. */
const SETTLED = 1e-11;

/**
 * ∂y/∂x for each leaf x by the 5-point rule f′ ≈ (f(x−2h) − 8 f(x−h) + 8 f(x+h) − f(x+2h)) / 12h, in float64.
 * Its error is O(h⁴) for the curvature and O(ε|f|/h) for rounding. The first step, 5·10⁻⁴ max(1, |x|), balances the two
 * where f bends moderately; along a long chain, near a pole or at a sharp bend h is halved until the quotients
 * agree best. y must be a scalar. Of an x with more than `most` elements, so many are taken, spread over all of it.
 */
export function differences(
  b: Builder,
  values: Readonly<Record<string, Values>>,
  y: NodeId,
  xs: readonly NodeId[],
  most = Number.POSITIVE_INFINITY,
): Differences[] {
  const { shape } = b.graph.node(y);
  if (shape.length > 0) {
    const message = `${b.graph.label(y)} has shape ${formatShape(shape)}; differences are taken of a scalar`;
    throw new GradpathError('derivative', message, b.graph.label(y));
  }
  const graph = withStopsHeld(b.graph, values, y);
  const plan = new Plan(graph, [y, ...xs], { dtype: 'float64' }).setAll(values);
  return xs.map((x) => {
    const at = Float64Array.from(plan.value(x));
    const moved = Float64Array.from(at);
    const elements = spread(at.length, most);
    const found = elements.map((i) => {
      const quotient = derivativeAt((to) => {
        moved[i] = to;
        return plan.set(x, moved).run().value(y)[0];
      }, at[i]);
      moved[i] = at[i];
      return quotient;
    });
    plan.set(x, at);
    return {
      derivative: Float64Array.from(found, ({ derivative }) => derivative),
      elements,
      uncertainty: Float64Array.from(found, ({ uncertainty }) => uncertainty),
    };
  });
}

/** At most so many of the numbers from 0 to n−1: one from each equal part, by the golden ratio at another place in it. */
function spread(n: number, most: number): number[] {
  if (n <= most) return [...Array(n).keys()];
  return Array.from({ length: most }, (_, k) => Math.floor(((k + ((k * GOLDEN) % 1)) * n) / most));
}

const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** The graph with what gradients stop at held at its value: derivatives take it for a constant, so differences must. */
function withStopsHeld(graph: Graph, values: Readonly<Record<string, Values>>, y: NodeId): Graph {
  const stops = graph.nodes.filter((node) => node.id <= y && rowOf(node.op)?.isStop === true);
  if (stops.length === 0) return graph;
  const plan = new Plan(graph, [y], { dtype: 'float64' }).setAll(values).run();
  const ids = new Set(stops.map((node) => node.id).filter((id) => plan.keeps(id)));
  const held = new Graph(graph.dtype);
  for (const node of graph.nodes) {
    const isHeld = ids.has(node.id);
    const { shape, scope } = node;
    const value = isHeld ? [...plan.value(node.id)] : [];
    held.append(isHeld ? { op: 'constant', inputs: [], attrs: { value }, shape, scope } : node);
    if (node.name !== undefined) held.name(node.id, node.name);
  }
  return held;
}

interface Quotient {
  readonly derivative: number;
  readonly uncertainty: number;
}

/** The odd and the even part of f around x: (f(x+h) − f(x−h)) / 2h and f(x+h) + f(x−h) − 2 f(x). */
interface Pair {
  readonly slope: number;
  readonly bend: number;
}

/** From h on down, the parts at 2h, h, h/2, h/4 and h/8. */
const LEVELS = [2, 1, 1 / 2, 1 / 4, 1 / 8];
/** Where all that remains is rounding the search ends, if the best is as good as this; else it may be a bend nearby. */
const FINE = 1e-5;
/**
 * Halving takes about 16 off the error. Beyond this it is a bend left behind, or values that are multiples of one rounding
 * and agree for that: a step that is no half of the others tells.
 */
const SUDDEN = 64;
const ASKEW = 0.7;

/**
 * f′(x) with the step at which halving changes the quotient least, the error by rounding added. Three halvings, since
 * quotients of rounded numbers may agree once or twice by chance; rounding doubles with each.
 */
function derivativeAt(f: (x: number) => number, x: number): Quotient {
  const middle = f(x);
  const pairAt = (h: number): Pair => {
    const [above, below] = [x + h, x - h]; // the step that rounding really leaves
    const [right, left] = [f(above), f(below)];
    return { slope: (right - left) / (above - below), bend: right - middle - (middle - left) };
  };
  let h = FIRST_STEP * Math.max(1, Math.abs(x));
  const pairs = LEVELS.map((part) => pairAt(part * h));
  let best: Quotient = { derivative: Number.NaN, uncertainty: Number.POSITIVE_INFINITY };
  let before = 0;
  for (let halving = 0; halving < MAX_HALVINGS; halving++) {
    const [quotient, finer, third, fourth] = [0, 1, 2, 3].map((k) => fivePoint(pairs[k + 1], pairs[k]));
    const changes = [quotient - finer, finer - third, (third - fourth) / 2].map(Math.abs);
    const ofValue = (2 * Number.EPSILON * Math.abs(middle)) / h;
    const rounding = ofValue + (2 * noise(pairs)) / h;
    let uncertainty = Math.max(...changes) + rounding; // NaN beyond a pole or the edge of the domain
    if (uncertainty < before / SUDDEN) {
      const other = fivePoint(pairAt(ASKEW * h), pairAt(2 * ASKEW * h));
      uncertainty = Math.max(uncertainty, Math.abs(other - quotient));
    }
    before = uncertainty;
    if (uncertainty < best.uncertainty) best = { derivative: quotient, uncertainty };
    const relative = best.uncertainty / Math.abs(best.derivative);
    if (best.uncertainty <= 2 * ofValue || relative <= SETTLED) break;
    if (relative <= FINE && best.uncertainty <= 2 * rounding) break;
    h /= 2;
    pairs.shift();
    pairs.push(pairAt(h / 8));
  }
  return best;
}

/** (4 D(h) − D(2h)) / 3 of central differences D is the 5-point rule: their errors in h² cancel. */
function fivePoint(near: Pair, wide: Pair): number {
  return (4 * near.slope - wide.slope) / 3;
}

/** What rounding does to f: what remains of its bends a h² + b h⁴ at h, h/2, h/4, h/8 when both terms are taken off. */
function noise(pairs: readonly Pair[]): number {
  const [, at, half, quarter, eighth] = pairs.map(({ bend }) => bend);
  return Math.max(Math.abs(at - 20 * half + 64 * quarter), Math.abs(half - 20 * quarter + 64 * eighth)) / 64;
}

/** The derivatives of {@link differences} alone. */
export function finiteDifferences(...args: Parameters<typeof differences>): Float64Array[] {
  return differences(...args).map(({ derivative }) => derivative);
}
