/** The focal loss with its settings. */

import { defineExample, type SettingsOf, seedSetting } from '../example.ts';
import { type FocalLossOptions, focalLossModel } from './focal-loss.ts';
import { studyFocalLoss } from './study.ts';

const settings = {
  gamma: {
    kind: 'number',
    default: 2,
    min: 0,
    max: 10,
    step: 0.5,
    label: 'γ',
    help: 'the focusing parameter γ; 0 gives the cross-entropy',
  },
  alpha: { kind: 'number', default: 1, min: 0.01, max: 1, step: 0.01, label: 'α', help: 'the weight α' },
  p: {
    kind: 'number',
    default: 0.9,
    min: 0,
    max: 1,
    step: 0.01,
    label: 'p',
    help: 'predicted probability of class 1, 0 and 1 excluded',
  },
  y: { kind: 'choice', default: '1', choices: ['1', '0'], label: 'true class y', help: 'the true class' },
  negatives: {
    kind: 'integer',
    default: 100,
    min: 1,
    max: 1000,
    label: 'negatives per positive',
    help: 'negatives for each of the 10 positives of the imbalanced data',
  },
  seed: seedSetting('the imbalanced data'),
} as const;

function optionsFrom({ gamma, alpha, p, y }: SettingsOf<typeof settings>): FocalLossOptions {
  return { gamma, alpha, p, y: y === '1' ? 1 : 0 };
}

export const example = defineExample({
  name: 'focal-loss',
  settings,
  build: (chosen) => focalLossModel(optionsFrom(chosen)),
  study: (chosen) =>
    studyFocalLoss({
      ...optionsFrom(chosen),
      seed: chosen.seed,
      negativesPerPositive: chosen.negatives,
    }),
});
