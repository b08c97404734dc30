/** What the names of other people's programs, Whh, Wxh, hs, are called in a model: found by what the weights connect. */

import type { NodeId } from '../graph/graph.ts';
import type { Family, NamedGraph } from './named-graph.ts';

/** By name in small letters without underscores. None unless exactly one variable is recurrent. */
export function rolesOf(named: NamedGraph): Map<string, Family> {
  const roles = new Map<string, Family>();
  const groups = [...named.families.entries()];
  const recurrent = groups.filter(([key, { indexCount }]) => indexCount === 1 && named.feedsItself(key));
  if (recurrent.length !== 1) return roles;
  const [[state, states]] = recurrent;
  const last = states.members[states.members.length - 1].id;
  const put = (names: string, family: Family | undefined) => {
    if (family !== undefined) for (const name of names.split(' ')) roles.set(name, family);
  };
  const weights = groups
    .filter(([, { members }]) => named.graph.node(members[0].id).op === 'parameter')
    .map(([, f]) => f);
  const matrices = weights.filter(({ members }) => named.graph.node(members[0].id).shape.length === 2);
  const into = new Set(leadingTo(named, last));
  const inState = matrices.filter(({ members }) => into.has(named.nameOf(members[0].id)));
  const partner = ({ members }: Family): string | undefined => multiplied(named, members[0].id);
  put(
    'whh wrec',
    inState.find((w) => partner(w) === state),
  );
  const inputs = inState.filter((w) => partner(w) !== state);
  if (inputs.length === 1) {
    put('wxh wih win wx whx', inputs[0]);
    put('xs', named.families.get(partner(inputs[0]) ?? ''));
  }
  const outputs = matrices.filter((w) => !inState.includes(w) && partner(w) === state);
  if (outputs.length === 1) {
    put('why who wout wy wyh', outputs[0]);
    put('ys', named.families.get(madeWith(named, outputs[0].members[0].id) ?? ''));
  }
  put('hs', states);
  return roles;
}

/** Names of the leaves that a node is computed from by way of unnamed nodes. */
function leadingTo(named: NamedGraph, of: NodeId): string[] {
  const seen = new Set([of]);
  const found: string[] = [];
  for (const id of seen) {
    for (const input of named.graph.node(id).inputs) {
      if (named.referenceOf(input) === undefined) seen.add(input);
      else found.push(named.nameOf(input));
    }
  }
  return found;
}

/** The family of the variables that are computed from a weight directly. */
function madeWith(named: NamedGraph, weight: NodeId): string | undefined {
  const families = new Set<string | undefined>();
  for (const { id } of named.graph.nodes) {
    const family = named.familyOf(id);
    if (family !== undefined && leadingTo(named, id).includes(named.nameOf(weight))) families.add(family);
  }
  return families.size === 1 ? [...families][0] : undefined;
}

/** The family of what a weight is multiplied with. */
function multiplied(named: NamedGraph, weight: NodeId): string | undefined {
  const products = named.graph.nodes.filter(({ op, inputs }) => op === 'matmul' && inputs[0] === weight);
  const partners = new Set(products.map(({ inputs }) => named.familyOf(inputs[1])));
  return partners.size === 1 ? [...partners][0] : undefined;
}
