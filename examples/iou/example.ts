/** Losses of two boxes with their settings. */

import { defineExample, type SettingsOf, seedSetting } from '../example.ts';
import { readNumbers } from '../literals.ts';
import { type Box, cornersOf, formats, type IouOptions, iou, losses, requireBox } from './iou.ts';
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

export const example = defineExample({
  name: 'iou',
  settings,
  build: (chosen, note) => {
    const options = optionsFrom(chosen);
    const [A, B] = [options.a, options.b].map((box) => cornersOf(box, options.format));
    const meeting = ['x1', 'y1', 'x2', 'y2'].filter((_, i) => A[i] === B[i]);
    if (meeting.length > 0 && options.loss !== 'l2') {
      note(
        `note: A and B have the same ${meeting.join(', ')}: the loss has a kink there, and the gradient is the mean of both sides`,
      );
    }
    return iou(options);
  },
  study: (chosen) => studyIou({ ...optionsFrom(chosen), seed: chosen.seed }),
});
