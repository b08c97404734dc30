import { beforeAll, describe, expect, test } from 'vitest';
import { descend, measureOf, measures } from '../examples/iou/descent.ts';
import { example } from '../examples/iou/example.ts';
import { type Box, type IouOptions, iou, type Loss, losses } from '../examples/iou/iou.ts';
import { equalDistancePairs } from '../examples/iou/search.ts';
import { measure } from '../examples/measure.ts';
import { maxRelativeError } from '../src/interop/compare.ts';
import { loadTfjs } from '../src/interop/tfjs/load.ts';
import type { Tfjs } from '../src/interop/tfjs/oracle.ts';
import { uniform } from '../src/model/random.ts';
import { chosen, misjudged, refusal, refuted, studied } from './support/study.ts';

/**
 * By hand, for boxes without common edges. Along each axis only the inner edges move the intersection I = wh, only the
 * outer ones the enclosing box C = WH; S is the area of A, U = S + S_B − I:
 * dIoU = (dI − IoU dU)/U, GIoU = IoU − 1 + U/C: dGIoU = dIoU + dU/C − U dC/C²,
 * DIoU = IoU − d²/c² with c² = W² + H²: dDIoU = dIoU − (d(d²) − (d²/c²) d(c²))/c².
 */
function byHand(a: Box, b: Box): Record<Loss, { value: number; byA: number[] }> {
  const inner = [0, 1].map((i) => Math.min(a[i + 2], b[i + 2]) - Math.max(a[i], b[i]));
  const meets = inner[0] > 0 && inner[1] > 0;
  const I = meets ? inner[0] * inner[1] : 0;
  const outer = [0, 1].map((i) => Math.max(a[i + 2], b[i + 2]) - Math.min(a[i], b[i]));
  const C = outer[0] * outer[1];
  const U = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - I;
  const apart = [0, 1].map((i) => (a[i] + a[i + 2] - b[i] - b[i + 2]) / 2);
  const d2 = apart[0] ** 2 + apart[1] ** 2;
  const c2 = outer[0] ** 2 + outer[1] ** 2;
  const l2 = Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]) ** 2, 0));
  const byA = { iou: [0, 0, 0, 0], giou: [0, 0, 0, 0], diou: [0, 0, 0, 0], l2: [0, 0, 0, 0] };
  for (let i = 0; i < 4; i++) {
    const axis = i % 2;
    const other = 1 - axis;
    const sign = i < 2 ? -1 : 1; // the low edge makes things smaller where it grows
    const isInner = i < 2 ? a[i] > b[i] : a[i] < b[i];
    const dI = meets && isInner ? sign * inner[other] : 0;
    const dU = sign * (a[other + 2] - a[other]) - dI;
    const dC = isInner ? 0 : sign * outer[other];
    const dc2 = isInner ? 0 : 2 * sign * outer[axis];
    const dIoU = (dI - (I / U) * dU) / U;
    byA.iou[i] = dIoU;
    byA.giou[i] = dIoU + dU / C - (U * dC) / C ** 2;
    byA.diou[i] = dIoU - (apart[axis] - (d2 / c2) * dc2) / c2;
    byA.l2[i] = (a[i] - b[i]) / l2;
  }
  return {
    iou: { value: I / U, byA: byA.iou },
    giou: { value: I / U - (C - U) / C, byA: byA.giou },
    diou: { value: I / U - d2 / c2, byA: byA.diou },
    l2: { value: l2, byA: byA.l2 },
  };
}

function randomBox(random: () => number): Box {
  const [x, y] = [100 * random(), 100 * random()];
  return [x, y, x + 5 + 80 * random(), y + 5 + 80 * random()];
}

const centre = ([x1, y1, x2, y2]: Box): Box => [(x1 + x2) / 2, (y1 + y2) / 2, x2 - x1, y2 - y1];

