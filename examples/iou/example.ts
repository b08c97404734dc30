/** Losses of two boxes with their settings. */

import { defineExample, type SettingsOf, seedSetting } from '../example.ts';
import { readNumbers } from '../literals.ts';
import { type Box, cornersOf, formats, type IouOptions, iou, type Loss, losses, requireBox } from './iou.ts';
import { studyIou } from './study.ts';

const settings = {
  a: {
    kind: 'text',
    default: '50,50,150,150',
    maxLength: 120,
    label: 'predicted box A',
    help: 'the predicted box A: x1,y1,x2,y2, or cx,cy,w,h with --boxes centre-size',
  },
  b: {
    kind: 'text',
    default: '10,20,110,120',
    maxLength: 120,
    label: 'true box B',
    help: 'the true box B, alike',
  },
  boxes: {
    kind: 'choice',
    default: 'corners',
    choices: formats,
    label: 'boxes as',
    help: 'how both boxes are given, and what the gradient is by',
  },
  loss: { kind: 'choice', default: 'iou', choices: losses, label: 'loss L', help: 'the loss L' },
  seed: seedSetting('the search for boxes of equal L2'),
} as const;

type Chosen = SettingsOf<typeof settings>;

function optionsFrom(chosen: Chosen): Required<IouOptions> {
  const { boxes: format, loss } = chosen;
  const expected = format === 'corners' ? 'x1,y1,x2,y2: 50,50,150,150' : 'cx,cy,w,h: 100,100,100,100';
  const [a, b] = (['a', 'b'] as const).map((name) => {
    const box = readNumbers(chosen[name], name, expected);
    requireBox(name, box, format);
    return box as unknown as Box;
  });
  return { a, b, format, loss };
}

/** Where edges of the boxes A and B (as corners) meet, and what the gradient is there. */
function kinksOf(A: Box, B: Box, loss: Loss): string[] {
  const lapped = [0, 1].map((axis) => Math.min(A[axis + 2], B[axis + 2]) - Math.max(A[axis], B[axis]));
  const overlap = lapped.every((length) => length > 0);
  const same = EDGES.filter((_, i) => A[i] === B[i]);
  // one side of A on the other side of B: the overlap begins there, if the boxes overlap along the other axis
  const touching = [0, 1].flatMap((axis) => {
    if (lapped[axis] !== 0 || !(lapped[1 - axis] > 0)) return [];
    const [of, to] = A[axis + 2] === B[axis] ? [axis + 2, axis] : [axis, axis + 2];
    return [`${EDGES[of]} of A is ${EDGES[to]} of B`];
  });
  return [
    // without an overlap IoU is 0 whatever its edges are; GIoU and DIoU have the box around both
    ...(same.length > 0 && (overlap || loss !== 'iou')
      ? [
          `A and B have the same ${same.join(', ')}: the loss has a kink there, and the gradient is the mean of both sides`,
        ]
      : []),
    ...touching.map(
      (edges) =>
        `A and B touch, ${edges}: the overlap has a kink there, and its gradient is 0, as it is for boxes apart`,
    ),
  ];
}

const EDGES = ['x1', 'y1', 'x2', 'y2'] as const;

export const example = defineExample({
  name: 'iou',
  settings,
  build: (chosen, note) => {
    const options = optionsFrom(chosen);
    const [A, B] = [options.a, options.b].map((box) => cornersOf(box, options.format));
    for (const kink of options.loss === 'l2' ? [] : kinksOf(A, B, options.loss)) note(`note: ${kink}`);
    return iou(options);
  },
  study: (chosen) => studyIou({ ...optionsFrom(chosen), seed: chosen.seed }),
});
