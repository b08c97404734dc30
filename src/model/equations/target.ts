/** What is asked of a model that says nothing of it: the loss, and its gradient by a recurrent matrix. */

import type { Graph } from '../../graph/graph.ts';
import type { Member, Members } from './members.ts';
import { usedBy } from './references.ts';

/** The last scalar that nothing depends on; else the last scalar, else the last variable. */
export function targetOf(graph: Graph, computed: readonly Member[], members: Members): string {
  const used = new Set<Member>();
  for (const member of computed) for (const part of usedBy(member, members)) used.add(part);
  const scalars = computed.filter(({ name }) => graph.node(graph.idOf(name)).shape.length === 0);
  const inText = [...scalars].sort(byText);
  const last = inText.filter((member) => !used.has(member)).at(-1) ?? inText.at(-1) ?? computed.at(-1)!;
  return last.name;
}

function byText(a: Member, b: Member): number {
  const start = ({ from }: Member) => ('equation' in from ? from.equation.span.start : 0);
  return start(a) - start(b) || a.step - b.step;
}

/**
 * The last loss of a step by a square parameter of an equation that refers to another step; else the target by the first
 * parameter.
 */
export function shownOf(
  graph: Graph,
  computed: readonly Member[],
  target: string,
  members: Members,
): { of: string; wrt: string } | undefined {
  const parameters: { readonly name: string; readonly rank: number }[] = [];
  for (const computing of computed) {
    const { reference } = computing;
    const uses = usedBy(computing, members);
    const isRecurrent = uses.some(
      ({ reference: { indices } }) =>
        indices.length > 0 &&
        indices.length === reference.indices.length &&
        indices.join() !== reference.indices.join(),
    );
    for (const { name } of uses) {
      const node = graph.node(graph.idOf(name));
      if (node.op !== 'parameter') continue;
      const isSquare = node.shape.length === 2 && node.shape[0] === node.shape[1];
      const rank =
        (isRecurrent && isSquare ? 4 : 0) + (isRecurrent ? 2 : 0) + (node.shape.length === 2 ? 1 : 0);
      parameters.push({ name, rank });
    }
  }
  const best = parameters.reduce<(typeof parameters)[number] | undefined>(
    (found, candidate) => (found === undefined || candidate.rank > found.rank ? candidate : found),
    undefined,
  );
  if (best === undefined || graph.node(graph.idOf(target)).shape.length > 0) return undefined;
  return { of: lastTerm(graph, target) ?? target, wrt: best.name };
}

/** E_T of E = Σ E_t, or of a multiple of it. */
function lastTerm(graph: Graph, target: string): string | undefined {
  const stack = [...graph.node(graph.idOf(target)).inputs];
  const names: string[] = [];
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    const { name, op, inputs, shape } = graph.node(id);
    if (name !== undefined && shape.length === 0 && inputs.length > 0) names.push(name);
    else if (['total', 'add', 'affine'].includes(op) && name === undefined) stack.push(...inputs);
    else return undefined;
  }
  const { op } = graph.node(graph.idOf(target));
  const isFamily = new Set(names.map((name) => /^(.*)_-?\d+$/.exec(name)?.[1])).size === 1;
  return isFamily && ['total', 'add', 'affine'].includes(op) ? names[0] : undefined;
}
