/** Vanishing and exploding gradients, with their settings. */

import { defineExample, type SettingsOf, seedSetting } from '../example.ts';
import { studyVanishing } from './study.ts';
import { cellNames, initialisations, type VanishingOptions, vanishing } from './vanishing.ts';
import { DEFAULT_SENTENCE } from './words.ts';

const settings = {
  sentence: {
    kind: 'text',
    default: DEFAULT_SENTENCE,
    maxLength: 400,
    label: 'sentence',
    help: 'each word is to predict the next',
  },
  cell: {
    kind: 'choice',
    default: 'rnn',
    choices: cellNames,
    label: 'cell',
    help: 'of the graph; the study has all three',
  },
  radius: {
    kind: 'number',
    default: 0.5,
    min: 0.1,
    max: 2,
    step: 0.05,
    label: 'spectral radius',
    help: 'of W, and of each recurrent matrix of the LSTM and the GRU',
  },
  init: {
    kind: 'choice',
    default: 'random',
    choices: initialisations,
    label: 'initialisation',
    help: 'of the recurrent matrices, before they are scaled to the radius',
  },
  words: {
    kind: 'number',
    default: 0.1,
    min: 0.01,
    max: 10,
    step: 0.01,
    label: 'length of the words',
    help: 'the norm of every x_t: long words saturate tanh',
  },
  keep: {
    kind: 'number',
    default: 1,
    min: 0,
    max: 6,
    step: 0.5,
    label: 'forget bias',
    help: 'bias of the gate that keeps the old state: f of the LSTM, z of the GRU',
  },
  steps: {
    kind: 'integer',
    default: 6,
    min: 1,
    max: 300,
    maxInViewer: 12,
    optional: true,
    label: 'steps T',
    help: 'time steps (default: the words less one); beyond, the sentence is read again',
  },
  seed: seedSetting('the words and of the weights'),
} as const;

function optionsOf(chosen: SettingsOf<typeof settings>): VanishingOptions {
  const { sentence, cell, radius, init, words, keep, steps, seed } = chosen;
  const common = { sentence, cell, radius, init, wordLength: words, keepBias: keep, seed };
  return steps === undefined ? common : { ...common, steps };
}

export const example = defineExample({
  name: 'vanishing',
  settings,
  build: (chosen) => vanishing(optionsOf(chosen)),
  study: (chosen, tell) => studyVanishing(optionsOf(chosen), tell),
});
