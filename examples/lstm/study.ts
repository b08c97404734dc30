/** What is claimed about the LSTM: what the cells carry, which steps teach a gate, how many paths there are. */

import { grad } from '../../src/autodiff/grad.ts';
import type { Model } from '../../src/model/model.ts';
import { Builder } from '../../src/ops/builder.ts';
import { Plan } from '../../src/run/plan.ts';
import type { Claim, LineFigure, Study } from '../example.ts';
import {
  brief,
  carrierClaim,
  fading,
  onLog,
  pathsClaim,
  pathsTable,
  sitesClaims,
  sub,
  useSites,
} from '../recurrent/figures.ts';
import { flow, pathsBetween, stepsOf } from '../recurrent/flow.ts';
import { lstm } from './lstm.ts';

const PATHS_TO = [2, 3, 4, 5, 10];
/** Added to b_f, in steps. */
const OPENINGS = [-4, -3, -2, -1, 0, 1, 2, 3, 4];

export function studyLstm(model: Model, peephole: boolean): Study {
  const found = flow(
    model,
    ['C', 'H'],
    { state: 'C', from: ['O', 'H', 'C'], factor: (value) => value('f') },
    ['W_i', 'W_f', 'W_o', 'W_g'],
  );
  const counts = PATHS_TO.map((T) => ({
    T,
    counted: pathsBetween(lstm({ steps: 10, hiddenSize: 2, peephole }), T),
    expected: pathsByRecurrence(T, peephole),
  }));
  const gate = opening(model);
  return {
    claims: [
      carrierClaim(found, 'C', 'f·'),
      gate.claim,
      ...sitesClaims(found),
      pathsClaim(
        counts,
        peephole
          ? 'cₜ = 3 cₜ₋₁ + 3 hₜ₋₁ to a cell and hₜ = 2 cₜ + hₜ₋₁ to a state, from c₁ = 0 and h₁ = 1'
          : 'cₜ = cₜ₋₁ + 3 hₜ₋₁ to a cell and hₜ = cₜ + hₜ₋₁ to a state, from c₁ = 0 and h₁ = 1',
      ),
    ],
    figures: [
      fading(found, 'C', `The dashed line is the product of the forget gates: what the cell alone carries.`),
      gate.figure,
      useSites(found),
      pathsTable('LSTM', counts),
    ],
  };
}

/**
 * The paths from H_1 to C_t and H_t: H_{t−1} reaches C_t through i_t, f_t and g_t, and H_t through o_t; C_{t−1} reaches C_t
 * itself, with peepholes through i_t and f_t too; C_t reaches H_t, with peepholes through o_t too.
 */
function pathsByRecurrence(T: number, peephole: boolean): bigint {
  let [c, h] = [0n, 1n];
  for (let t = 2; t <= T; t++) {
    c = (peephole ? 3n : 1n) * c + 3n * h;
    h = (peephole ? 2n : 1n) * c + h;
  }
  return h;
}

/** The product of the forget gates over all steps, and ‖∂E_T/∂C_0‖, as b_f grows. */
function opening(model: Model): { claim: Claim; figure: LineFigure } {
  const T = stepsOf(model);
  const b = new Builder(model.builder.graph.copy());
  const { graph } = b;
  const [dC] = grad(b, graph.idOf(`E_${T}`), [graph.idOf('C_0')]);
  const gates = Array.from({ length: T }, (_, i) => graph.idOf(`f_${i + 1}`));
  const plan = new Plan(graph, [dC, ...gates]).setAll(model.values);
  const rows = OPENINGS.map((shift) => {
    plan.set(
      'b_f',
      model.values.b_f.map((value) => value + shift),
    );
    plan.run();
    const units = plan.value(dC).length;
    let logs = 0;
    for (const f of gates) for (const value of plan.value(f)) logs += Math.log(value) / units;
    return { shift, logs, kept: Math.exp(logs), gradient: Math.hypot(...plan.value(dC)) };
  });
  const line = (name: string, of: (row: (typeof rows)[number]) => number) => ({
    name,
    points: rows.map((row): [number, number] => [row.shift, onLog(of(row))]),
    marks: true as const,
  });
  const [first, last] = [rows[0], rows.at(-1)!];
  return {
    claim: {
      text: `The forget bias decides what a cell keeps over ${T === 1 ? 'one step' : `${T} steps`}: with −${-first.shift} added to b_f the product of the forget gates is ${brief(first.kept)}, with 0 added ${brief(rows.find((row) => row.shift === 0)!.kept)}, with ${last.shift} added ${brief(last.kept)} (geometric mean of the cells), and it grows at each step between`,
      holds: rows.every((row, i) => i === 0 || row.logs > rows[i - 1].logs),
    },
    figure: {
      kind: 'lines',
      title: `What ${T === 1 ? 'one step keeps' : `${T} steps keep`} as the forget gates open`,
      x: { title: 'added to b_f', unit: '1' },
      y: { title: 'kept, and gradient', unit: '1', scale: 'log' },
      series: [
        line(`f₁ ⊙ … ⊙ ${sub('f', T)}, geometric mean of the cells`, (row) => row.kept),
        line(`‖∂${sub('E', T)}/∂C₀‖`, (row) => row.gradient),
      ],
    },
  };
}
