/** Edges from step to step: straight across where nothing is in the way, else along the free rows between layers. */

import type { Parts } from './parts.ts';
import { simplified, touches } from './polyline.ts';
import { type Box, bottom, centre, type Point, right } from './spec.ts';

const GAP = 36; // between the left nodes and the first column
const CLEARANCE = 7;
const ROW = 15; // from a node to the row of edges above or below it

/** Places the nodes at the left and routes all sideways edges; adds both to the records given. */
export function routeSideways(
  parts: Parts,
  nodes: Record<string, Box>,
  groups: Readonly<Record<string, Box>>,
  edges: Record<string, readonly Point[]>,
): void {
  placeLeft(parts, nodes, groups);
  const groupOf = new Map<string, Box>();
  for (const column of parts.columns) for (const { id } of column.nodes) groupOf.set(id, groups[column.name]);
  const boxes = Object.entries(nodes);
  for (const { id, source, target } of parts.sideways) {
    const [a, b] = [nodes[source], nodes[target]];
    const others = boxes.filter(([key]) => key !== source && key !== target).map(([, box]) => box);
    const free = (points: readonly Point[]) => others.every((box) => !touches(points, box, CLEARANCE));
    const column = groupOf.get(target);
    const gutter = (column?.x ?? b.x) - GAP / 2;
    const routes = candidates(a, b, gutter);
    edges[id] = simplified(routes.find(free) ?? routes[routes.length - 1]);
  }
}

/** From the plainest route to the one that always finds a way. */
function candidates(a: Box, b: Box, gutter: number): Point[][] {
  const [from, to] = [centre(a), centre(b)];
  const east = { x: right(a), y: from.y };
  const west = { x: b.x, y: to.y };
  const south = { x: from.x + a.width / 4, y: bottom(a) };
  const under = bottom(a) + ROW;
  const north = { x: b.x + Math.min(14, b.width / 4), y: b.y };
  const over = b.y - ROW;
  return [
    [east, { x: gutter, y: east.y }, { x: gutter, y: west.y }, west],
    [east, { x: gutter, y: east.y }, { x: gutter, y: over }, { x: north.x, y: over }, north],
    [south, { x: south.x, y: under }, { x: gutter, y: under }, { x: gutter, y: west.y }, west],
    [
      south,
      { x: south.x, y: under },
      { x: gutter, y: under },
      { x: gutter, y: over },
      { x: north.x, y: over },
      north,
    ],
  ];
}

/** Each left node beside the first of its consumers, one under the other where they would overlap. */
function placeLeft(parts: Parts, nodes: Record<string, Box>, groups: Readonly<Record<string, Box>>): void {
  const first = parts.columns[0] === undefined ? undefined : groups[parts.columns[0].name];
  if (first === undefined) return;
  const wanted = parts.left
    .map((node) => {
      const edge = parts.sideways.find((e) => e.source === node.id && nodes[e.target] !== undefined);
      return { node, y: edge === undefined ? first.y : centre(nodes[edge.target]).y - node.height / 2 };
    })
    .sort((p, q) => p.y - q.y);
  let below = Number.NEGATIVE_INFINITY;
  for (const { node, y } of wanted) {
    const top = Math.max(y, below);
    nodes[node.id] = { x: first.x - GAP - node.width, y: top, width: node.width, height: node.height };
    below = top + node.height + 16;
  }
}
