/** Families of variables along a chain, such as H_1 … H_T: each depends on the one before. */

import type { Adjoints } from '../autodiff/grad.ts';
import type { Graph, NodeId } from '../graph/graph.ts';
import { isVariable } from './variables.ts';

export interface Family {
  /** By ascending id. Each leads to a later one, but for the last of a chain. */
  readonly members: readonly NodeId[];
  /** The summands of a member's adjoint that did not come through another member of the family. */
  readonly entering: (member: NodeId) => readonly NodeId[];
}

/** The families of two or more variables that the target depends on. One sweep each way for each of them. */
export function familiesOf(graph: Graph, target: NodeId, adjoints: Adjoints): Family[] {
  const byStem = new Map<string, NodeId[]>();
  for (const node of graph.nodes) {
    if (node.id > target) break;
    const stem = isVariable(node) ? /^(.*\D)\d+$/.exec(node.name!)?.[1] : undefined;
    if (stem === undefined || adjoints.of(node.id) === undefined) continue;
    const members = byStem.get(stem);
    if (members === undefined) byStem.set(stem, [node.id]);
    else members.push(node.id);
  }
  return [...byStem.values()].flatMap((ids) => chained(graph, target, ids, adjoints));
}

/** The family of those that lead to others or come from them, if any do. */
function chained(graph: Graph, target: NodeId, ids: readonly NodeId[], adjoints: Adjoints): Family[] {
  if (ids.length < 2) return [];
  const [first] = ids;
  const members = new Set(ids);
  const leads = new Uint8Array(target + 1); // does a member depend on the node?
  for (let id = target; id >= first; id--) {
    if (leads[id] === 0 && !members.has(id)) continue;
    for (const input of graph.node(id).inputs) leads[input] = 1;
  }
  const follows = new Uint8Array(target + 1); // does the node depend on a member?
  for (let id = first; id <= target; id++) {
    if (graph.node(id).inputs.some((input) => follows[input] === 1 || members.has(input))) follows[id] = 1;
  }
  const linked = ids.filter((id) => leads[id] === 1 || follows[id] === 1);
  if (linked.length < 2) return [];
  const isOutside = (consumer: NodeId) => leads[consumer] === 0 && !members.has(consumer);
  const entering = (member: NodeId) =>
    adjoints.terms(member).flatMap(({ consumer, node }) => (isOutside(consumer) ? [node] : []));
  return [{ members: linked, entering }];
}
