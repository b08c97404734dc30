/** The study of the RNN: how the uses of W at the time steps add up to ∂E/∂W and ∂E_T/∂W. */

import { type Explanation, explain, type Share } from '../../src/chain/explain.ts';
import { norm, relativeDistance } from '../../src/chain/measure.ts';
import { Cone } from '../../src/chain/paths.ts';
import { VariableGraph } from '../../src/chain/variables.ts';
import type { Model } from '../../src/model/model.ts';
import type { Tensor } from '../../src/run/eager.ts';
import type { BarFigure, Claim, LineFigure, Study, TableFigure } from '../example.ts';
import { shown } from '../measure.ts';
import { stepsOf } from '../recurrent/flow.ts';

/** Paths in the chart of shares, rows in the table of counts. */
const MOST = 12;
/** The sum of the parts is the whole to within this, relative to the sizes of the parts. */
const SUM_BOUND = 1e-12;
const FORMULA_BOUND = 1e-10;
/** Below, numbers lose digits, and a relative difference says nothing. */
const SMALLEST = 1e-290;

/** The study at the model's own weights and data. */
export function studyUses(model: Model): Study {
  const { builder, values } = model;
  const { graph } = builder;
  const T = stepsOf(model);
  const by = (of: string, wrt: string, top?: number) =>
    explain(builder, values, graph.idOf(of), graph.idOf(wrt), top === undefined ? {} : { top });
  const last = by(`E_${T}`, 'W');
  const whole = by('E', 'W', 0); // its paths grow with T²: they are counted, not listed
  const upstream = by(`E_${T}`, `H_${T}`, 0).gradient;
  const difference = formulaDifference(model, last, upstream, T);
  const parts = last.residual === null ? last.useSites : last.paths;
  const claims: Claim[] = [
    {
      text: `∂E_${T}/∂W has ${count(last.count, 'path')}: one for each use of W, at the time steps 1 to ${T}`,
      holds: last.count === BigInt(T) && last.useSites.every(({ paths }) => paths === 1n),
    },
    {
      text: `∂E/∂W has ${count(whole.count, 'path')} = T (T + 1) / 2: E_t reaches W through its own step and each one before`,
      holds: 2n * whole.count === BigInt(T) * BigInt(T + 1),
    },
    {
      text: `The contributions of the ${count(last.count, 'path')} sum to ∂E_${T}/∂W: relative distance ${shown(last.residual ?? last.useSiteResidual, 2)}`,
      holds: sumsTo(last, parts, last.residual ?? last.useSiteResidual),
    },
    {
      text: `The terms of the ${count(T, 'use')} of W sum to ∂E/∂W: relative distance ${shown(whole.useSiteResidual, 2)}`,
      holds: sumsTo(whole, whole.useSites, whole.useSiteResidual),
    },
    {
      text: `Each contribution is (δ_k ⊙ (1 − H_k²)) H_{k−1}ᵀ, where δ_T = ∂E_T/∂H_T and δ_{k−1} = Wᵀ (δ_k ⊙ (1 − H_k²)): largest relative difference ${shown(difference, 2)}`,
      holds: difference <= FORMULA_BOUND,
    },
  ];
  return { claims, figures: [termsByStep(whole, last, T), shares(last, T), counts(model, T)] };
}

/** Relative to what is summed: parts that cancel leave a sum with fewer digits. */
function sumsTo({ gradient }: Explanation, parts: readonly Share[], distance: number): boolean {
  const size = norm(gradient);
  return distance * size <= SUM_BOUND * parts.reduce((sum, part) => sum + part.norm, size);
}

/** Between the engine's terms of ∂E_T/∂W and back-propagation through time as textbooks write it. */
function formulaDifference(model: Model, last: Explanation, upstream: Tensor, T: number): number {
  const { graph } = model.builder;
  const read = (name: string) => last.valueAt(graph.idOf(name)).data;
  const W = read('W');
  const N = upstream.data.length;
  const terms = new Map(last.useSites.map(({ segment, contribution }) => [segment.to, contribution]));
  let delta = Float64Array.from(upstream.data);
  let most = 0;
  for (let k = T; k >= 1; k--) {
    const [H, before] = [read(`H_${k}`), read(`H_${k - 1}`)];
    const a = delta.map((value, i) => value * (1 - H[i] ** 2)); // ∂E_T by U x_k + W H_{k−1}
    const term = {
      shape: [N, N],
      data: Float64Array.from({ length: N * N }, (_, ij) => a[Math.floor(ij / N)] * before[ij % N]),
    };
    if (norm(term) > SMALLEST) {
      most = Math.max(most, relativeDistance(terms.get(graph.idOf(`H_${k}`))!, term));
    }
    delta = Float64Array.from({ length: N }, (_, j) =>
      a.reduce((sum, value, i) => sum + W[i * N + j] * value, 0),
    );
  }
  return most;
}

/** ‖term‖ by the time step at which W is used; a term of 0 has no place on a log scale. */
function termsByStep(whole: Explanation, last: Explanation, T: number): LineFigure {
  const points = ({ useSites }: Explanation) =>
    useSites.map(({ norm: size }, i) => [i + 1, size === 0 ? Number.NaN : size] as const);
  return {
    kind: 'lines',
    title: 'The terms of the gradient by W, one for each use of W',
    x: { title: 'time step k of the use, in H_k', unit: 'steps' },
    y: { title: '‖term‖', unit: '1', scale: 'log' },
    series: [
      { name: '∂E/∂W', points: points(whole), marks: true },
      { name: `∂E_${T}/∂W`, points: points(last), marks: true, dashed: true },
    ],
    note: `A term of ∂E_${T}/∂W at an early step has come back through every step in between.`,
  };
}

/** Of the largest paths, in the order of time. A share has a sign; all sum to 1. */
function shares({ useSites, cone }: Explanation, T: number): BarFigure {
  const size = ({ share }: Share) => Math.abs(share ?? 0);
  const largest = new Set([...useSites].sort((a, b) => size(b) - size(a)).slice(0, MOST));
  const chosen = useSites.filter((site) => largest.has(site));
  const left = useSites.length - chosen.length;
  return {
    kind: 'bars',
    title: `Shares of the ${count(T, 'path')} behind ∂E_${T}/∂W`,
    x: {
      title: 'last state H_k of the path before W',
      unit: 'time step',
      categories: chosen.map(({ segment }) => cone.variables.name(segment.to)),
    },
    y: { title: 'share ⟨c, g⟩ / ⟨g, g⟩ of a contribution c to the gradient g', unit: '1' },
    series: [{ name: 'share', values: chosen.map(({ share }) => share ?? 0) }],
    note: `Shares have a sign and sum to 1, as norms do not.${left === 0 ? '' : ` ${left} smaller ones are left out.`}`,
  };
}

/** Counted over the graph, not by the formula. */
function counts({ builder }: Model, T: number): TableFigure {
  const { graph } = builder;
  const variables = new VariableGraph(graph);
  const W = graph.idOf('W');
  const steps =
    T <= MOST ? [...Array(T).keys()].map((i) => i + 1) : [1, 2, 3, 5, 10, T].filter((t) => t <= T);
  return {
    kind: 'table',
    title: 'The number of paths to W',
    columns: ['from', 'paths (1)'],
    rows: [...steps.map((t) => `E_${t}`), 'E'].map((name) => [
      name,
      Number(new Cone(variables, graph.idOf(name), W).count()),
    ]),
  };
}

function count(n: number | bigint, noun: string): string {
  return `${n} ${noun}${BigInt(n) === 1n ? '' : 's'}`;
}
