/** The view as something to lay out: sizes by role and label, columns by step. */

import type { Document } from '../state/document.ts';
import type { View, ViewNode } from '../state/view.ts';
import type { Spec, SpecNode } from './spec.ts';

/** Widths are a table, not a measurement: positions must not depend on the fonts of the machine. */
/** They are those of bold letters at the largest size that names grow to. */
const LETTER = 15;
const LARGE_LETTER = 17;
/** From so many steps on the picture is wide and low: names get more room, to stay legible when it is fitted. */
export const LONG = 6;
/** More parameters than these are narrower: their row would be wider than all steps. */
const CROWDED = 6;

/** Height of the line that holds a node's name. */
export const labelHeight = (steps: number) => (steps >= LONG ? 46 : 27);

export function specOf(document: Document, view: View): Spec {
  const byId = new Map(view.nodes.map((node) => [node.id, node]));
  const columns = document.steps.length;
  const crowded = view.nodes.filter((node) => node.role === 'parameter').length > CROWDED;
  const extra = labelHeight(columns) - labelHeight(0);
  return {
    groups: document.steps,
    nodes: view.nodes.map((node): SpecNode => {
      const size = sizeOf(document, node, extra, crowded);
      if (node.step !== '') return { id: node.key, ...size, group: node.step };
      if (node.role === 'parameter') return { id: node.key, ...size, place: 'top' };
      return node.role === 'leaf' && columns > 0
        ? { id: node.key, ...size, place: 'left' }
        : { id: node.key, ...size };
    }),
    edges: view.edges.map((edge) => ({
      id: edge.key,
      source: byId.get(edge.source)!.key,
      target: byId.get(edge.target)!.key,
    })),
  };
}

function sizeOf(
  document: Document,
  node: ViewNode,
  extra: number,
  crowded: boolean,
): { width: number; height: number } {
  const text = [...node.label].length * (extra > 0 ? LARGE_LETTER : LETTER) + 20;
  const rank = document.graph.node(node.id).shape.length;
  const wide = (width: number) => Math.max(width, text);
  switch (node.role) {
    case 'op':
      return { width: wide(46) + 2 * node.label.length, height: 34 + extra / 2 };
    case 'leaf':
      return { width: wide(72), height: (rank > 2 ? 104 : rank > 1 ? 78 : 48) + extra };
    case 'parameter':
      return { width: wide(crowded ? 88 : 124), height: (rank > 2 ? 112 : 80) + extra };
    default:
      return { width: wide(rank > 2 ? 132 : 88), height: (rank > 1 ? 98 : 64) + extra };
  }
}
