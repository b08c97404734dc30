/** The chain rule as a sum over time: Σ_k … (Π_j ∂H_j/∂H_{j−1}) ∂H_k/∂W, or Σ_k dE/dH_k ∂H_k/∂W. */

import type { NodeId } from '../graph/graph.ts';
import { type Formula, productOf } from './formula.ts';
import type { Cone } from './paths.ts';
import type { Segment } from './variables.ts';

/** The variables H_1 … H_T by which a parameter enters. */
interface Uses {
  readonly family: string;
  readonly from: number;
  /** From `from` on, one per step. */
  readonly members: readonly NodeId[];
}

/**
 * The sum over the steps at which the parameter is used. What leads from the target to a step is written as a product
 * if there is one way alone, else as the total derivative. Undefined where no step follows another.
 */
export function summed(cone: Cone): Formula | undefined {
  const uses = usesOf(cone);
  if (uses === undefined || uses.every(({ members }) => members.length === 1)) return undefined;
  const terms = uses.map((use) => (use.members.length === 1 ? single(cone, use) : overTime(cone, use)));
  return terms.length === 1 ? terms[0] : { kind: 'sum', terms };
}

/** By family; undefined if a use has no index, or if there are gaps. */
function usesOf(cone: Cone): readonly Uses[] | undefined {
  const { variables } = cone;
  const found = new Map<string, { readonly step: number; readonly id: NodeId }[]>();
  for (const id of cone.members) {
    if (id === cone.wrt || !variables.into(id).some(({ from }) => from === cone.wrt)) continue;
    const name = /^(.+)_(\d+)$/.exec(variables.name(id));
    if (name === null) return undefined;
    found.set(name[1], [...(found.get(name[1]) ?? []), { step: Number(name[2]), id }]);
  }
  if (found.size === 0) return undefined;
  const uses: Uses[] = [];
  for (const [family, members] of found) {
    const sorted = [...members].sort((a, b) => a.step - b.step);
    if (sorted.some(({ step }, i) => step !== sorted[0].step + i)) return undefined;
    uses.push({ family, from: sorted[0].step, members: sorted.map(({ id }) => id) });
  }
  return uses;
}

function single(cone: Cone, { members: [id] }: Uses): Formula {
  const { variables } = cone;
  const last: Formula = {
    kind: 'general',
    of: variables.name(id),
    by: variables.name(cone.wrt),
    total: false,
  };
  if (id === cone.target) return last;
  const total: Formula = { kind: 'total', of: variables.name(cone.target), by: variables.name(id) };
  return { kind: 'product', factors: [total, last] };
}

function overTime(cone: Cone, { family, from, members }: Uses): Formula {
  const { variables } = cone;
  const to = from + members.length - 1;
  const last: Formula = { kind: 'general', of: `${family}_k`, by: variables.name(cone.wrt), total: false };
  const chain = onlyWay(cone, members);
  const factors: Formula[] =
    chain === undefined
      ? [{ kind: 'general', of: variables.name(cone.target), by: `${family}_k`, total: true }]
      : [
          ...chain,
          {
            kind: 'big',
            op: 'prod',
            index: 'j',
            from: 'k+1',
            to: String(to),
            body: { kind: 'general', of: `${family}_j`, by: `${family}_j-1`, total: false },
          },
        ];
  const body: Formula = { kind: 'product', factors: [...factors, last] };
  return { kind: 'big', op: 'sum', index: 'k', from: String(from), to: String(to), body };
}

/** The factors from the target to the last step, if all paths take them and then every step in turn. */
function onlyWay(cone: Cone, members: readonly NodeId[]): readonly Formula[] | undefined {
  const last = members[members.length - 1];
  if (cone.countFrom(last) !== 1n || last === cone.target) return undefined;
  for (let i = 0; i + 1 < members.length; i++) {
    const follows = cone.variables.into(members[i + 1]).some(({ from }) => from === members[i]);
    if (!follows || cone.countFrom(members[i]) !== 1n) return undefined;
  }
  const path: Segment[] = [];
  for (let id = cone.target; id !== last; ) {
    const segment = cone
      .into(id)
      .find(({ from }) => from !== cone.wrt && cone.countFrom(from) > 0n && leadsTo(cone, from, last));
    if (segment === undefined) return undefined;
    path.push(segment);
    id = segment.from;
  }
  return productOf(cone, path).factors;
}

function leadsTo(cone: Cone, from: NodeId, to: NodeId): boolean {
  const seen = new Set([from]);
  for (const id of seen) for (const segment of cone.into(id)) seen.add(segment.from);
  return seen.has(to);
}
