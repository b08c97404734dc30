/** Pictures without ink on ink: boxes apart, columns in order, lines that end where they belong. */

import { describe, expect, test } from 'vitest';
import { rnn } from '../../examples/rnn/rnn.ts';
import { edgeGeometry } from '../../viz/canvas/segments.ts';
import { specOf } from '../../viz/layout/fromView.ts';
import { layoutSpec } from '../../viz/layout/layout.ts';
import { elkInNode } from '../../viz/layout/node.ts';
import { plainLayout } from '../../viz/layout/plain.ts';
import { offset } from '../../viz/layout/polyline.ts';
import shipped from '../../viz/layout/rnn3.json';
import { type Box, type Layout, type Point, type Spec, specKey } from '../../viz/layout/spec.ts';
import { documentOf } from '../../viz/state/document.ts';
import { viewOf } from '../../viz/state/view.ts';

const elk = elkInNode();

function specFor(
  T: number,
  open: readonly string[],
  loss: 'cross-entropy' | 'squared-error' = 'cross-entropy',
): Spec {
  const document = documentOf(rnn({ steps: T, loss }));
  return specOf(document, viewOf(document, new Set(open)));
}

test('the layout that the page ships is what ELK gives now', async () => {
  const spec = specFor(3, []);
  expect(shipped).toEqual({ key: specKey(spec), layout: await layoutSpec(spec, elk) });
});

const cases = [
  [1, []],
  [2, ['t=2']],
  [3, []],
  [3, ['t=2']],
  [3, ['t=1', 't=2', 't=3']],
  [6, ['t=1', 't=6']],
  [10, []],
] as const;

describe.for(cases)('T = %s, open: %s', ([T, open]) => {
  for (const loss of ['cross-entropy', 'squared-error'] as const) {
    test(`by ELK, ${loss}`, async () => {
      const spec = specFor(T, open, loss);
      const layout = await layoutSpec(spec, elk);
      expect(await layoutSpec(spec, elk)).toEqual(layout);
      expectTidy(spec, layout);
      expectOrthogonal(layout);
      expectClear(spec, layout);
    });
    test(`without a worker, ${loss}`, () => {
      const spec = specFor(T, open, loss);
      expectTidy(spec, plainLayout(spec));
    });
  }
});

test('closed steps are copies of one another', async () => {
  const layout = await layoutSpec(specFor(10, []), elk);
  const boxes = Object.values(layout.groups);
  for (const box of boxes) {
    expect([box.width, box.height, box.y]).toEqual([boxes[0].width, boxes[0].height, boxes[0].y]);
  }
});

test('a model without steps is laid out too', async () => {
  const spec: Spec = {
    groups: [],
    nodes: ['a', 'b', 'c', 'd'].map((id) => ({
      id,
      width: 80,
      height: 40,
      ...(id === 'a' ? { place: 'top' } : {}),
    })),
    edges: [
      { id: 'ab', source: 'a', target: 'b' },
      { id: 'ac', source: 'a', target: 'c' },
      { id: 'bd', source: 'b', target: 'd' },
      { id: 'cd', source: 'c', target: 'd' },
    ],
  };
  expectTidy(spec, await layoutSpec(spec, elk));
  expectTidy(spec, plainLayout(spec));
});

function expectTidy(spec: Spec, layout: Layout): void {
  expect(Object.keys(layout.nodes).sort()).toEqual(spec.nodes.map((node) => node.id).sort());
  expect(Object.keys(layout.edges).sort()).toEqual(spec.edges.map((edge) => edge.id).sort());
  const boxes = Object.entries(layout.nodes);
  for (const [i, [a, boxA]] of boxes.entries()) {
    for (const [b, boxB] of boxes.slice(i + 1)) expect(overlap(boxA, boxB), `${a} over ${b}`).toBe(false);
  }
  for (const { id, group } of spec.nodes) {
    for (const [name, box] of Object.entries(layout.groups)) {
      if (group === name) expect(within(layout.nodes[id], box), `${id} in ${name}`).toBe(true);
      else expect(overlap(layout.nodes[id], box), `${id} over ${name}`).toBe(false);
    }
  }
  const columns = spec.groups.map((name) => layout.groups[name]);
  for (let i = 1; i < columns.length; i++) {
    expect(columns[i].x).toBeGreaterThan(columns[i - 1].x + columns[i - 1].width);
  }
  for (const { id, source, target } of spec.edges) {
    const points = layout.edges[id];
    expect(onBorder(points[0], layout.nodes[source]), `${id} starts at ${source}`).toBe(true);
    expect(onBorder(points.at(-1)!, layout.nodes[target]), `${id} ends at ${target}`).toBe(true);
  }
}

