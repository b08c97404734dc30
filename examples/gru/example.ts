/** The GRU with its settings. */

import { defineExample, type SettingsOf } from '../example.ts';
import { buildSequence, outputsSetting, sequenceSettings } from '../recurrent/settings.ts';
import { gru, gruCell, resets, updates } from './gru.ts';
import { studyGru } from './study.ts';

const { inputs, ...common } = sequenceSettings;

const settings = {
  ...common,
  reset: {
    kind: 'choice',
    default: 'before',
    choices: resets,
    label: 'reset gate',
    help: 'before the product, W_g (r ⊙ H), as in Cho 2014; or after it, r ⊙ (W_g H + c_g), as in cuDNN',
  },
  update: {
    kind: 'choice',
    default: 'old',
    choices: updates,
    label: 'z multiplies',
    help: 'the old state, as in Cho 2014, PyTorch and Keras; or the candidate, as in Chung 2014',
  },
  outputs: outputsSetting,
  weights: {
    kind: 'file',
    label: 'weights',
    help: 'JSON { "U_r": [[…]], "W_r": [[…]], "b_r": […], …, "V": [[…]], "H_0": […] }; those left out are seeded',
  },
  inputs,
} as const;

function build(chosen: SettingsOf<typeof settings>, note: (line: string) => void) {
  const { reset, update, outputs } = chosen;
  return buildSequence(gruCell({ reset, update }), chosen, note, (options) =>
    gru({ ...options, reset, update, outputs }),
  );
}

export const example = defineExample({
  name: 'gru',
  settings,
  build,
  study: (chosen) => {
    const { reset, update, loss, outputs } = chosen;
    return studyGru(
      build(chosen, () => {}),
      { reset, update, loss, outputs },
    );
  },
});
