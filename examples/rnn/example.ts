/** The RNN with its settings. */

import { defineExample } from '../example.ts';
import { buildSequence, sequenceSettings } from '../recurrent/settings.ts';
import { rnn, rnnCell } from './rnn.ts';
import { studyUses } from './study.ts';

const { inputs, ...settings } = sequenceSettings;

export const example = defineExample({
  name: 'rnn',
  settings: {
    ...settings,
    weights: {
      kind: 'file',
      label: 'weights',
      help: 'JSON { "U": [[…]], "W": [[…]], "V": [[…]], "H_0": […] }; those left out are seeded',
    },
    inputs,
  },
  build: (chosen, note) => buildSequence(rnnCell, chosen, note, rnn),
  study: (chosen) => studyUses(buildSequence(rnnCell, chosen, () => {}, rnn)),
});