describe('measures of two boxes', () => {
  let tf: Tfjs | undefined;
  beforeAll(async () => {
    tf = await loadTfjs();
    expect(tf).toBeDefined();
  });

  test.each(losses)('%s: value and gradient are those written by hand, in both formats', (loss) => {
    const [corners, centres] = [measureOf(loss), measureOf(loss, 'centre-size')];
    const random = uniform(5);
    const kinds = new Set<string>();
    for (let sample = 0; sample < 200; sample++) {
      const [a, b] = [randomBox(random), randomBox(random)];
      const hand = byHand(a, b)[loss];
      const found = corners(a, b);
      const where = `${a} and ${b}`;
      expect(maxRelativeError([found.value], [hand.value], 0), where).toBeLessThan(1e-10);
      expect(maxRelativeError(found.byA, hand.byA, 0), where).toBeLessThan(1e-10);
      // B's place in the measures is A's: swapping the boxes swaps the gradients
      expect(maxRelativeError(found.byB, byHand(b, a)[loss].byA, 0), where).toBeLessThan(1e-10);
      const [x1, y1, x2, y2] = hand.byA;
      const byCentre = [x1 + x2, y1 + y2, (x2 - x1) / 2, (y2 - y1) / 2];
      expect(maxRelativeError(centres(centre(a), centre(b)).byA, byCentre, 1e-4), where).toBeLessThan(1e-10);
      const overlap = byHand(a, b).iou.value;
      kinds.add(overlap === 0 ? 'apart' : overlap > 0.3 ? 'close' : 'overlapping');
    }
    expect(kinds.size).toBe(3);
  });

  test.each(losses)('%s: the loss agrees with differences and tfjs', (loss) => {
    for (const format of ['corners', 'centre-size'] as const) {
      for (const b of [
        [10, 20, 110, 120],
        [60, 70, 140, 90],
        [160, 170, 240, 190],
      ] satisfies Box[]) {
        const a: Box = [50, 50, 150, 150];
        const boxes = format === 'corners' ? { a, b } : { a: centre(a), b: centre(b) };
        expect(misjudged(iou({ ...boxes, format, loss }), 'L', ['A', 'B'], tf), `${b}`).toEqual([]);
      }
    }
  });

  test('equal L2, different IoU: the two pairs', () => {
    const all = measures();
    const a: Box = [50, 50, 150, 150];
    const first = [all.l2, all.iou].map((one) => one(a, [10, 20, 110, 120]).value);
    const second = [all.l2, all.iou].map((one) => one(a, [50, 100, 150, 200]).value);
    expect(first[0]).toBe(second[0]);
    expect(first[0]).toBeCloseTo(70.71, 2);
    expect(first[1]).toBeCloseTo(0.2658, 4);
    expect(second[1]).toBeCloseTo(0.3333, 4);
  });

  test('published values: nested, far and equal boxes', () => {
    const all = measures();
    // a box inside another of four times its area: C = U, so GIoU = IoU; concentric, so DIoU = IoU
    const nested = losses.map((loss) => all[loss]([0, 0, 4, 4], [1, 1, 3, 3]).value);
    expect(nested).toEqual([0.25, 0.25, 0.25, 2]);
    // two unit squares with a gap of one: GIoU = −1/3, DIoU = −4/10
    const far = losses.map((loss) => all[loss]([0, 0, 1, 1], [2, 0, 3, 1]).value);
    [0, -1 / 3, -0.4, Math.sqrt(8)].forEach((value, i) => expect(far[i]).toBeCloseTo(value, 14));
    expect(losses.map((loss) => all[loss]([1, 2, 3, 5], [1, 2, 3, 5]).value)).toEqual([1, 1, 1, 0]);
  });

  test('the gradient of IoU is 0 for boxes apart, those of the others are not', () => {
    const all = measures();
    const gradient = (loss: Loss) => all[loss]([0, 0, 10, 10], [15, 20, 30, 31]).byA;
    expect(gradient('iou').every((d) => d === 0)).toBe(true);
    for (const loss of ['giou', 'diou', 'l2'] as const) {
      expect(gradient(loss).some((d) => Math.abs(d) > 1e-4)).toBe(true);
    }
  });
});

test('the search finds boxes of equal L2, and the largest difference of IoU first', () => {
  const handIou = (a: Box, b: Box) => byHand(a, b).iou.value;
  const a: Box = [50, 50, 150, 150];
  const pairs = equalDistancePairs(a, 1, handIou);
  expect(pairs.length).toBeGreaterThan(1000);
  const squared = (box: Box) => box.reduce((sum, value, i) => sum + (value - a[i]) ** 2, 0);
  let last = 1;
  for (const { key, low, high } of pairs) {
    expect([squared(low.box), squared(high.box)]).toEqual([key, key]); // whole numbers: exactly equal
    expect([low.iou, high.iou]).toEqual([handIou(a, low.box), handIou(a, high.box)]);
    expect(high.iou - low.iou).toBeLessThanOrEqual(last);
    last = high.iou - low.iou;
  }
  expect(equalDistancePairs(a, 1, handIou)).toEqual(pairs);
  expect(equalDistancePairs(a, 2, handIou)).not.toEqual(pairs);
});

