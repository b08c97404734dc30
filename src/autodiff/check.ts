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
  /** An estimate of the largest error of an element: what halving the step changed last, and rounding. */
  readonly uncertainty: number;
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
    let uncertainty = 0;
    const elements = spread(at.length, most);
    const derivative = Float64Array.from(elements, (i) => {
      const found = derivativeAt((to) => {
        moved[i] = to;
        return plan.set(x, moved).run().value(y)[0];
      }, at[i]);
      moved[i] = at[i];
      uncertainty = Math.max(uncertainty, found.uncertainty);
      return found.derivative;
    });
    plan.set(x, at);
    return { derivative, elements, uncertainty };
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

/** f′(x) with the step at which halving changes the quotient least, the error by rounding added. */
function derivativeAt(f: (x: number) => number, x: number): { derivative: number; uncertainty: number } {
  const rounding = 2 * Number.EPSILON * Math.abs(f(x));
  let best = { derivative: Number.NaN, uncertainty: Number.POSITIVE_INFINITY };
  let h = FIRST_STEP * Math.max(1, Math.abs(x));
  let quotient = fivePoint(f, x, h);
  for (let halving = 0; halving < MAX_HALVINGS; halving++) {
    const finer = fivePoint(f, x, h / 2);
    const uncertainty = Math.abs(finer - quotient) + rounding / h; // NaN beyond a pole or the edge of the domain
    if (uncertainty < best.uncertainty) best = { derivative: quotient, uncertainty };
    if (best.uncertainty <= 2 * (rounding / h) || best.uncertainty <= SETTLED * Math.abs(finer)) break;
    h /= 2;
    quotient = finer;
  }
  return best;
}

function fivePoint(f: (x: number) => number, x: number, h: number): number {
  const [above, below] = [x + h, x - h]; // the step that rounding really leaves
  const wide = f(x + 2 * h) - f(x - 2 * h);
  return (8 * (f(above) - f(below)) - wide) / (6 * (above - below));
}

/** The derivatives of {@link differences} alone. */
export function finiteDifferences(...args: Parameters<typeof differences>): Float64Array[] {
  return differences(...args).map(({ derivative }) => derivative);
}
