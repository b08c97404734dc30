/** A picture without ELK: for the moments before the worker answers, and for good if it cannot. */

import { partsOf } from './parts.ts';
import { simplified } from './polyline.ts';
import { routeSideways } from './sideways.ts';
import {
  type Box,
  bottom,
  centre,
  HEADER,
  type Layout,
  type Point,
  type Spec,
  type SpecNode,
} from './spec.ts';

const PAD = 18;
const SPACE = 20;
const LAYER = 42;

/** Rows by distance from the sources; edges with one elbow. Never fails, not always pretty. */
export function plainLayout(spec: Spec): Layout {
  const parts = partsOf(spec);
  const nodes: Record<string, Box> = {};
  const groups: Record<string, Box> = {};
  const edges: Record<string, readonly Point[]> = {};
  const topHeight = Math.max(0, ...parts.top.map((node) => node.height));
  const top = topHeight + (parts.top.length > 0 ? 40 + 14 * parts.top.length : 0);

  let x = 0;
  let lowest = top;
  for (const column of parts.columns) {
    const rows = rowsOf(column.nodes, column.inner);
    const width = Math.max(...rows.map(widthOf)) + 2 * PAD;
    let y = top + HEADER + 14;
    for (const row of rows) {
      let left = x + (width - widthOf(row)) / 2;
      for (const node of row) {
        nodes[node.id] = { x: left, y, width: node.width, height: node.height };
        left += node.width + SPACE;
      }
      y += Math.max(...row.map((node) => node.height)) + LAYER;
    }
    const height = y - LAYER + 18 - top;
    groups[column.name] = { x, y: top, width, height };
    lowest = Math.max(lowest, top + height);
    x += width + 36;
  }
  const middle = Math.max(0, x - 36) / 2;
  const spread = (row: readonly SpecNode[], y: number) => {
    let left = middle - widthOf(row) / 2;
    for (const node of row) {
      nodes[node.id] = { x: left, y, width: node.width, height: node.height };
      left += node.width + SPACE;
    }
  };
  spread(parts.top, 0);
  let y = lowest + LAYER;
  for (const row of rowsOf(parts.below, parts.outer)) {
    spread(row, y);
    y += Math.max(...row.map((node) => node.height)) + LAYER;
  }
  routeSideways(parts, nodes, groups, edges);
  const sideways = new Set(parts.sideways.map((edge) => edge.id));
  for (const edge of spec.edges) {
    if (sideways.has(edge.id)) continue;
    const [a, b] = [nodes[edge.source], nodes[edge.target]];
    const rail = parts.top.findIndex((node) => node.id === edge.source);
    edges[edge.id] = elbow(a, b, rail < 0 ? undefined : topHeight + 20 + 14 * rail);
  }
  return { nodes, groups, edges };
}

function elbow(a: Box, b: Box, rail?: number): Point[] {
  const [from, to] = [centre(a), centre(b)];
  const y = rail ?? b.y - 14;
  return simplified([
    { x: from.x, y: bottom(a) },
    { x: from.x, y },
    { x: to.x, y },
    { x: to.x, y: b.y },
  ]);
}

const widthOf = (row: readonly SpecNode[]) =>
  row.reduce((sum, node) => sum + node.width, 0) + SPACE * Math.max(0, row.length - 1);

/** Nodes by the longest way to them from a source. Edges point from earlier to later nodes of the list. */
function rowsOf(
  nodes: readonly SpecNode[],
  edges: readonly { readonly source: string; readonly target: string }[],
): SpecNode[][] {
  const level = new Map(nodes.map((node) => [node.id, 0]));
  for (const { id } of nodes) {
    for (const edge of edges) {
      if (edge.target === id && level.has(edge.source))
        level.set(id, Math.max(level.get(id)!, level.get(edge.source)! + 1));
    }
  }
  const rows: SpecNode[][] = [];
  for (const node of nodes) (rows[level.get(node.id)!] ??= []).push(node);
  return rows.filter((row) => row !== undefined);
}
