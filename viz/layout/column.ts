/** One column laid out by ELK: data flows down, parameters enter at the top border, losses leave at the bottom. */

import type { ElkNode } from 'elkjs/lib/elk-api.js';
import { type Elk, LAYERED, sectionPoints } from './elk.ts';
import type { Column, Crossing } from './parts.ts';
import { touches } from './polyline.ts';
import { type Box, HEADER, type Point, TITLE } from './spec.ts';

/** A column with its top left corner at the origin. */
export interface ColumnLayout {
  readonly width: number;
  readonly height: number;
  readonly nodes: Readonly<Record<string, Box>>;
  /** Inner edges whole; of edges that cross the border the part inside. */
  readonly edges: Readonly<Record<string, readonly Point[]>>;
  /** By node outside: where its edges pass the border. */
  readonly enter: Readonly<Record<string, Point>>;
  readonly leave: Readonly<Record<string, Point>>;
}

const OPTIONS = {
  ...LAYERED,
  'elk.portConstraints': 'FIXED_SIDE',
  'elk.padding': `[top=${HEADER + 14},left=18,bottom=18,right=18]`,
  'elk.spacing.nodeNode': '20',
  'elk.spacing.edgeNode': '24',
  'elk.spacing.edgeEdge': '12',
  'elk.spacing.portPort': '14',
  'elk.layered.spacing.nodeNodeBetweenLayers': '40',
  'elk.layered.spacing.edgeNodeBetweenLayers': '14',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '10',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
};

export async function layoutColumn(elk: Elk, column: Column): Promise<ColumnLayout> {
  const port = (name: string, side: string) => ({
    id: name,
    width: 0,
    height: 0,
    layoutOptions: { 'elk.port.side': side },
  });
  const outsides = (crossings: readonly Crossing[]) => [...new Set(crossings.map((c) => c.outside))];
  const spine = new Set([...column.inner, ...column.enter.map((c) => c.edge)].map((e) => e.target));
  const box: ElkNode = {
    id: 'box',
    layoutOptions: OPTIONS,
    ports: [
      ...outsides(column.enter).map((name) => port(`in:${name}`, 'NORTH')),
      ...outsides(column.leave).map((name) => port(`out:${name}`, 'SOUTH')),
    ],
    children: column.nodes.map(({ id, width, height }) => ({ id: `node:${id}`, width, height })),
    edges: [
      ...column.enter.map((c) => ({
        id: c.edge.id,
        sources: [`in:${c.outside}`],
        targets: [`node:${c.inside}`],
        layoutOptions: { 'elk.layered.priority.straightness': '5' },
      })),
      ...column.inner.map((e) => ({
        id: e.id,
        sources: [`node:${e.source}`],
        targets: [`node:${e.target}`],
        // what is computed here makes the spine of the column: straight before all else
        layoutOptions: spine.has(e.source) ? { 'elk.layered.priority.straightness': '20' } : {},
      })),
      ...column.leave.map((c) => ({
        id: c.edge.id,
        sources: [`node:${c.inside}`],
        targets: [`out:${c.outside}`],
      })),
    ],
  };
  const root = await elk({ id: 'root', layoutOptions: LAYERED, children: [box] });
  const done = root.children![0];
  const [dx, dy] = [done.x ?? 0, done.y ?? 0];
  const height = done.height ?? 0;
  const nodes: Record<string, Box> = {};
  for (const child of done.children ?? []) {
    nodes[child.id.slice('node:'.length)] = {
      x: child.x! - dx,
      y: child.y! - dy,
      width: child.width!,
      height: child.height!,
    };
  }
  const enter: Record<string, Point> = {};
  const leave: Record<string, Point> = {};
  for (const { id, x } of done.ports ?? []) {
    if (id.startsWith('in:')) enter[id.slice('in:'.length)] = { x: x! - dx, y: 0 };
    else leave[id.slice('out:'.length)] = { x: x! - dx, y: height };
  }
  const edges: Record<string, Point[]> = {};
  for (const edge of done.edges ?? []) {
    edges[edge.id] = sectionPoints(edge).map((p) => ({ x: p.x - dx, y: p.y - dy }));
  }
  straighten(column, nodes, edges, enter);
  const layout = { width: done.width ?? 0, height, nodes, edges, enter, leave };
  return moved(layout, Math.max(0, TITLE - Math.min(TITLE, ...Object.values(enter).map((p) => p.x))));
}

/** The layout with more room at its left. */
function moved(layout: ColumnLayout, by: number): ColumnLayout {
  if (by === 0) return layout;
  const shift = <P extends Point>(p: P): P => ({ ...p, x: p.x + by });
  const each = <P extends Point>(record: Readonly<Record<string, P>>) =>
    Object.fromEntries(Object.entries(record).map(([key, p]) => [key, shift(p)]));
  return {
    width: layout.width + by,
    height: layout.height,
    nodes: each(layout.nodes),
    edges: Object.fromEntries(Object.entries(layout.edges).map(([key, points]) => [key, points.map(shift)])),
    enter: each(layout.enter),
    leave: each(layout.leave),
  };
}

/** Moves the ports at the top over the nodes' own, where nothing stands between: ELK leaves a small jog there. */
function straighten(
  column: Column,
  nodes: Readonly<Record<string, Box>>,
  edges: Record<string, readonly Point[]>,
  enter: Record<string, Point>,
): void {
  for (const [name, port] of Object.entries(enter)) {
    const own = column.enter.filter((crossing) => crossing.outside === name);
    const end = edges[own[0].edge.id].at(-1);
    if (own.length > 1 || end === undefined || end.x === port.x) continue;
    const line = [{ x: end.x, y: 0 }, end];
    const blocked = Object.entries(nodes).some(([id, box]) => id !== own[0].inside && touches(line, box, 9));
    const crowded = Object.values(enter).some((other) => other !== port && Math.abs(other.x - end.x) < 10);
    if (blocked || crowded) continue;
    enter[name] = { x: end.x, y: 0 };
    edges[own[0].edge.id] = line;
  }
}

/** Equal for columns that look alike: T steps of a network are laid out once. */
export function columnKey(column: Column): string {
  const index = new Map(column.nodes.map((node, i) => [node.id, i]));
  const crossings = (list: readonly Crossing[]) => list.map((c) => [c.outside, index.get(c.inside)]);
  return JSON.stringify([
    column.nodes.map((node) => [node.width, node.height]),
    column.inner.map((edge) => [index.get(edge.source), index.get(edge.target)]),
    crossings(column.enter),
    crossings(column.leave),
  ]);
}

/** The layout of `from` told in the ids of `to`, a column of equal key. */
export function renamed(layout: ColumnLayout, from: Column, to: Column): ColumnLayout {
  const edgesOf = (c: Column) =>
    [...c.enter, ...c.leave].map((x) => x.edge.id).concat(c.inner.map((e) => e.id));
  const [oldEdges, newEdges] = [edgesOf(from), edgesOf(to)];
  return {
    ...layout,
    nodes: Object.fromEntries(to.nodes.map((node, i) => [node.id, layout.nodes[from.nodes[i].id]])),
    edges: Object.fromEntries(newEdges.map((id, i) => [id, layout.edges[oldEdges[i]]])),
  };
}
