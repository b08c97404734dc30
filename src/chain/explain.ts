/** Why a gradient is what it is: its paths, their contributions and shares, and its use sites. */

import { grad } from '../autodiff/grad.ts';
import { GradpathError, requireKnown } from '../graph/error.ts';
import type { Graph, NodeId } from '../graph/graph.ts';
import { Builder } from '../ops/builder.ts';
import { numbers, scalar, type Tensor } from '../run/eager.ts';
import { Plan } from '../run/plan.ts';
import type { Values } from '../run/values.ts';
import { expanded, type Formula, nested } from './formula.ts';
import { largest, norm, projection, relativeDistance } from './measure.ts';
import { Cone, type Path } from './paths.ts';
import { pullback, pullbacks, type ValueAt } from './pullback.ts';
import { summed } from './summed.ts';
import { type Contribution, largestContributions } from './top.ts';
import { isVariable, type Segment, VariableGraph } from './variables.ts';

/** A summand of the gradient. */
export interface Share {
  /** Shaped like the parameter. */
  readonly contribution: Tensor;
  /** ⟨contribution, gradient⟩ / ⟨gradient, gradient⟩: signed; all shares sum to 1. Null for a zero gradient. */
  readonly share: number | null;
  /** Frobenius norm of the contribution. Norms of summands do not add up to the gradient's. */
  readonly norm: number;
}

export interface PathShare extends Share {
  readonly path: Path;
}

/** What reaches the parameter through one of the variables that use it, over all paths beyond. */
export interface UseSite extends Share {
  readonly segment: Segment;
  readonly paths: bigint;
}

export interface Explanation {
  readonly cone: Cone;
  readonly valueAt: ValueAt;
  readonly target: NodeId;
  readonly wrt: NodeId;
  /** Number of paths. */
  readonly count: bigint;
  readonly gradient: Tensor;
  /** By descending |share|. */
  readonly paths: readonly PathShare[];
  /** Whether the listed paths are surely the largest ones. */
  readonly exact: boolean;
  /** Relative distance of the sum of all paths to the gradient; null when only some are listed. */
  readonly residual: number | null;
  /** In the order in which the graph uses the parameter. */
  readonly useSites: readonly UseSite[];
  /** Relative distance of the sum of the use sites to the gradient. */
  readonly useSiteResidual: number;
  readonly expanded: Formula;
  readonly nested: Formula;
  /** As a sum over time, where the parameter is used at several steps. */
  readonly summed: Formula | undefined;
}

export interface ExplainOptions {
  /** List at most so many paths; by default all, but only the largest 50 where there are more than 2,000. */
  readonly top?: number;
}

const LIST_ALL = 2000;
const LIST_SOME = 50;
/** Numbers that the contributions of all paths may hold together. */
const MAX_NUMBERS = 4_000_000;

/**
 * Explains ∂target/∂wrt of a scalar target, at the given values of the graph's leaves. Both are variables. The graph is
 * left as it is: the backward pass is appended to a copy.
 */