test('descent moves a box to its target, except under IoU to one that it does not touch', () => {
  const all = measures();
  for (const loss of losses) {
    expect(descend(all, loss, [0, 0, 10, 20], [4, 6, 15, 24]).iou.at(-1)).toBeGreaterThan(0.99);
    const apart = descend(all, loss, [0, 0, 10, 20], [14, 26, 24, 45]);
    if (loss === 'iou') expect(apart.boxes.at(-1)).toEqual([0, 0, 10, 20]);
    else expect(apart.iou.at(-1)).toBeGreaterThan(0.99);
  }
});

const SHAPES: readonly [what: string, start: Box, target: Box][] = [
  ['a box around a small one', [50, 50, 150, 150], [95, 95, 105, 105]],
  ['a small box in a large one', [90, 95, 105, 115], [-500, -500, 500, 500]],
  ['thin boxes', [0, 0, 1000, 2], [10, 0.5, 900, 3]],
  ['almost the target', [1e-12, 0, 1, 1], [0, 0, 1, 1]],
];

test.each(SHAPES)('descent ends at the target, without going back and forth: %s', (_, start, target) => {
  const all = measures();
  for (const loss of losses) {
    const { losses: L, iou } = descend(all, loss, start, target);
    expect(iou.at(-1)).toBeGreaterThan(1 - 1e-9);
    expect(L.at(-1)).toBeLessThan(1e-6); // L2 is in pixels
    expect(L.filter((value, t) => t > 0 && value > L[t - 1] + 1e-9).length).toBeLessThan(40);
  }
});

test('charts of descents end where nothing moves any more, and say so', async () => {
  for (const texts of [{}, { b: '95,95,105,105' }, { a: '0,0,10,400', b: '200,300,210,310' }]) {
    const { figures } = await studied(example, texts);
    for (const { title, series } of figures.filter((figure) => figure.kind === 'lines')) {
      const steps = Number(/: the first (\d+) of 2000 steps$/.exec(title)![1]);
      const values = series.map(({ points }) => points.map(([, value]) => value));
      expect(series.map(({ points }) => points.at(-1)![0])).toEqual(Array(4).fill(steps));
      expect(series[0].points.length).toBeGreaterThan(10);
      const height = Math.max(...values.flat()) - Math.min(...values.flat());
      const tail = values.map((line) => line.slice(Math.ceil(0.9 * line.length)));
      for (const line of tail)
        for (const value of line) expect(Math.abs(value - line.at(-1)!)).toBeLessThan(0.01 * height);
      // at a third of the way something still moves
      const rest = values.map((line) => line.slice(Math.floor(line.length / 3)));
      expect(rest.some((line) => Math.abs(line[0] - line.at(-1)!) > 0.01 * height)).toBe(true);
    }
  }
});

