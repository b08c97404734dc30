/** ELK as this folder uses it: a function from a graph to the same graph with coordinates. */

import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js';
import type { Point } from './spec.ts';

/** In a browser a worker behind it; in Node the same code directly. */
export type Elk = (graph: ElkNode) => Promise<ElkNode>;

export const LAYERED: Readonly<Record<string, string>> = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.edgeRouting': 'ORTHOGONAL',
  // without these, points are relative to whatever contains the edge
  'elk.json.edgeCoords': 'ROOT',
  'elk.json.shapeCoords': 'ROOT',
  // deterministic, and in the order of the graph
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
};

export function sectionPoints(edge: ElkExtendedEdge): Point[] {
  const section = edge.sections?.[0];
  if (section === undefined) return [];
  return [section.startPoint, ...(section.bendPoints ?? []), section.endPoint].map(({ x, y }) => ({ x, y }));
}
