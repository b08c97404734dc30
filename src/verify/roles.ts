/** What the names of other people's programs, Whh, Wxh, hs, are called in a model: found by what the weights connect. */

import type { NodeId } from '../graph/graph.ts';
import type { Family, NamedGraph } from './named-graph.ts';

/** By name in small letters without underscores. None unless exactly one recurrent variable is multiplied by weights. */
export function rolesOf(named: NamedGraph): Map<string, Family> {
  const roles = new Map<string, Family>();
  const groups = [...named.families.entries()];
  const products = productsOf(named);
  const partners = (w: Family) => new Set(products.filter(({ by }) => by === w).map(({ of }) => of));
  const isRecurrent = ([key, { indexCount }]: [string, Family]) => indexCount === 1 && named.feedsItself(key);
  const recurrent = new Set(groups.filter(isRecurrent).map(([, family]) => family));
  const states = new Set(products.map(({ of }) => of).filter((family) => recurrent.has(family)));
  const [state, ...others] = states;
  if (state === undefined || others.length > 0) return roles;
  const put = (names: string, families: readonly Family[]) => {
    if (families.length !== 1) return;
    for (const name of names.split(' ')) roles.set(name, families[0]);
  };
  const weights = [...new Set(products.map(({ by }) => by))];
  const last = state.members[state.members.length - 1].id;
  const into = leadingTo(named, last, recurrent);
  const inState = weights.filter(({ members }) => into.has(members[0].id));
  put(
    'whh wrec',
    inState.filter((w) => partners(w).has(state)),
  );
  const inputs = inState.filter((w) => !partners(w).has(state));
  put('wxh wih win wx whx', inputs);
  if (inputs.length === 1) put('xs', [...partners(inputs[0])]);
  const outputs = weights.filter((w) => !inState.includes(w) && partners(w).has(state));
  put('why who wout wy wyh', outputs);
  if (outputs.length === 1) put('ys', outputOf(named, products, outputs[0]));
  put('hs', [state]);
  return roles;
}

/** A weight times a variable. */
interface Product {
  readonly by: Family;
  readonly of: Family;
  readonly indices: readonly number[];
  readonly id: NodeId;
}

/** Ops that take elements of an array or stand it otherwise. */
const PLACING: ReadonlySet<string> = new Set(['slice', 'reshape', 'transpose']);

/** All products of a matrix of weights, or of its elements. */
function productsOf(named: NamedGraph): readonly Product[] {
  const { nodes } = named.graph;
  const source = (id: NodeId): NodeId => {
    let at = id;
    while (named.referenceOf(at) === undefined && PLACING.has(nodes[at].op)) at = nodes[at].inputs[0];
    return at;
  };
  const familyAt = (id: NodeId) => named.families.get(named.familyOf(id) ?? '');
  const isWeight = (id: NodeId) => nodes[id].op === 'parameter' && nodes[id].shape.length === 2;
  return nodes.flatMap(({ id, op, inputs, adjointOf }): Product[] => {
    if ((op !== 'matmul' && op !== 'mul') || adjointOf !== undefined) return [];
    const [a, b] = inputs.map(source);
    const [weight, factor] = isWeight(a) ? [a, b] : [b, a];
    const [by, of] = [familyAt(weight), familyAt(factor)];
    if (!isWeight(weight) || isWeight(factor) || by === undefined || of === undefined) return [];
    return [{ by, of, indices: named.referenceOf(factor)!.indices, id }];
  });
}

/** The leaves that a variable is computed from by way of unnamed nodes, and of variables such as its argument a_t. */
function leadingTo(named: NamedGraph, of: NodeId, passed: ReadonlySet<Family>): ReadonlySet<NodeId> {
  const { indices } = named.referenceOf(of)!;
  const seen = new Set([of]);
  for (const id of seen) {
    const reference = named.referenceOf(id);
    const family = named.families.get(named.familyOf(id) ?? '');
    const isOfStep =
      reference?.indices.join() === indices.join() && family !== undefined && passed.has(family);
    if (reference === undefined || isOfStep) for (const input of named.graph.node(id).inputs) seen.add(input);
  }
  return seen;
}

/** Ops by which products become an output: a bias is added, elements are put together. */
const GATHERING: ReadonlySet<string> = new Set(['add', 'total', 'sum', 'reshape', 'concat']);

/** What a weight makes of the states: the outputs, which may have no name. */
function outputOf(named: NamedGraph, products: readonly Product[], weight: Family): Family[] {
  const { nodes } = named.graph;
  const nextOf = (id: NodeId) =>
    nodes.filter(({ inputs, adjointOf }) => adjointOf === undefined && inputs.includes(id));
  const found = new Map<string, NodeId>();
  for (const { by, indices, id } of products) {
    if (by !== weight) continue;
    let at = id;
    for (let next = nextOf(at); named.referenceOf(at) === undefined; next = nextOf(at)) {
      if (next.length !== 1 || !GATHERING.has(next[0].op) || next[0].shape.length > 1) break;
      at = next[0].id;
    }
    const before = found.get(indices.join('.'));
    if (nodes[at].shape.length !== 1 || (before !== undefined && before !== at)) return [];
    found.set(indices.join('.'), at);
  }
  const families = new Set([...found.values()].map((id) => named.families.get(named.familyOf(id) ?? '')));
  const [family, ...others] = families;
  if (others.length > 0) return [];
  if (family !== undefined) return [family];
  const members = [...found].map(([key, id]) => ({ indices: key.split('.').map(Number), id }));
  return [{ name: 'ys', indexCount: 1, members }];
}
