/** Spec → layout: each column by ELK, then the rows and rails around the columns by ELK, then the steps across. */

import { type ColumnLayout, columnKey, layoutColumn, renamed } from './column.ts';
import type { Elk } from './elk.ts';
import { layoutOuter } from './outer.ts';
import { type Column, partsOf } from './parts.ts';
import { joined } from './polyline.ts';
import { routeSideways } from './sideways.ts';
import type { Box, Layout, Point, Spec } from './spec.ts';

/** Pure in the spec: the same spec gives the same picture, whatever the page has shown before. */
export async function layoutSpec(spec: Spec, elk: Elk): Promise<Layout> {
  const parts = partsOf(spec);
  const templates = new Map<string, { column: Column; layout: ColumnLayout }>();
  const columns: ColumnLayout[] = [];
  for (const column of parts.columns) {
    const key = columnKey(column);
    const template = templates.get(key) ?? { column, layout: await layoutColumn(elk, column) };
    templates.set(key, template);
    columns.push(renamed(template.layout, template.column, column));
  }
  const outer = await layoutOuter(elk, parts, columns);

  const nodes: Record<string, Box> = { ...outer.nodes };
  const groups: Record<string, Box> = {};
  const edges: Record<string, readonly Point[]> = { ...outer.edges };
  parts.columns.forEach((column, i) => {
    const { x: dx, y: dy } = outer.columns[i];
    const inside = columns[i];
    const moved = (points: readonly Point[]) => points.map(({ x, y }) => ({ x: x + dx, y: y + dy }));
    groups[column.name] = { x: dx, y: dy, width: inside.width, height: inside.height };
    for (const [id, box] of Object.entries(inside.nodes))
      nodes[id] = { ...box, x: box.x + dx, y: box.y + dy };
    for (const { id } of column.inner) edges[id] = moved(inside.edges[id]);
    for (const { edge } of column.enter)
      edges[edge.id] = joined(outer.edges[edge.id], moved(inside.edges[edge.id]));
    for (const { edge } of column.leave)
      edges[edge.id] = joined(moved(inside.edges[edge.id]), outer.edges[edge.id]);
  });
  routeSideways(parts, nodes, groups, edges);
  return { nodes, groups, edges };
}
