/** The LSTM with its settings. */

import { defineExample, type SettingsOf } from '../example.ts';
import { buildSequence, outputsSetting, sequenceSettings } from '../recurrent/settings.ts';
import { lstm, lstmCell } from './lstm.ts';
import { studyLstm } from './study.ts';

const { inputs, ...common } = sequenceSettings;

const settings = {
  ...common,
  peephole: {
    kind: 'choice',
    default: 'off',
    choices: ['off', 'on'],
    label: 'peepholes',
    help: 'whether i and f see C_{t-1}, and o sees C_t, through vectors p_i, p_f, p_o',
  },
  forget: {
    kind: 'number',
    default: 1,
    min: -10,
    max: 10,
    step: 0.5,
    label: 'forget bias',
    help: 'added to the seeded bias b_f of the forget gate',
  },
  outputs: outputsSetting,
  weights: {
    kind: 'file',
    label: 'weights',
    help: 'JSON { "U_i": [[…]], "W_i": [[…]], "b_i": […], …, "V": [[…]], "H_0": […], "C_0": […] }; those left out are seeded',
  },
  inputs,
} as const;

function build(chosen: SettingsOf<typeof settings>, note: (line: string) => void) {
  const cell = { peephole: chosen.peephole === 'on', forgetBias: chosen.forget };
  return buildSequence(lstmCell(cell), chosen, note, (options) =>
    lstm({ ...options, ...cell, outputs: chosen.outputs }),
  );
}

export const example = defineExample({
  name: 'lstm',
  settings,
  build,
  study: (chosen) =>
    studyLstm(
      build(chosen, () => {}),
      chosen.peephole === 'on',
    ),
});
