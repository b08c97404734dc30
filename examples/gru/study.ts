/** What is claimed about the GRU: how its conventions relate, what the update gate carries, how many paths there are. */

import { maxRelativeError } from '../../src/interop/compare.ts';
import type { Model } from '../../src/model/model.ts';
import { parameterNames } from '../../src/model/model.ts';
import type { Claim, Study, TableFigure } from '../example.ts';
import { measure, shown } from '../measure.ts';
import { carrierClaim, fading, pathsClaim, pathsTable, sitesClaims, useSites } from '../recurrent/figures.ts';
import { flow, pathsBetween, stepsOf } from '../recurrent/flow.ts';
import { type GruOptions, gru } from './gru.ts';

/** What a model's graph and values do not say. */
type Convention = Required<Pick<GruOptions, 'reset' | 'update' | 'loss' | 'outputs'>>;

const PATHS_TO = [2, 3, 4, 5, 10];
/** σ(60) is 1 in float64. */
const OPEN = 60;

export function studyGru(model: Model, convention: Convention): Study {
  const old = convention.update === 'old';
  const found = flow(
    model,
    ['H'],
    {
      state: 'H',
      from: ['O', 'H'],
      factor: (value) => Float64Array.from(value('z'), (z) => (old ? z : 1 - z)),
    },
    ['W_r', 'W_z', 'W_g'],
  );
  const counts = PATHS_TO.map((T) => ({
    T,
    counted: pathsBetween(gru({ steps: 10, hiddenSize: 2, ...convention }), T),
    expected: 4n ** BigInt(T - 1),
  }));
  const resets = compareResets(model, convention);
  return {
    claims: [
      ...resets.claims,
      mirrorClaim(model, convention),
      carrierClaim(found, 'H', old ? 'z·' : '(1 − z·)'),
      ...sitesClaims(found),
      pathsClaim(counts, '4 for each step, through z, through g, through r and g, and straight'),
    ],
    figures: [
      fading(found, 'H', `The dashed line is the product of the gates: what the state carries unchanged.`),
      resets.table,
      useSites(found),
      pathsTable('GRU', counts),
    ],
  };
}

function withValues(model: Model, values: Readonly<Record<string, readonly number[]>>): Model {
  return { ...model, values: { ...model.values, ...values } };
}

/** The same sizes, data and H_0 in another convention; the weights are to be set. */
function rebuilt(model: Model, convention: Convention): Model {
  const { values, builder } = model;
  const T = stepsOf(model);
  const steps = Array.from({ length: T }, (_, i) => i + 1);
  const initial = builder.graph.node(builder.graph.idOf('H_0')).attrs.value as number[];
  return gru({
    ...convention,
    hiddenSize: initial.length,
    inputSize: values.x_1.length,
    outputSize: values[`y_${T}`].length,
    inputs: steps.map((t) => values[`x_${t}`]),
    targets: steps.map((t) => values[`y_${t}`] ?? values[`y_${T}`]), // where no loss reads it, any will do
    weights: { H_0: initial },
  });
}

/** Both places of the reset gate with the same weights: as they are, and with the gate held open. */
function compareResets(model: Model, convention: Convention): { claims: Claim[]; table: TableFigure } {
  const after = rebuilt(model, { ...convention, reset: 'after' });
  const before = rebuilt(model, { ...convention, reset: 'before' });
  const { U_r, W_r, b_r } = model.values;
  const { c_g = b_r.map(() => 0), ...shared } = model.values;
  const b_g = shared.b_g.map((value, i) => value + c_g[i]);
  const losses = (gate: Readonly<Record<string, readonly number[]>>) => {
    const E = (model: Model) => measure(model, 'E', []).value('E')[0];
    return {
      before: E(withValues(before, { ...shared, ...gate, b_g })),
      after: E(withValues(after, { ...shared, ...gate, c_g })),
    };
  };
  const asIs = losses({ U_r, W_r, b_r });
  const zero = (values: readonly number[]) => values.map(() => 0);
  const open = losses({ U_r: zero(U_r), W_r: zero(W_r), b_r: b_r.map(() => OPEN) });
  const apart = Math.abs(asIs.before - asIs.after);
  const gap = Math.abs(open.before - open.after) / open.after;
  return {
    claims: [
      // a 1×1 matrix commutes with r: for one unit the two are the same
      ...(b_r.length === 1
        ? []
        : [
            {
              text: `Reset before and after the product are two networks: with the same weights E = ${shown(asIs.before)} and ${shown(asIs.after)}, ${shown(apart, 2)} apart`,
              holds: apart > 1e-9 * asIs.after,
            },
          ]),
      {
        text: `With the reset gate open (rₜ = 1) they are one: E = ${shown(open.before)} for both, relative difference ${shown(gap, 2)}`,
        holds: gap <= 1e-12,
      },
    ],
    table: {
      kind: 'table',
      title: 'Where the reset gate acts',
      columns: ['weights', 'E, reset before (1)', 'E, reset after (1)'],
      rows: [
        ['as they are', asIs.before, asIs.after],
        ['the same, rₜ = 1', open.before, open.after],
      ],
      note: 'Where the reset comes before, the bias of the candidate is b_g + c_g.',
    },
  };
}

/** 1 − σ(a) = σ(−a): the conventions of z are one network with the sign of U_z, W_z and b_z turned. */
function mirrorClaim(model: Model, convention: Convention): Claim {
  const other = rebuilt(model, { ...convention, update: convention.update === 'old' ? 'candidate' : 'old' });
  const isUpdate = (name: string) => /^[UWb]_z$/.test(name);
  const turned = (name: string, values: readonly number[]) =>
    isUpdate(name) ? values.map((value) => -value) : values;
  const values = Object.fromEntries(
    Object.entries(model.values).map(([name, given]) => [name, turned(name, given)]),
  );
  const names = parameterNames(model);
  const [ours, theirs] = [model, withValues(other, values)].map((each) => measure(each, 'E', names));
  const E = Math.abs(theirs.value('E')[0] / ours.value('E')[0] - 1);
  const gradients = names.map((name, i) =>
    maxRelativeError(turned(name, theirs.gradients[i]), ours.gradients[i]),
  );
  const worst = Math.max(E, ...gradients);
  return {
    text: `Which of z and 1 − z multiplies the old state is a matter of sign: with −U_z, −W_z, −b_z the other convention gives the same E, and gradients that differ in those signs alone: largest relative difference ${shown(worst, 2)}`,
    holds: worst <= 1e-9,
  };
}
