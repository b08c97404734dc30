/** Why a gradient is what it is: its paths, their contributions and shares, and its use sites. */

import { grad } from '../autodiff/grad.ts';
import { GradpathError } from '../graph/error.ts';
import type { NodeId } from '../graph/graph.ts';
import type { Builder } from '../ops/builder.ts';
import { numbers, scalar, type Tensor } from '../run/eager.ts';
import { Plan } from '../run/plan.ts';
import type { Values } from '../run/values.ts';
import { expanded, type Formula, nested } from './formula.ts';
import { inner, norm, relativeDistance } from './measure.ts';
import { Cone, type Path } from './paths.ts';
import { pullback, type ValueAt } from './pullback.ts';
import { type Contribution, largestContributions } from './top.ts';
import { type Segment, VariableGraph } from './variables.ts';

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
}

export interface ExplainOptions {
  /** List at most so many paths; by default all, but only the largest 50 where there are more than 2,000. */
  readonly top?: number;
}

const LIST_ALL = 2000;
const LIST_SOME = 50;

/** Explains ∂target/∂wrt of a scalar target, at the given values of the graph's leaves. */
export function explain(
  b: Builder,
  values: Readonly<Record<string, Values>>,
  target: NodeId,
  wrt: NodeId,
  options: ExplainOptions = {},
): Explanation {
  const { graph } = b;
  if (graph.node(target).shape.length > 0) {
    const message = `${graph.label(target)} is not a scalar; paths explain the gradient of a scalar`;
    throw new GradpathError('derivative', message, graph.label(target));
  }
  const variables = new VariableGraph(graph);
  const cone = new Cone(variables, target, wrt);
  const [derivative] = grad(b, target, [wrt]);
  const plan = new Plan(graph, [target, derivative, wrt], { dtype: 'float64' }).setAll(values).run();
  const valueAt: ValueAt = (id) => ({ shape: graph.node(id).shape, data: plan.value(id) });
  const gradient = valueAt(derivative);

  const count = target === wrt ? 1n : cone.count();
  const limit = options.top ?? (count <= LIST_ALL ? LIST_ALL : LIST_SOME);
  const listed =
    count <= limit
      ? { contributions: [...allContributions(cone, valueAt)], exact: true }
      : largestContributions(cone, valueAt, scalar(1), gradient, limit);

  const square = inner(gradient, gradient);
  const shareOf = (contribution: Tensor): Share => ({
    contribution,
    share: square > 0 ? inner(contribution, gradient) / square : null,
    norm: norm(contribution),
  });
  const size = (share: Share) => Math.abs(share.share ?? 0);
  const inOrder = listed.contributions.map(({ path, value }): PathShare => ({ path, ...shareOf(value) }));
  const paths = [...inOrder].sort((p, q) => size(q) - size(p));
  const useSites = [...useSiteTerms(cone, valueAt)].map(
    ({ segment, value }): UseSite => ({ segment, paths: cone.count(segment.to), ...shareOf(value) }),
  );
  const distance = (terms: readonly Share[]) =>
    relativeDistance(
      sum(
        terms.map((term) => term.contribution),
        gradient,
      ),
      gradient,
    );
  const all = BigInt(paths.length) === count;
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
    residual: all && target !== wrt ? distance(paths) : null,
    useSites,
    useSiteResidual: target === wrt ? 0 : distance(useSites),
    expanded: expanded(
      cone,
      inOrder.map((term) => ({ path: term.path, index: paths.indexOf(term) })),
      omitted,
    ),
    nested: nested(cone),
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
function* useSiteTerms(cone: Cone, valueAt: ValueAt): Generator<{ segment: Segment; value: Tensor }> {
  const adjoints = new Map<NodeId, Tensor>([[cone.target, scalar(1)]]);
  const terms: { segment: Segment; value: Tensor }[] = [];
  for (const id of [...cone.members].reverse()) {
    if (id === cone.wrt) continue;
    const adjoint = adjoints.get(id)!;
    for (const segment of cone.into(id)) {
      const value = pullback(cone.variables, valueAt, segment, adjoint);
      if (segment.from === cone.wrt) terms.push({ segment, value });
      else {
        const sum = adjoints.get(segment.from);
        adjoints.set(segment.from, sum === undefined ? value : numbers.add(sum, value));
      }
    }
  }
  yield* terms.reverse();
}

function sum(terms: readonly Tensor[], like: Tensor): Tensor {
  const data = new Float64Array(like.data.length);
  for (const term of terms) for (let i = 0; i < data.length; i++) data[i] += term.data[i];
  return { shape: like.shape, data };
}
