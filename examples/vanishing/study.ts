/** What is claimed about vanishing gradients: the bound, the radius, saturation, and what gates change. */

import { relativeDistance } from '../../src/chain/measure.ts';
import { maxRelativeError } from '../../src/interop/compare.ts';
import type { Claim, Figure, Study } from '../example.ts';
import { shown } from '../measure.ts';
import { brief, sub } from '../recurrent/figures.ts';
import { fading, kept, perWord, saturation, sweepFigure } from './figures.ts';
import {
  atRest,
  factorAtRest,
  factorPerStep,
  type Norms,
  normsAtRest,
  type PerCell,
  Probe,
  type SaturationRun,
  type SweepRow,
} from './probe.ts';
import { spectralNorm } from './spectrum.ts';
import {
  type CellName,
  cellNames,
  type Resolved,
  resolved,
  type VanishingOptions,
  weightsOf,
} from './vanishing.ts';

/** Steps over which the change per step is measured. */
const LONG = 100;
const RADII = [0.1, 0.3, 0.5, 0.7, 0.9, 1, 1.1, 1.3, 1.5, 1.75, 2];
/** Between these a factor is too near 1 to tell growth from decay. */
const NEAR_ONE = [0.9, 1.1] as const;
/** How near the measured factor is to the spectral radius: transients fade as a power of the lag. */
const FACTOR_TOLERANCE = 0.03;
const SATURATED_AT = 1.5;
const LENGTHS = [0.1, 1, 10];
/** Below what every gate keeps: σ(bias) is at least ½. */
const CARRY_RADIUS = 0.3;
const CARRY_FROM = 20;
const CARRY_STEPS = 20;

/** The three cells on one task: the options' own cell counts for nothing here. */
export async function studyVanishing(
  options: VanishingOptions,
  tell: (line: string, done: number) => void | Promise<void>,
): Promise<Study> {
  const perCell = <V>(make: (cell: CellName) => V) =>
    Object.fromEntries(cellNames.map((cell) => [cell, make(cell)])) as PerCell<V>;
  const typed = perCell((cell) => resolved({ ...options, cell }));
  const norms = perCell((cell) => new Probe(typed[cell]).run(typed[cell]));
  const bound = boundOf(typed.rnn, norms.rnn);
  const claims: Claim[] = [
    ...(norms.rnn.byLag.length === 1 ? [] : [bound.claim]),
    rowsClaim(typed.rnn, norms),
  ];

  const long = perCell((cell) => resolved({ ...options, cell, steps: LONG }));
  const rows: SweepRow[] = [];
  const probes = perCell((cell) => new Probe(long[cell]));
  for (const radius of RADII) {
    await tell(`radius ${radius}`, RADII.indexOf(radius) / RADII.length);
    const resting = perCell((cell) => atRest({ ...long[cell], radius }));
    const found = perCell((cell) => probes[cell].run(resting[cell]));
    rows.push({
      radius,
      norms: found,
      measured: perCell((cell) => factorPerStep(found[cell].byLag)),
      predicted: perCell((cell) => factorAtRest(resting[cell])),
      distance: perCell((cell) => maxRelativeError(found[cell].byLag, normsAtRest(resting[cell]), 0)),
    });
  }
  const growth = saturate(long.rnn, probes.rnn);
  claims.push(
    radiusClaim(rows),
    growth.claim,
    gatesClaim(rows, typed.lstm.keepBias),
    carryClaim(rows, typed.lstm.keepBias),
  );
  const figures: Figure[] = [
    fading(typed.rnn, norms, bound.values),
    perWord(typed.rnn, norms),
    sweepFigure(rows),
    kept(rows.find(({ radius }) => radius === CARRY_RADIUS)!),
    saturation(SATURATED_AT, growth.runs),
  ];
  return { claims, figures };
}

/** ‖∂E_T/∂H_k‖ ≤ ‖∂E_T/∂H_T‖ (‖W‖ max tanh′)^lag (Pascanu, Mikolov and Bengio 2013, eq. 6 and 7). */
function boundOf(options: Resolved, { byLag, slope }: Norms): { claim: Claim; values: readonly number[] } {
  const norm = spectralNorm(weightsOf(options).W, options.hiddenSize);
  const values = byLag.map((_, lag) => byLag[0] * (norm * slope.max) ** lag);
  const T = byLag.length;
  const E = sub('E', T);
  const reached = (lag: number) => `${shown((100 * byLag[lag]) / values[lag], 2)} % of it at lag ${lag}`;
  const last = T > 2 ? ` and ${reached(T - 1)}` : '';
  return {
    values,
    claim: {
      text: `The RNN keeps its bound ‖∂${E}/∂Hₖ‖ ≤ ‖∂${E}/∂${sub('H', T)}‖ (‖W‖ max tanh′)ˡᵃᵍ at every lag: ‖W‖ = ${shown(norm)}, max tanh′ = ${shown(slope.max)}, and the norms are ${T > 1 ? reached(1) : ''}${last}`,
      holds: byLag.every((value, lag) => value <= values[lag] * (1 + 1e-9)),
    },
  };
}