export function explain(
  b: Builder,
  values: Readonly<Record<string, Values>>,
  target: NodeId,
  wrt: NodeId,
  options: ExplainOptions = {},
): Explanation {
  requireKnown('explain', options, ['top']);
  const graph = b.graph.copy();
  for (const id of [target, wrt]) requireVariable(graph, id);
  if (graph.node(target).shape.length > 0) {
    const message = `${graph.label(target)} is not a scalar; paths explain the gradient of a scalar`;
    throw new GradpathError('derivative', message, graph.label(target));
  }
  const variables = new VariableGraph(b.graph);
  const cone = new Cone(variables, target, wrt);
  const [derivative] = grad(new Builder(graph), target, [wrt]);
  const plan = new Plan(graph, [target, derivative, wrt], { dtype: 'float64' }).setAll(values).run();
  const valueAt: ValueAt = (id) => ({ shape: graph.node(id).shape, data: plan.value(id) });
  const gradient = valueAt(derivative);

  const count = cone.count();
  const all = count <= LIST_ALL && Number(count) * gradient.data.length <= MAX_NUMBERS;
  const limit = options.top ?? (all ? LIST_ALL : LIST_SOME);
  const listed =
    count <= limit
      ? { contributions: [...allContributions(cone, valueAt)], exact: true }
      : largestContributions(cone, valueAt, scalar(1), gradient, limit);

  const vanishes = largest(gradient) === 0;
  const shareOf = (contribution: Tensor): Share => ({
    contribution,
    share: vanishes ? null : projection(contribution, gradient),
    norm: norm(contribution),
  });
  const size = (share: Share) => Math.abs(share.share ?? 0);
  const inOrder = listed.contributions.map(({ path, value }): PathShare => ({ path, ...shareOf(value) }));
  const paths = [...inOrder].sort((p, q) => size(q) - size(p));
  const useSites = useSiteTerms(cone, valueAt).map(
    ({ segment, value }): UseSite => ({ segment, paths: cone.countFrom(segment.to), ...shareOf(value) }),
  );
  const distance = (terms: readonly Share[]) =>
    relativeDistance(
      sum(
        terms.map((term) => term.contribution),
        gradient,
      ),
      gradient,
    );
  const omitted = count - BigInt(paths.length);
  return {
    cone,
    valueAt,
    target,
    wrt,
    count,
    gradient,
    paths,
    exact: listed.exact,
    residual: omitted === 0n ? distance(paths) : null,
    useSites,
    useSiteResidual: target === wrt ? 0 : distance(useSites),
    expanded: expanded(
      cone,
      inOrder.map((term) => ({ path: term.path, index: paths.indexOf(term) })),
      omitted,
    ),
    nested: nested(cone),
    summed: summed(cone),
  };
}

/** Every path with its contribution. Paths share the pullbacks of what they have in common at the target's end. */
function* allContributions(cone: Cone, valueAt: ValueAt): Generator<Contribution> {
  let previous: Path = [];
  const cotangents: Tensor[] = [scalar(1)]; // after 0, 1, 2, … segments of the current path
  for (const path of cone.paths()) {
    let common = 0;
    while (common < previous.length && previous[common] === path[common]) common++;
    cotangents.length = common + 1;
    for (const segment of path.slice(common)) {
      cotangents.push(pullback(cone.variables, valueAt, segment, cotangents[cotangents.length - 1]));
    }
    yield { path, value: cotangents[path.length] };
    previous = path;
  }
}

/** One term per segment out of the parameter: its pullback of the total adjoint. One sweep, however many paths. */
function useSiteTerms(cone: Cone, valueAt: ValueAt): { segment: Segment; value: Tensor }[] {
  const adjoints = new Map<NodeId, Tensor>([[cone.target, scalar(1)]]);
  const terms: { segment: Segment; value: Tensor }[] = [];
  for (const id of [...cone.members].reverse()) {
    if (id === cone.wrt) continue;
    const segments = new Map(cone.into(id).map((segment) => [segment.from, segment]));
    const reached = pullbacks(cone.variables, valueAt, new Set(segments.keys()), id, adjoints.get(id)!);
    for (const [from, segment] of segments) {
      const value = reached.get(from)!;
      const sum = adjoints.get(from);
      if (from === cone.wrt) terms.push({ segment, value });
      else adjoints.set(from, sum === undefined ? value : numbers.add(sum, value));
    }
  }
  return terms.reverse();
}

/** Only variables have paths between them. */
function requireVariable(graph: Graph, id: NodeId): void {
  if (isVariable(graph.node(id))) return;
  const message = `${graph.label(id)} has no name, and paths run between variables; give it one with define`;
  throw new GradpathError('unknown-variable', message, graph.label(id));
}

function sum(terms: readonly Tensor[], like: Tensor): Tensor {
  const data = new Float64Array(like.data.length);
  for (const term of terms) for (let i = 0; i < data.length; i++) data[i] += term.data[i];
  return { shape: like.shape, data };
}