function expectOrthogonal(layout: Layout): void {
  for (const points of Object.values(layout.edges)) {
    for (let i = 1; i < points.length; i++) {
      const [dx, dy] = [points[i].x - points[i - 1].x, points[i].y - points[i - 1].y];
      expect(Math.min(Math.abs(dx), Math.abs(dy))).toBeLessThan(1e-6);
    }
  }
}

/** No line runs through a box that it does not belong to. */
function expectClear(spec: Spec, layout: Layout): void {
  for (const { id, source, target } of spec.edges) {
    const points = layout.edges[id];
    for (const [name, box] of Object.entries(layout.nodes)) {
      if (name === source || name === target) continue;
      for (let i = 1; i < points.length; i++) {
        const [a, b] = [points[i - 1], points[i]];
        const line = {
          x: Math.min(a.x, b.x),
          y: Math.min(a.y, b.y),
          width: Math.abs(a.x - b.x),
          height: Math.abs(a.y - b.y),
        };
        expect(overlap(line, box), `edge ${id} through ${name}`).toBe(false);
      }
    }
  }
}

const overlap = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const within = (a: Box, b: Box) =>
  a.x >= b.x && a.y >= b.y && a.x + a.width <= b.x + b.width && a.y + a.height <= b.y + b.height;

function onBorder(p: Point, box: Box): boolean {
  const near = (a: number, b: number) => Math.abs(a - b) < 1e-6;
  const inX = p.x > box.x - 1e-6 && p.x < box.x + box.width + 1e-6;
  const inY = p.y > box.y - 1e-6 && p.y < box.y + box.height + 1e-6;
  const onX = near(p.x, box.x) || near(p.x, box.x + box.width);
  const onY = near(p.y, box.y) || near(p.y, box.y + box.height);
  return (inX && onY) || (inY && onX);
}

test("bends told as Cytoscape's weights and distances are where they were", () => {
  const source = { x: 0, y: 0, width: 80, height: 40 };
  const target = { x: 300, y: 200, width: 90, height: 60 };
  const points = [
    { x: 40, y: 40 },
    { x: 40, y: 120 },
    { x: 420, y: 120 },
    { x: 420, y: 160 },
    { x: 345, y: 160 },
    { x: 345, y: 200 },
  ];
  const geometry = edgeGeometry(points, source, target);
  expect([geometry.sourceEnd, geometry.targetEnd]).toEqual(['0px 20px', '0px -30px']);
  const [s, t] = [points[0], points[points.length - 1]];
  const v = { x: t.x - s.x, y: t.y - s.y };
  const length = Math.hypot(v.x, v.y);
  const list = (text: string | undefined) => (text ?? '').split(' ').map(Number);
  const distances = list(geometry.distances);
  const back = list(geometry.weights).map((weight, i) => ({
    x: s.x + weight * v.x - (distances[i] * v.y) / length,
    y: s.y + weight * v.y + (distances[i] * v.x) / length,
  }));
  back.forEach((p, i) => {
    expect(p.x).toBeCloseTo(points[i + 1].x, 9);
    expect(p.y).toBeCloseTo(points[i + 1].y, 9);
  });
});

test('lanes stay parallel around corners', () => {
  const points = [
    { x: 0, y: 0 },
    { x: 0, y: 50 },
    { x: 80, y: 50 },
    { x: 80, y: 120 },
  ];
  expect(offset(points, 5)).toEqual([
    { x: -5, y: 0 },
    { x: -5, y: 55 },
    { x: 75, y: 55 },
    { x: 75, y: 120 },
  ]);
});