/** A word that is read several times has one row of X: its gradient is the sum over the uses. */
function rowsClaim({ task }: Resolved, norms: PerCell<Norms>): Claim {
  const counts = task.vocabulary.map((_, word) => task.inputs.filter((input) => input === word).length);
  const most = counts.indexOf(Math.max(...counts));
  const worst = Math.max(
    ...cellNames.map((cell) => {
      const { gradient, sum } = norms[cell].rows;
      return relativeDistance({ shape: [sum.length], data: sum }, { shape: [sum.length], data: gradient });
    }),
  );
  const uses = task.inputs.flatMap((input, i) => (input === most ? [sub('x', i + 1)] : []));
  const list =
    uses.length > 4 ? `its ${uses.length} uses` : `${uses.slice(0, -1).join(', ')} and ${uses.at(-1)}`;
  const sum =
    uses.length === 1
      ? 'here each word is read once'
      : `that of “${task.vocabulary[most]}” is the sum of the gradients by ${list}`;
  return {
    text: `A word has one row of X, and the gradient of the row is the sum over the uses of the word: ${sum}; relative distance ${shown(worst, 2)} for all rows and cells`,
    holds: worst <= 1e-12,
  };
}

function radiusClaim(rows: readonly SweepRow[]): Claim {
  const listed = rows.filter(({ radius }) => [0.5, 0.9, 1.1, 1.5, 2].includes(radius));
  const list = listed.map(({ radius, measured }) => `${radius} → ${shown(measured.rnn, 3)}`).join(', ');
  const near = rows.every(({ radius, measured }) => Math.abs(measured.rnn / radius - 1) <= FACTOR_TOLERANCE);
  const sides = rows
    .filter(({ radius }) => radius <= NEAR_ONE[0] || radius >= NEAR_ONE[1])
    .every(({ radius, measured }) => measured.rnn < 1 === radius < 1);
  return {
    text: `Near rest (words so short that tanh′ = 1) the RNN's gradient changes at each step by the spectral radius of W: radius → factor ${list} over ${LONG} steps; it vanishes below 1 and explodes above`,
    holds: near && sides,
  };
}

/** The RNN at a radius above 1 with words of several lengths: tanh′ falls, and with it the growth. */
function saturate(long: Resolved, probe: Probe): { claim: Claim; runs: readonly SaturationRun[] } {
  const base = { ...long, radius: SATURATED_AT };
  const run = (name: string, options: Resolved): SaturationRun => ({ name, ...probe.run(options) });
  const resting = run('near rest', atRest(base));
  const others = LENGTHS.map((wordLength) => run(`words of length ${wordLength}`, { ...base, wordLength }));
  const growth = ({ byLag }: SaturationRun) => byLag[LONG - 1] / byLag[0];
  const told = (each: SaturationRun) =>
    `${each.name} by ${brief(growth(each))} (mean tanh′ ${shown(each.slope.mean, 2)})`;
  return {
    runs: [resting, ...others],
    claim: {
      text: `Saturation stops the explosion: at radius ${SATURATED_AT} over ${LONG - 1} steps the RNN's gradient is multiplied ${[resting, ...others].map(told).join(', ')}; “explodes above 1” is true of small states`,
      holds: others.every((each) => growth(each) < growth(resting) && each.slope.mean < resting.slope.mean),
    },
  };
}

/** Near rest the cells are linear, and the factor is the spectral radius of their one-step map. */
function gatesClaim(rows: readonly SweepRow[], bias: number): Claim {
  const gate = shown(1 / (1 + Math.exp(-bias)), 3);
  const [low, high] = [rows[0], rows.at(-1)!];
  const range = (cell: CellName) => `${shown(low.measured[cell], 3)} to ${shown(high.measured[cell], 3)}`;
  const worst = Math.max(...rows.map(({ distance }) => Math.max(...Object.values(distance))));
  return {
    text: `Gates put a floor under the factor: near rest the norms are those of powers of W in the RNN, of σ(${bias}) I + ¼ W_g in the LSTM and of z I + ½ (1 − z) W_g in the GRU, σ(${bias}) = z = ${gate} (relative distance ${shown(worst, 2)} over all lags): from radius ${low.radius} to ${high.radius} the RNN's factor goes from ${range('rnn')}, the LSTM's from ${range('lstm')}, the GRU's from ${range('gru')}`,
    holds: worst <= 1e-9,
  };
}

function carryClaim(rows: readonly SweepRow[], bias: number): Claim {
  const { norms } = rows.find(({ radius }) => radius === CARRY_RADIUS)!;
  const part = (cell: CellName) =>
    norms[cell].byLag[CARRY_FROM + CARRY_STEPS] / norms[cell].byLag[CARRY_FROM];
  const [rnn, lstm, gru] = cellNames.map(part);
  return {
    text: `The LSTM carries: at radius ${CARRY_RADIUS}, over ${CARRY_STEPS} steps near rest, ${brief(rnn)} of the RNN's gradient is left, ${brief(lstm)} of the LSTM's and ${brief(gru)} of the GRU's: ${brief(lstm / rnn)} and ${brief(gru / rnn)} times as much (forget bias ${bias})`,
    holds: lstm > 2 * rnn && gru > 2 * rnn,
  };
}
