/** The rows around the columns, by ELK: parameters above with a rail each, totals below. */

import type { ElkExtendedEdge, ElkNode, ElkPort } from 'elkjs/lib/elk-api.js';
import type { ColumnLayout } from './column.ts';
import { type Elk, LAYERED, sectionPoints } from './elk.ts';
import type { Parts } from './parts.ts';
import type { Box, Point, SpecNode } from './spec.ts';

export interface OuterLayout {
  readonly nodes: Readonly<Record<string, Box>>;
  readonly columns: readonly Point[];
  /** Whole edges outside of columns; of edges into and out of columns the part outside. */
  readonly edges: Readonly<Record<string, readonly Point[]>>;
}

const OPTIONS = {
  ...LAYERED,
  // columns stay in the order of time, parameters in that of their definition
  'elk.layered.crossingMinimization.forceNodeModelOrder': 'true',
  // the order of the top row, which model order gives up where that saves crossings
  'elk.layered.crossingMinimization.semiInteractive': 'true',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.padding': '[top=0,left=0,bottom=0,right=0]',
  'elk.layered.spacing.nodeNodeBetweenLayers': '34',
  'elk.layered.spacing.edgeNodeBetweenLayers': '22',
};

const WIDE = { 'elk.spacing.nodeNode': '36', 'elk.layered.spacing.edgeEdgeBetweenLayers': '16' };
const CLOSE = { 'elk.spacing.nodeNode': '16', 'elk.layered.spacing.edgeEdgeBetweenLayers': '9' };

/** More nodes than these in the top row stand closer. */
const CROWDED = 6;

/** The nodes above and below share one port each: their edges run along one rail. */
export async function layoutOuter(
  elk: Elk,
  parts: Parts,
  columns: readonly ColumnLayout[],
): Promise<OuterLayout> {
  const single = (node: SpecNode, place: Record<string, string> = {}): ElkNode => ({
    id: `node:${node.id}`,
    width: node.width,
    height: node.height,
    layoutOptions: { 'elk.portConstraints': 'FIXED_SIDE', ...place },
    ports: [
      { id: `in:${node.id}`, width: 0, height: 0, layoutOptions: { 'elk.port.side': 'NORTH' } },
      { id: `out:${node.id}`, width: 0, height: 0, layoutOptions: { 'elk.port.side': 'SOUTH' } },
    ],
  });
  const edges: ElkExtendedEdge[] = [];
  const boxes = columns.map((column, i): ElkNode => {
    const port = (kind: string, side: string, [name, p]: [string, Point]): ElkPort => ({
      id: `${kind}:${i}:${name}`,
      ...p,
      width: 0,
      height: 0,
      layoutOptions: { 'elk.port.side': side },
    });
    for (const { edge, outside } of parts.columns[i].enter)
      edges.push({ id: edge.id, sources: [`out:${outside}`], targets: [`enter:${i}:${outside}`] });
    for (const { edge, outside } of parts.columns[i].leave)
      edges.push({ id: edge.id, sources: [`leave:${i}:${outside}`], targets: [`in:${outside}`] });
    return {
      id: `column:${i}`,
      width: column.width,
      height: column.height,
      layoutOptions: { 'elk.portConstraints': 'FIXED_POS', 'elk.alignment': 'TOP' },
      ports: [
        ...Object.entries(column.enter).map((entry) => port('enter', 'NORTH', entry)),
        ...Object.entries(column.leave).map((entry) => port('leave', 'SOUTH', entry)),
      ],
    };
  });
  for (const { id, source, target } of parts.outer)
    edges.push({ id, sources: [`out:${source}`], targets: [`in:${target}`] });

  const graph: ElkNode = {
    id: 'root',
    layoutOptions: { ...OPTIONS, ...(parts.top.length > CROWDED ? CLOSE : WIDE) },
    children: [
      ...parts.top.map((node, i) => single(node, { 'elk.position': `(${200 * i},0)` })),
      ...boxes,
      ...parts.below.map((node) => single(node)),
    ],
    edges,
  };
  const done = await elk(graph);
  const box = (id: string): Box => {
    const { x, y, width, height } = done.children!.find((child) => child.id === id)!;
    return { x: x!, y: y!, width: width!, height: height! };
  };
  return {
    nodes: Object.fromEntries([...parts.top, ...parts.below].map(({ id }) => [id, box(`node:${id}`)])),
    columns: columns.map((_, i) => box(`column:${i}`)),
    edges: Object.fromEntries((done.edges ?? []).map((edge) => [edge.id, sectionPoints(edge)])),
  };
}
