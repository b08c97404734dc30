/** Polylines as Cytoscape wants them: bends as weights along and distances from the line between the ends. */

import { type Box, centre, type Point } from '../layout/spec.ts';

export interface EdgeGeometry {
  readonly sourceEnd: string;
  readonly targetEnd: string;
  /** Absent on straight edges. */
  readonly weights?: string;
  readonly distances?: string;
  readonly radii?: string;
}

const RADIUS = 7;

/** Exact: with `edge-distances: endpoints` the bends come out where they were put. */
export function edgeGeometry(points: readonly Point[], source: Box, target: Box): EdgeGeometry {
  const [s, t] = [points[0], points[points.length - 1]];
  const ends = { sourceEnd: relative(s, source), targetEnd: relative(t, target) };
  const bends = points.slice(1, -1);
  const [vx, vy] = [t.x - s.x, t.y - s.y];
  const square = vx * vx + vy * vy;
  if (bends.length === 0 || square === 0) return ends;
  const length = Math.sqrt(square);
  const weights = bends.map((p) => ((p.x - s.x) * vx + (p.y - s.y) * vy) / square);
  const distances = bends.map((p) => ((p.x - s.x) * -vy + (p.y - s.y) * vx) / length);
  return {
    ...ends,
    weights: weights.join(' '),
    distances: distances.join(' '),
    radii: radii(points).join(' '),
  };
}

function relative(p: Point, box: Box): string {
  const c = centre(box);
  return `${p.x - c.x}px ${p.y - c.y}px`;
}

/** Round corners, no rounder than the shorter of the two lines that meet there allows. */
function radii(points: readonly Point[]): number[] {
  const lengths = points.slice(1).map((b, i) => Math.hypot(b.x - points[i].x, b.y - points[i].y));
  return points.slice(1, -1).map((_, i) => Math.min(RADIUS, lengths[i] / 2, lengths[i + 1] / 2));
}
