/** Whether the nodes of a document come in an order in which each uses only earlier ones; if not, why. */

import type { NodeDocument } from './json.ts';

type Nodes = readonly Pick<NodeDocument, 'op' | 'name' | 'inputs'>[];

/** Variables of a cycle that a message spells out. */
const SHOWN = 8;

/** Reports the first input that is no earlier node: it does not exist, closes a cycle, or comes out of order. */
export function requireOrder(nodes: Nodes, fail: (id: number, slot: number, message: string) => never): void {
  let late: { id: number; slot: number } | undefined;
  for (const [id, { inputs }] of nodes.entries()) {
    for (const [slot, input] of inputs.entries()) {
      if (input >= nodes.length)
        fail(id, slot, `there is no node ${input}; the last one is ${nodes.length - 1}`);
      if (input >= id) late ??= { id, slot };
    }
  }
  if (late === undefined) return;
  const cycle = findCycle(nodes);
  if (cycle !== undefined) {
    const id = cycle.find((at, i) => at <= cycle[(i + cycle.length - 1) % cycle.length])!;
    const input = cycle[(cycle.indexOf(id) + cycle.length - 1) % cycle.length];
    fail(
      id,
      nodes[id].inputs.indexOf(input),
      `${cycleText(nodes, cycle)}; a graph has no cycles: unroll it over time`,
    );
  }
  const input = nodes[late.id].inputs[late.slot];
  fail(
    late.id,
    late.slot,
    `its input ${label(nodes, input)} (id ${input}) is out of order; there is no cycle, but a node must come after its inputs`,
  );
}

/** A cycle in the direction in which values flow, or undefined. Linear: nodes are removed while any has no inputs left. */
function findCycle(nodes: Nodes): number[] | undefined {
  const missing = nodes.map((node) => node.inputs.length);
  const consumers: number[][] = nodes.map(() => []);
  for (const [id, { inputs }] of nodes.entries()) for (const input of inputs) consumers[input].push(id);
  const ready = [...nodes.keys()].filter((id) => missing[id] === 0);
  for (let next = ready.pop(); next !== undefined; next = ready.pop()) {
    for (const consumer of consumers[next]) if (--missing[consumer] === 0) ready.push(consumer);
  }
  let at = missing.findIndex((count) => count > 0);
  if (at === -1) return undefined;
  // every node left has an input that is left: going back from input to input must come round
  const steps = new Map<number, number>();
  const walk: number[] = [];
  while (!steps.has(at)) {
    steps.set(at, walk.length);
    walk.push(at);
    at = nodes[at].inputs.find((input) => missing[input] > 0)!;
  }
  return walk.slice(steps.get(at)).reverse();
}

/** `cycle: H_2 → a → H_2`: in variables, or in nodes if the cycle has none. */
function cycleText(nodes: Nodes, cycle: readonly number[]): string {
  const named = cycle.filter((id) => nodes[id].name !== undefined);
  const spoken = named.length > 0 ? named : cycle;
  const first = spoken.indexOf(spoken.reduce((a, b) => Math.min(a, b)));
  const turned = [...spoken.slice(first), ...spoken.slice(0, first)].map((id) => label(nodes, id));
  const shown =
    turned.length > SHOWN ? [...turned.slice(0, SHOWN - 1), `… (${turned.length} in all)`] : turned;
  return `cycle: ${[...shown, turned[0]].join(' → ')}`;
}

function label(nodes: Nodes, id: number): string {
  return nodes[id].name ?? `${nodes[id].op} %${id}`;
}
