/** What is drawn, for a test or a person in the console: a canvas has no elements to look at. */

import type { Core, NodeSingular } from 'cytoscape';
import type { Layout, Point } from '../layout/spec.ts';

interface Drawn {
  readonly id: string;
  readonly classes: readonly string[];
}

/** Points are in model coordinates, unless they are of the screen. */
export interface Reading {
  readonly nodes: readonly (Drawn & {
    readonly x: number;
    readonly y: number;
    readonly screen: Point;
    readonly width: number;
    /** Width of the name. */
    readonly text: number;
    /** Of the name, in pixels of the screen. */
    readonly size: number;
  })[];
  readonly edges: readonly (Drawn & { readonly points: Point[]; readonly middle: Point })[];
  readonly layout: Layout | undefined;
}

export function readingOf(cy: Core, layout: Layout | undefined): Reading {
  const shown = cy.elements();
  return {
    nodes: shown.nodes().map((node) => ({
      id: node.id(),
      classes: [...node.classes()],
      ...node.position(),
      screen: node.renderedPosition(),
      width: node.width(),
      text: textWidth(node),
      size: node.numericStyle('font-size') * cy.zoom(),
    })),
    edges: shown.edges().map((edge) => ({
      id: edge.id(),
      classes: [...edge.classes()],
      points: [edge.sourceEndpoint(), ...(edge.segmentPoints() ?? []), edge.targetEndpoint()].map(
        ({ x, y }) => ({ x, y }),
      ),
      middle: onScreen(cy, layout?.edges[edge.id()]),
    })),
    layout,
  };
}

function textWidth(node: NodeSingular): number {
  return node.boundingBox({
    includeNodes: false,
    includeOverlays: false,
    includeUnderlays: false,
    includeLabels: true,
  }).w;
}

/** A point on the longest straight part of an edge, in the container's pixels. */
function onScreen(cy: Core, points: readonly Point[] | undefined): Point {
  if (points === undefined || points.length < 2) return { x: 0, y: 0 };
  let best = { length: -1, x: 0, y: 0 };
  points.slice(1).forEach((b, i) => {
    const a = points[i];
    const length = Math.hypot(b.x - a.x, b.y - a.y);
    if (length > best.length) best = { length, x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  });
  const pan = cy.pan();
  return { x: best.x * cy.zoom() + pan.x, y: best.y * cy.zoom() + pan.y };
}
