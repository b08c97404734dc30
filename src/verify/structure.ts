/** The terms of a chain-rule expansion against the paths of the graph: which path each one is, and which are missing. */

import { Cone } from '../chain/paths.ts';
import type { VariableGraph } from '../chain/variables.ts';
import type { NodeId } from '../graph/graph.ts';
import { sizeOf } from '../graph/shape.ts';
import type { Factor, Monomial } from './expand.ts';
import type { Instance } from './instance.ts';
import type { Layout } from './jacobian.ts';

/** Variables from the target back to the parameter. */
export type Route = readonly NodeId[];

export type TermKind =
  | 'right'
  /** A right path, with the wrong sign or a wrong number before it. */
  | 'sign'
  | 'coefficient'
  /** The path is there already. */
  | 'duplicate'
  /** Identically zero. */
  | 'vacuous'
  /** Factors that do not chain: `at` is the first that does not follow on from the one before. */
  | 'broken'
  /** It chains, but from or to something else. */
  | 'foreign'
  /** A variable in it does not exist. */
  | 'garbled';

export interface TermFinding {
  readonly monomial: Monomial;
  readonly kind: TermKind;
  readonly routes: readonly Route[];
  /** Of a broken one: the number of factors that still chain. */
  readonly at?: number;
}

/** The derivative that is expanded. */
export interface Target {
  readonly of: NodeId;
  readonly by: NodeId;
  readonly isTotal: boolean;
  readonly isStrict: boolean;
}

export interface Structure {
  readonly findings: readonly TermFinding[];
  readonly missing: readonly Route[];
  readonly isRight: boolean;
}

const MAX_ROUTES = 3000;
const COEFFICIENT = 1e-9;

/**
 * Undefined where it cannot be told: more than 3000 paths. `point` is where the factors ∂E/∂E_t, which people leave out,
 * are looked up.
 */
export function compareStructure(
  kept: VariableGraph,
  left: Target,
  monomials: readonly Monomial[],
  layout: Layout,
  point: Instance,
): Structure | undefined {
  const all = routes(kept, left.of, left.by, left);
  if (all === undefined) return undefined;
  const keyOf = (route: Route) => route.join('>');
  const wanted = new Map(all.map((route) => [keyOf(route), route]));
  const counts = new Map<string, number>();
  const findings: TermFinding[] = [];
  for (const monomial of monomials) {
    const found = locate(kept, left, monomial, layout, point);
    if (found === undefined) return undefined;
    if (found.kind !== 'right') {
      findings.push({ monomial, ...found });
      continue;
    }
    const isForeign = found.routes.some((route) => !wanted.has(keyOf(route)));
    if (isForeign) {
      findings.push({ monomial, kind: 'foreign', routes: found.routes });
      continue;
    }
    const coefficient = monomial.coefficient * found.scale;
    const before = found.routes.map((route) => counts.get(keyOf(route)) ?? 0);
    for (const route of found.routes) counts.set(keyOf(route), (counts.get(keyOf(route)) ?? 0) + coefficient);
    let kind: TermKind = 'right';
    if (Math.abs(coefficient) < COEFFICIENT) kind = 'vacuous';
    else if (Math.abs(coefficient + 1) < COEFFICIENT) kind = 'sign';
    else if (Math.abs(coefficient - 1) > COEFFICIENT) kind = 'coefficient';
    else if (before.some((count) => Math.abs(count - 1) < COEFFICIENT)) kind = 'duplicate';
    findings.push({ monomial, kind, routes: found.routes });
  }
  const missing = all.filter((route) => Math.abs(counts.get(keyOf(route)) ?? 0) < COEFFICIENT);
  const isRight =
    missing.length === 0 &&
    [...counts.values()].every((count) => Math.abs(count - 1) < COEFFICIENT) &&
    findings.every(({ kind }) => kind !== 'broken' && kind !== 'garbled' && kind !== 'foreign');
  // shares of a path that add up to it are right: 1/2 + 1/2
  const settled = isRight
    ? findings.map((finding) =>
        finding.kind === 'vacuous' ? finding : { ...finding, kind: 'right' as const },
      )
    : findings;
  return { findings: settled, missing, isRight };
}

type Located =
  | { readonly kind: 'right'; readonly routes: readonly Route[]; readonly scale: number }
  | { readonly kind: 'vacuous' | 'garbled'; readonly routes: readonly Route[] }
  | { readonly kind: 'broken'; readonly routes: readonly Route[]; readonly at: number };