describe('the example', () => {
  test.each([
    {},
    { a: '0,0,1000,2', b: '500,-500,503,500' },
    { a: '-0.0006,-0.0009,450214,2685', b: '0.007,1639,1.29,5038' },
    { a: '-1e6,-1e6,1e6,1e6', b: '1e-6,0,2e-6,1' },
    { a: '0,0,38.28,676.66', b: '3.234,0,3.253,0.388' }, // a step over the target would not come back
    { b: '50,100,150,200', loss: 'diou' },
    { a: '0 0 1 1', b: '(0.4, 0.3, 3, 9)', loss: 'giou', seed: '9' },
    { a: '100,100,40,20', b: '130,90,200,10', boxes: 'centre-size', loss: 'l2' },
    { a: '0,0,10,400', b: '200,300,210,310' },
    { a: '50,50,150,150', b: '50,50,150,150' },
    { a: '-30,-20,-10,-5', b: '-20.5,-15,7,0.25' },
  ])('%j: every claim holds', async (texts) => {
    expect(refuted(await studied(example, texts))).toEqual([]);
  });

  test('says the figures', async () => {
    const { claims } = await studied(example);
    expect(claims[0].text).toContain('are 70.71 = √5000 away over (x1, y1, x2, y2)');
    expect(claims[0].text).toContain('IoU is 0.2658 = 4200/15800 and 0.3333 = 5000/15000');
    expect(claims[1].text).toContain('IoU = 0.2658, GIoU = 0.134, DIoU = 0.1973');
  });

  test('the loss is 1 − the measure, and L2 itself', () => {
    const options: IouOptions = { a: [0, 0, 4, 4], b: [1, 2, 6, 5] };
    const all = measures();
    for (const loss of losses) {
      const [L] = measure(iou({ ...options, loss }), 'L', []).value('L');
      const { value } = all[loss](options.a!, options.b!);
      expect(L).toBeCloseTo(loss === 'l2' ? value : 1 - value, 14);
    }
  });

  test('says where the loss has a kink', () => {
    const notes: string[] = [];
    example.build(chosen(example, { b: '50,100,150,200' }), (line) => notes.push(line));
    expect(notes).toEqual([
      'note: A and B have the same x1, x2: the loss has a kink there, and the gradient is the mean of both sides',
    ]);
    example.build(chosen(example), (line) => notes.push(line));
    expect(notes).toHaveLength(1);
  });

  test.each([
    ['0,0,100,100', '100,0,200,100', ['A and B touch, x2 of A is x1 of B']],
    ['0,0,100,100', '-50,20,0,60', ['A and B touch, x1 of A is x2 of B']],
    ['0,0,100,100', '20,100,60,150', ['A and B touch, y2 of A is y1 of B']],
    ['0,0,100,100', '20,-9,60,0', ['A and B touch, y1 of A is y2 of B']],
    ['0,0,100,100', '100,100,200,200', []], // at a corner: along no coordinate
    ['0,0,100,100', '200,0,300,100', []],
  ])('of IoU alone, %s and %s: %j, and the slopes of both sides differ there', (a, b, expected) => {
    const notes: string[] = [];
    example.build(chosen(example, { a, b }), (line) => notes.push(line));
    expect(notes.map((note) => note.slice('note: '.length).split(':')[0])).toEqual(expected);
    const [A, B] = [a, b].map((text) => text.split(',').map(Number) as unknown as Box);
    const at = (box: readonly number[]) => byHand(box as Box, B).iou.value;
    const kinked = [0, 1, 2, 3].filter((i) => {
      const moved = (by: number) => at(A.map((value, j) => (j === i ? value + by : value)));
      return Math.abs(moved(1e-4) + moved(-1e-4) - 2 * at(A)) > 1e-9;
    });
    expect(kinked.map((i) => ['x1', 'y1', 'x2', 'y2'][i])).toEqual(
      expected.map((text) => /touch, (..)/.exec(text)![1]),
    );
  });

  test('of GIoU: those of the box around both as well', () => {
    const notes: string[] = [];
    const touching = { a: '0,0,100,100', b: '100,0,200,100', loss: 'giou' };
    example.build(chosen(example, touching), (line) => notes.push(line));
    expect(notes).toEqual([
      'note: A and B have the same y1, y2: the loss has a kink there, and the gradient is the mean of both sides',
      'note: A and B touch, x2 of A is x1 of B: the overlap has a kink there, and its gradient is 0, as it is for boxes apart',
    ]);
  });

  test.each([
    [{ a: '1,2,3' }, 'a: 3 numbers given, expected four: x1, y1, x2, y2'],
    [{ a: '1' }, 'a: 1 number given, expected four: x1, y1, x2, y2'],
    [{ b: '150,50,50,150' }, 'b: the width x2 − x1 is -100, expected more than 0'],
    [{ b: '50,150,150,150' }, 'b: the height y2 − y1 is 0, expected more than 0'],
    [{ a: '0,0,1e200,1' }, 'a: x2 is 1e+200, expected a number from -1000000 to 1000000'],
    [{ a: '0,0,1,1e-9' }, 'a: the height y2 − y1 is 1e-9, expected at least 0.000001'],
    [{ a: '1,1,3,-4', boxes: 'centre-size' }, 'a: the height is -4, expected more than 0'],
    [{ a: '1,two,3,4' }, 'a: number 2 is "two", expected a number as in x1,y1,x2,y2: 50,50,150,150'],
    [{ a: '1,,3,4' }, 'a: number 2 is missing, expected a number as in x1,y1,x2,y2: 50,50,150,150'],
    [{ a: ' ' }, 'a is empty, expected x1,y1,x2,y2: 50,50,150,150'],
    [{ loss: 'IoU' }, '--loss is "IoU", expected iou, giou, diou or l2; did you mean iou?'],
  ])('refuses %j', (texts, message) => {
    expect(refusal(() => example.build(chosen(example, texts), () => {}))).toBe(message);
  });
});
