/** The figures of the study of vanishing gradients. */

import type { BarFigure, LineFigure } from '../example.ts';
import { onLog, sub } from '../recurrent/figures.ts';
import type { Norms, PerCell, SaturationRun, SweepRow } from './probe.ts';
import { type CellName, cellNames, type Resolved } from './vanishing.ts';

const titles: PerCell<string> = { rnn: 'RNN', lstm: 'LSTM', gru: 'GRU' };

const points = (values: readonly number[]) => values.map((value, i): [number, number] => [i, onLog(value)]);

/** ‖∂E_T/∂H_k‖ by lag for the three cells, and the RNN's bound. */
export function fading({ radius }: Resolved, norms: PerCell<Norms>, bound: readonly number[]): LineFigure {
  const T = norms.rnn.byLag.length;
  const E = sub('E', T);
  return {
    kind: 'lines',
    title: `‖∂${E}/∂Hₖ‖ by lag at spectral radius ${radius}`,
    x: { title: `lag ${T} − k`, unit: 'steps' },
    y: { title: `‖∂${E}/∂Hₖ‖`, unit: '1', scale: 'log' },
    series: [
      ...cellNames.map((cell) => ({
        name: titles[cell],
        points: points(norms[cell].byLag),
        marks: true as const,
      })),
      { name: 'LSTM, by Cₖ', points: points(norms.lstm.cells), dashed: true },
      { name: 'bound of the RNN', points: points(bound), dashed: true },
    ],
    note: `The bound is ‖∂${E}/∂${sub('H', T)}‖ (‖W‖ max tanh′)ˡᵃᵍ. To reach an earlier Hₖ the LSTM's gradient must leave the cells once, by the gates and g: that is the step to lag 1; beyond, the cells carry it.`,
  };
}

/** ‖∂E_T/∂x_k‖ over the words. */
export function perWord({ task }: Resolved, norms: PerCell<Norms>): BarFigure {
  const T = task.words.length;
  const E = sub('E', T);
  return {
    kind: 'bars',
    title: `How much each word matters to the last prediction, “${task.vocabulary[task.targets[T - 1]]}”`,
    x: { title: 'word k', unit: 'words', categories: task.words.map((word, i) => `${i + 1} ${word}`) },
    y: { title: `‖∂${E}/∂xₖ‖`, unit: '1' },
    series: cellNames.map((cell) => ({ name: titles[cell], values: norms[cell].words })),
  };
}

/** The factor per step near rest, measured and from the cells' one-step maps. */
export function sweepFigure(rows: readonly SweepRow[]): LineFigure {
  const line = (cell: CellName, of: 'measured' | 'predicted') =>
    rows.map((row): [number, number] => [row.radius, row[of][cell]]);
  return {
    kind: 'lines',
    title: `The change of the gradient's norm per step, near rest`,
    x: { title: 'spectral radius of the recurrent matrices', unit: '1' },
    y: { title: 'factor per step of lag', unit: '1' },
    series: [
      ...cellNames.map((cell) => ({
        name: titles[cell],
        points: line(cell, 'measured'),
        marks: true as const,
      })),
      ...cellNames.map((cell) => ({
        name: `${titles[cell]}, in the limit`,
        points: line(cell, 'predicted'),
        dashed: true as const,
      })),
    ],
    note: 'Below 1 the gradient vanishes, above 1 it explodes. Words are so short that tanh′ = 1. The limit after many steps is the spectral radius of the cell’s one-step map.',
  };
}

/** All lags near rest at one radius. */
export function kept({ radius, norms }: SweepRow): LineFigure {
  return {
    kind: 'lines',
    title: `What is left of the gradient near rest, at spectral radius ${radius}`,
    x: { title: 'lag', unit: 'steps' },
    y: {
      title: `‖∂${sub('E', norms.rnn.byLag.length)}/∂Hₖ‖ beside its value at lag 1`,
      unit: '1',
      scale: 'log',
    },
    series: cellNames.map((cell) => ({
      name: titles[cell],
      points: points(norms[cell].byLag.map((value) => value / norms[cell].byLag[1])).slice(1),
    })),
  };
}

/** The RNN's gradient by lag with words of several lengths. */
export function saturation(radius: number, runs: readonly SaturationRun[]): LineFigure {
  return {
    kind: 'lines',
    title: `Saturation: the RNN at spectral radius ${radius} with words of several lengths`,
    x: { title: 'lag', unit: 'steps' },
    y: {
      title: `‖∂${sub('E', runs[0].byLag.length)}/∂Hₖ‖ beside its value at lag 0`,
      unit: '1',
      scale: 'log',
    },
    series: runs.map(({ name, byLag }) => ({
      name,
      points: points(byLag.map((value) => value / byLag[0])),
    })),
    note: 'A large state makes tanh′ = 1 − H² small; each step multiplies by it.',
  };
}