function locate(
  kept: VariableGraph,
  left: { readonly of: NodeId; readonly by: NodeId },
  monomial: Monomial,
  layout: Layout,
  point: Instance,
): Located | undefined {
  if (monomial.problem !== undefined) return { kind: 'garbled', routes: [] };
  const factors = layout === 'numerator' ? monomial.factors : [...monomial.factors].reverse();
  // an empty Π: ∂H_t/∂H_t = I
  const isIdentity = left.of === left.by && monomial.coefficient !== 0;
  if (factors.length === 0 && isIdentity) return { kind: 'right', routes: [[left.of]], scale: 1 };
  if (factors.length === 0)
    return { kind: monomial.coefficient === 0 ? 'vacuous' : 'broken', routes: [], at: 0 };
  const chain = chained(factors, left.of, point);
  if (chain.length < factors.length) return { kind: 'broken', routes: [], at: chain.length };
  let found: Route[] = [[chain[0].of.id!]];
  for (const factor of chain) {
    const parts = routes(kept, factor.of.id!, factor.by.id!, factor);
    if (parts === undefined || parts.length * found.length > MAX_ROUTES) return undefined;
    found = found.flatMap((route) => parts.map((part) => [...route, ...part.slice(1)]));
  }
  if (found.length === 0) {
    const sizes = (ids: readonly NodeId[]) => ids.map((id) => sizeOf(kept.graph.node(id).shape)).join('×');
    const fits = sizes([chain[0].of.id!, chain[chain.length - 1].by.id!]) === sizes([left.of, left.by]);
    return fits ? { kind: 'vacuous', routes: [] } : { kind: 'broken', routes: [], at: 0 };
  }
  const first = chain[0].of.id!;
  if (first === left.of) return { kind: 'right', routes: found, scale: 1 };
  // ∂E_t/∂W for ∂E/∂E_t ∂E_t/∂W: the factor left out is a number
  const before = routes(kept, left.of, first, { isTotal: false, isStrict: false });
  const isNumber = sizeOf(kept.graph.node(left.of).shape) === 1 && sizeOf(kept.graph.node(first).shape) === 1;
  if (before?.length !== 1 || !isNumber || !point.subject.losses.has(first)) {
    return { kind: 'right', routes: found, scale: 1 }; // the caller finds that it is foreign
  }
  const [weight] = point.total(left.of, first).data;
  return {
    kind: 'right',
    routes: found.map((route) => [...before[0], ...route.slice(1)]),
    scale: 1 / weight,
  };
}

/**
 * The factors as far as each one's denominator is the next one's numerator. Numbers commute: if all variables are
 * numbers the factors may stand in any order.
 */
function chained(factors: readonly Factor[], start: NodeId, point: Instance): readonly Factor[] {
  const isNumber = ({ of, by }: Factor) =>
    [of, by].every(({ id }) => sizeOf(point.subject.graph.node(id!).shape) === 1);
  const follows = (list: readonly Factor[]) => {
    const end = list.findIndex((factor, i) => i > 0 && list[i - 1].by.id !== factor.of.id);
    return end < 0 ? list : list.slice(0, end);
  };
  const straight = follows(factors);
  if (straight.length === factors.length || !factors.every(isNumber)) return straight;
  const rest = [...factors];
  const ordered: Factor[] = [];
  const first = rest.findIndex(({ of }) => of.id === start);
  for (let next = Math.max(first, 0); next >= 0; ) {
    const [taken] = rest.splice(next, 1);
    ordered.push(taken);
    next = rest.findIndex(({ of }) => of.id === taken.by.id);
  }
  return rest.length === 0 ? ordered : straight;
}

/** All routes from `by` to `of`; the direct edge alone if there is one and the derivative is immediate. */
function routes(
  kept: VariableGraph,
  of: NodeId,
  by: NodeId,
  { isTotal, isStrict }: { readonly isTotal: boolean; readonly isStrict: boolean },
): readonly Route[] | undefined {
  if (of === by) return [[of]];
  if (!isTotal && kept.into(of).some(({ from }) => from === by)) return [[of, by]];
  if (isStrict) return [];
  const cone = new Cone(kept, of, by);
  if (cone.count() > BigInt(MAX_ROUTES)) return undefined;
  return [...cone.paths()].map((path) => [of, ...path.map(({ from }) => from)]);
}
