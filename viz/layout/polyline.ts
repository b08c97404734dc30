/** Geometry of polylines. */

import type { Box, Point } from './spec.ts';

const SAME = 1e-6;
const near = (a: number, b: number) => Math.abs(a - b) < SAME;

/** Two polylines, the second starting where the first ends, as one. */
export function joined(a: readonly Point[], b: readonly Point[]): Point[] {
  return simplified([...a, ...b]);
}

/** Without repeated points and without bends that do not bend. */
export function simplified(points: readonly Point[]): Point[] {
  const out: Point[] = [];
  for (const p of points) {
    const last = out.at(-1);
    if (last !== undefined && near(last.x, p.x) && near(last.y, p.y)) continue;
    const before = out.at(-2);
    const straight =
      last !== undefined &&
      before !== undefined &&
      ((near(before.x, last.x) && near(last.x, p.x)) || (near(before.y, last.y) && near(last.y, p.y)));
    if (straight) out.pop();
    out.push({ x: p.x, y: p.y });
  }
  return out;
}

/** Does an axis-parallel polyline touch the box, grown by `margin`? */
export function touches(points: readonly Point[], box: Box, margin: number): boolean {
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1], points[i]];
    const overlaps =
      Math.max(a.x, b.x) > box.x - margin &&
      Math.min(a.x, b.x) < box.x + box.width + margin &&
      Math.max(a.y, b.y) > box.y - margin &&
      Math.min(a.y, b.y) < box.y + box.height + margin;
    if (overlaps) return true;
  }
  return false;
}

/**
 * The polyline moved `distance` to the right of its direction of travel: lanes of one bundle stay parallel around
 * corners. Ends move with their segments.
 */
export function offset(points: readonly Point[], distance: number): Point[] {
  if (points.length < 2 || distance === 0) return [...points];
  const normals = points.slice(1).map((b, i) => {
    const a = points[i];
    const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
    return { x: -(b.y - a.y) / length, y: (b.x - a.x) / length };
  });
  return points.map((p, i) => {
    const n = normals[Math.max(0, i - 1)];
    const m = normals[Math.min(normals.length - 1, i)];
    // the meeting point of the two moved segments
    const scale = distance / Math.max(0.2, 1 + n.x * m.x + n.y * m.y);
    return { x: p.x + (n.x + m.x) * scale, y: p.y + (n.y + m.y) * scale };
  });
}
