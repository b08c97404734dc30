/** Figures and claims that the studies of the LSTM and the GRU have in common. */

import type { BarFigure, Claim, LineFigure, TableFigure } from '../example.ts';
import { shown } from '../measure.ts';
import type { Flow } from './flow.ts';

const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉';

/** `H`, 12 → `H₁₂`. */
export const sub = (letter: string, index: number): string =>
  letter + String(index).replace(/\d/g, (digit) => SUBSCRIPTS[Number(digit)]);

/** Two digits: `0.022`, `1.8e17`. */
export const brief = (value: number): string =>
  value === 0 || (value >= 1e-3 && value < 1e5) ? shown(value, 2) : value.toExponential(1).replace('e+', 'e');

/** A zero has no place on a logarithmic axis. */
export const onLog = (value: number): number => (value === 0 ? Number.NaN : value);

/** The norms by lag T − k on a logarithmic axis. */
export function fading({ T, states, alone }: Flow, carrier: string, note: string): LineFigure {
  const byLag = (norms: readonly number[]) =>
    [...norms].reverse().map((value, lag): [number, number] => [lag, onLog(value)]);
  const E = sub('E', T);
  return {
    kind: 'lines',
    title: `How ∂${E}/∂${carrier}ₖ fades with the lag`,
    x: { title: `lag ${T} − k`, unit: 'steps' },
    y: { title: `gradient's norm`, unit: '1', scale: 'log' },
    series: [
      ...[...states].map(([state, norms]) => ({
        name: `‖∂${E}/∂${state}ₖ‖`,
        points: byLag(norms),
        marks: true as const,
      })),
      { name: `along ${carrier} alone`, points: byLag(alone), dashed: true },
    ],
    note,
  };
}

/** What each time step adds to the gradient of each recurrent matrix. */
export function useSites({ T, sites }: Flow): BarFigure {
  const categories = Array.from({ length: T }, (_, i) => `t = ${i + 1}`);
  return {
    kind: 'bars',
    title: `What each use of a matrix adds to its gradient of ${sub('E', T)}`,
    x: { title: 'time step of the use', unit: 'steps', categories },
    y: { title: `norm of the step's term`, unit: '1' },
    series: [...sites].map(([name, values]) => ({ name, values })),
    note: 'The terms are matrices and add up to the gradient; their norms do not add up.',
  };
}

/** ∂s_t/∂s_{t−1} along the carrier is the gate alone. */
export function carrierClaim({ T, distance, share }: Flow, carrier: string, gate: string): Claim {
  const gates =
    T === 1 ? gate.replace('·', '₁') : `${gate.replace('·', '₁')} ⊙ … ⊙ ${gate.replace('·', sub('', T))}`;
  const part = Number.isNaN(share)
    ? 'the whole gradient is 0'
    : `that is ${shown(100 * share, 3).replace(/^-/, '−')} % of ∂${sub('E', T)}/∂${carrier}₀, all paths together being 100 %`;
  return {
    text: `Along ${sub(carrier, T)} → … → ${carrier}₀ alone the gradient is multiplied by ${gates}, by no matrix and no tanh′: relative distance ${shown(distance, 2)}; ${part}`,
    holds: distance <= 1e-12,
  };
}

/** None for one step: there is nothing to add. */
export function sitesClaims({ T, sites, sitesDistance }: Flow): Claim[] {
  if (T === 1) return [];
  const names = [...sites.keys()];
  return [
    {
      text: `The ${T} uses of ${names.slice(0, -1).join(', ')} and ${names.at(-1)} over time add up to the gradient of each: relative distance ${shown(sitesDistance, 2)}`,
      holds: sitesDistance <= 1e-12,
    },
  ];
}

/** Counted on the graph and by a recurrence: the claim is that they agree. */
export function pathsTable(cell: string, counts: readonly { T: number; counted: bigint }[]): TableFigure {
  return {
    kind: 'table',
    title: 'How many paths lead from H₁ to a later state',
    columns: ['to H at step', `${cell} (paths)`, 'Elman RNN (paths)'],
    rows: counts.map(({ T, counted }) => [T, counted.toLocaleString('en-US'), '1']),
    note: 'Paths through named variables. Their contributions are summed in one sweep, without listing them.',
  };
}

export function pathsClaim(
  counts: readonly { readonly T: number; readonly counted: bigint; readonly expected: bigint }[],
  recurrence: string,
): Claim {
  const last = counts.at(-1)!;
  return {
    text: `${sub('H', last.T)} depends on H₁ along ${last.counted.toLocaleString('en-US')} paths (an Elman RNN: along one): ${recurrence}`,
    holds: counts.every(({ counted, expected }) => counted === expected),
  };
}
