/** A spec taken apart: columns with what enters and leaves them, rows around them, and steps from column to column. */

import type { Spec, SpecEdge, SpecNode } from './spec.ts';

/** An edge through the upper or the lower border of a column; edges of one outside node share a port. */
export interface Crossing {
  readonly edge: SpecEdge;
  readonly outside: string;
  readonly inside: string;
}

export interface Column {
  readonly name: string;
  readonly nodes: readonly SpecNode[];
  readonly inner: readonly SpecEdge[];
  readonly enter: readonly Crossing[];
  readonly leave: readonly Crossing[];
}

export interface Parts {
  readonly columns: readonly Column[];
  readonly top: readonly SpecNode[];
  readonly left: readonly SpecNode[];
  readonly below: readonly SpecNode[];
  /** Between nodes of no column, sideways ones excepted. */
  readonly outer: readonly SpecEdge[];
  /** From column to column, and from the nodes at the left. */
  readonly sideways: readonly SpecEdge[];
}

export function partsOf(spec: Spec): Parts {
  const byId = new Map(spec.nodes.map((node) => [node.id, node]));
  const groupOf = (id: string) => byId.get(id)?.group;
  const isLeft = (id: string) => byId.get(id)?.place === 'left' && spec.groups.length > 0;
  const sideways: SpecEdge[] = [];
  const outer: SpecEdge[] = [];
  const columns = new Map(
    spec.groups.map((name) => [
      name,
      {
        name,
        nodes: spec.nodes.filter((node) => node.group === name),
        inner: [] as SpecEdge[],
        enter: [] as Crossing[],
        leave: [] as Crossing[],
      },
    ]),
  );
  for (const edge of spec.edges) {
    const [from, to] = [groupOf(edge.source), groupOf(edge.target)];
    if (isLeft(edge.source)) sideways.push(edge);
    else if (from === undefined && to === undefined) outer.push(edge);
    else if (from === to) columns.get(from!)!.inner.push(edge);
    else if (from !== undefined && to !== undefined) sideways.push(edge);
    else if (to !== undefined)
      columns.get(to)!.enter.push({ edge, outside: edge.source, inside: edge.target });
    else columns.get(from!)!.leave.push({ edge, outside: edge.target, inside: edge.source });
  }
  const free = spec.nodes.filter((node) => node.group === undefined && !isLeft(node.id));
  return {
    columns: [...columns.values()],
    top: free.filter((node) => node.place === 'top'),
    below: free.filter((node) => node.place !== 'top'),
    left: spec.nodes.filter((node) => isLeft(node.id)),
    outer,
    sideways,
  };
}
