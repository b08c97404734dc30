/** What is claimed about the focal loss: beside the cross-entropy, over p, and on imbalanced data. */

import { grad } from '../../src/autodiff/grad.ts';
import { explain } from '../../src/chain/explain.ts';
import type { NodeId } from '../../src/graph/graph.ts';
import { Builder } from '../../src/ops/builder.ts';
import { Plan } from '../../src/run/plan.ts';
import type { Claim, Figure, LineFigure, Study } from '../example.ts';
import { measure, shown } from '../measure.ts';
import {
  type FocalLossOptions,
  type FocalShape,
  focalLoss,
  focalLossModel,
  focalShape,
} from './focal-loss.ts';
import { type Imbalanced, imbalanced, MEANS, POSITIVES } from './imbalance.ts';

export interface FocalStudyOptions extends FocalLossOptions {
  /** Seed of the imbalanced data. */
  readonly seed: number;
  readonly negativesPerPositive: number;
}

/** The values of γ that Lin et al. compare. */
const GAMMAS = [0, 0.5, 1, 2, 5];
/** 0.005, 0.01, …, 0.995. */
const GRID = Array.from({ length: 199 }, (_, i) => (i + 1) / 200);
const ROUNDING = 1e-12;
/** Smaller numbers have fewer digits. */
const SMALLEST_NORMAL = 2 ** -1022;

/** Equal but for rounding. */
const isNear = (a: number, b: number): boolean =>
  Math.abs(a - b) <= ROUNDING * Math.max(Math.abs(b), SMALLEST_NORMAL);

const largestRelative = (a: readonly number[], b: readonly number[]): number =>
  Math.max(...a.map((x, i) => Math.abs(x / b[i] - 1)));

export function studyFocalLoss(options: FocalStudyOptions): Study {
  const { gamma, alpha, y } = focalShape(options);
  const shape: FocalShape = { gamma, alpha, y };
  const data = imbalanced(options.seed, options.negativesPerPositive);
  const gammas = [...new Set([...GAMMAS, gamma])].sort((a, b) => a - b);
  const over = gammas.map((gamma) => ({ gamma, ...overGrid({ gamma, alpha, y }) }));
  return {
    claims: [
      crossEntropyClaim(y),
      hundredfoldClaim(),
      hereClaim(options, shape),
      ...pathClaims(options, shape),
      derivativeClaim(over, shape),
      hardClaim(gamma),
      imbalanceClaim(data, gamma),
    ],
    figures: [...curves(over, shape), massFigure(data, gammas, options), massTable(data, gammas)],
  };
}

interface OverP {
  readonly loss: readonly number[];
  readonly byP: readonly number[];
  readonly byZ: readonly number[];
}

const overGrid = (shape: FocalShape): OverP => lossesOverGrid((b, z) => focalLoss(b, z, shape).fl);

/** A loss over p, element by element or in all, with its derivatives by p and by z = log p − log(1 − p), by the engine. */
function lossesOverGrid(build: (b: Builder, z: NodeId) => NodeId): OverP {
  const b = new Builder();
  const p = b.parameter('p', [GRID.length]);
  const z = b.sub(b.log(p), b.log1p(b.affine(p, { scale: -1, shift: 0 })));
  const losses = build(b, z);
  const [byP, byZ] = grad(b, sumOf(b, losses), [p, z]);
  const plan = new Plan(b.graph, [losses, byP, byZ]).set(p, GRID).run();
  return { loss: [...plan.value(losses)], byP: [...plan.value(byP)], byZ: [...plan.value(byZ)] };
}

const sumOf = (b: Builder, x: NodeId): NodeId =>
  b.sum(x, { axes: [...b.graph.node(x).shape.keys()], keepDims: false });

/** FL at γ = 0 and α = 1 against the op crossEntropy, whose value is a sum over all p. */
function crossEntropyClaim(y: 0 | 1): Claim {
  const focal = overGrid({ gamma: 0, alpha: 1, y });
  const single = GRID.map((p) => -Math.log(y === 1 ? p : 1 - p));
  const entropy = lossesOverGrid((b, z) => {
    const p = b.sigmoid(z);
    const pt = y === 1 ? p : b.affine(p, { scale: -1, shift: 1 });
    return b.crossEntropy(pt, b.constant(1, [GRID.length]));
  });
  const value = largestRelative(focal.loss, single);
  const byP = largestRelative(focal.byP, entropy.byP);
  const byZ = largestRelative(focal.byZ, entropy.byZ);
  return {
    text: `At γ = 0 and α = 1 the focal loss is the cross-entropy, over ${GRID.length} values of p: largest relative difference of the values ${shown(value, 2)}, of the derivatives by p ${shown(byP, 2)}, by z ${shown(byZ, 2)}`,
    holds: Math.max(value, byP, byZ) <= ROUNDING,
  };
}

function hundredfoldClaim(): Claim {
  const { value } = measure(focalLossModel({ p: 0.9, gamma: 2 }), 'FL', []);
  const [[ce], [fl]] = [value('CE'), value('FL')];
  return {
    text: `At p = 0.9 and γ = 2 it is ${shown(ce / fl)} times smaller: CE = ${shown(ce)}, FL = ${shown(fl)}`,
    holds: Math.abs(ce / fl / 100 - 1) <= ROUNDING,
  };
}

/** Of the true class the probability, that of the other one, and log p_t: from the p given, of which none loses digits. */
function probabilities({ p = 0.9 }: FocalLossOptions, y: 0 | 1): { pt: number; q: number; logPt: number } {
  return y === 1 ? { pt: p, q: 1 - p, logPt: Math.log(p) } : { pt: 1 - p, q: p, logPt: Math.log1p(-p) };
}

function hereClaim(options: FocalLossOptions, { gamma, alpha, y }: FocalShape): Claim {
  const { value } = measure(focalLossModel(options), 'FL', []);
  const [[ce], [fl]] = [value('CE'), value('FL')];
  const { pt, q } = probabilities(options, y);
  return {
    text: `At p = ${options.p ?? 0.9}, true class ${y}, so p_t = ${shown(pt)}: FL = ${shown(fl)} = α (1 − p_t)^γ CE with CE = ${shown(ce)}, γ = ${gamma} and α = ${alpha}`,
    holds: isNear(fl, alpha * q ** gamma * ce),
  };
}

/** The product rule as paths: one term of ∂FL/∂z for CE, one for the modulating factor. */
function pathClaims(options: FocalLossOptions, { gamma, alpha, y }: FocalShape): Claim[] {
  const { builder, values } = focalLossModel(options);
  const { graph } = builder;
  const found = explain(builder, values, graph.idOf('FL'), graph.idOf('z'));
  const { pt, q, logPt } = probabilities(options, y);
  const sign = y === 1 ? 1 : -1;
  const expected = {
    CE: -sign * alpha * q ** gamma * q,
    w: sign * alpha * q ** gamma * gamma * pt * logPt,
  };
  const parts = (['CE', 'w'] as const).map((name) => {
    const id = graph.idOf(name);
    const path = found.paths.find(({ path }) => path.some(({ from }) => from === id))!;
    return { name, value: path.contribution.data[0], share: path.share };
  });
  const texts = parts.map(
    ({ name, value, share }) =>
      `through ${name} ${shown(value)}${share === null ? '' : ` (${shown(100 * share, 3)} %)`}`,
  );
  return [
    {
      text: `The two terms of ∂FL/∂z = ${y === 1 ? '' : '−'}α (1 − p_t)^γ [(p_t − 1) + γ p_t log p_t] are the two paths from z: ${texts.join(', ')}`,
      holds: found.count === 2n && parts.every(({ name, value }) => isNear(value, expected[name])),
    },
  ];
}

/** Lin et al., appendix B: dFL/dx = y (1 − p_t)^γ (γ p_t log p_t + p_t − 1), here for each γ and p. */
function derivativeClaim(
  over: readonly (OverP & { readonly gamma: number })[],
  { alpha, y }: FocalShape,
): Claim {
  let worst = 0;
  for (const { gamma, byZ } of over) {
    GRID.forEach((p, i) => {
      const pt = y === 1 ? p : 1 - p;
      const expected = (2 * y - 1) * alpha * (1 - pt) ** gamma * (gamma * pt * Math.log(pt) + pt - 1);
      worst = Math.max(worst, Math.abs(byZ[i] / expected - 1));
    });
  }
  return {
    text: `That formula and the engine agree for γ = ${over.map(({ gamma }) => gamma).join(', ')} over ${GRID.length} values of p: largest relative difference ${shown(worst, 2)}`,
    holds: worst <= ROUNDING,
  };
}

/** The loss is never above the cross-entropy, but its gradient is, where p_t is small. */
function hardClaim(gamma: number): Claim {
  const focal = overGrid({ gamma, alpha: 1, y: 1 });
  const entropy = overGrid({ gamma: 0, alpha: 1, y: 1 });
  const ratio = focal.byZ.map((value, i) => value / entropy.byZ[i]);
  const best = ratio.indexOf(Math.max(...ratio));
  const larger = ratio.filter((r) => r > 1).length;
  const below = focal.loss.every((loss, i) => loss <= entropy.loss[i]);
  if (gamma === 0) {
    return {
      text: `At γ = 0 the gradient by z is the cross-entropy's at every p: largest ratio ${shown(ratio[best])}`,
      holds: below && ratio.every((r) => r === 1),
    };
  }
  return {
    text: `The loss is smaller than the cross-entropy at every p, but for hard examples its gradient by z is larger: ${shown(ratio[best], 3)} times at p_t = ${GRID[best]}, and larger up to p_t = ${GRID[larger - 1]} (γ = ${gamma}, α = 1)`,
    holds: below && larger > 0 && ratio.every((r, i) => r > 1 === i < larger),
  };
}

interface Mass {
  readonly positives: number;
  readonly negatives: number;
  /** The part of the negatives, from 0 to 1. */
  readonly share: number;
}

/** Σ |∂loss/∂z| over the examples of each class. `weights` are α_t of the classes. */
function gradientMass(data: Imbalanced, gamma: number, weights = { positives: 1, negatives: 1 }): Mass {
  const mass = (logits: readonly number[], y: 0 | 1, alpha: number) => {
    const b = new Builder();
    const z = b.parameter('z', [logits.length]);
    const [byZ] = grad(b, sumOf(b, focalLoss(b, z, { gamma, alpha, y }).fl), [z]);
    const plan = new Plan(b.graph, [byZ]).set(z, logits).run();
    return [...plan.value(byZ)].reduce((sum, value) => sum + Math.abs(value), 0);
  };
  const positives = mass(data.positives, 1, weights.positives);
  const negatives = mass(data.negatives, 0, weights.negatives);
  return { positives, negatives, share: negatives / (positives + negatives) };
}

function imbalanceClaim(data: Imbalanced, gamma: number): Claim {
  const [entropy, focal] = [0, gamma].map((g) => gradientMass(data, g).share);
  const percent = (share: number) => `${shown(100 * share, 3)} %`;
  return {
    text: `Of ${data.positives.length} hard positives and ${data.negatives.length} easy negatives, the negatives make ${percent(entropy)} of the gradient Σ|∂L/∂z| under the cross-entropy and ${percent(focal)} under the focal loss with γ = ${gamma}`,
    holds: gamma === 0 ? focal === entropy : focal < entropy,
  };
}

/** Where p_t is at least 0.2: below, all derivatives by p are of the size of α/p_t, which grows without bound. */
const TOLD_APART = { 1: [0.2, 1], 0: [0, 0.8] } as const;

function curves(over: readonly (OverP & { readonly gamma: number })[], { alpha, y }: FocalShape): Figure[] {
  const figure = (
    title: string,
    axis: string,
    values: (one: OverP) => readonly number[],
    [from, to] = [0, 1],
  ): LineFigure => ({
    kind: 'lines',
    title: `${title}, α = ${alpha}, true class ${y}`,
    x: { title: 'p', unit: '1' },
    y: { title: axis, unit: '1' },
    series: over.map((one) => ({
      name: one.gamma === 0 ? 'γ = 0: cross-entropy' : `γ = ${one.gamma}`,
      points: GRID.map((p, i): [number, number] => [p, values(one)[i]]).filter(([p]) => p >= from && p <= to),
      ...(one.gamma === 0 ? { dashed: true as const } : {}),
    })),
  });
  const [from, to] = TOLD_APART[y];
  const part = y === 1 ? `from p = ${from} on` : `up to p = ${to}`;
  return [
    figure('Focal loss over p', 'FL', ({ loss }) => loss),
    {
      ...figure(`Its derivative by p, ${part}`, '∂FL/∂p', ({ byP }) => byP, [from, to]),
      note: 'Where p_t is smaller, all of them are of the size of α/p_t, which grows without bound.',
    },
    figure('Its derivative by the logit z', '∂FL/∂z', ({ byZ }) => byZ),
  ];
}

/** What Lin et al. found best: γ = 2 with α = 0.25 for the positives. */
const BEST = { gamma: 2, weights: { positives: 0.25, negatives: 0.75 } } as const;

interface LossMass extends Mass {
  readonly name: string;
}

function masses(data: Imbalanced, gammas: readonly number[]): LossMass[] {
  return [
    ...gammas.map((gamma) => ({
      name: gamma === 0 ? 'CE (γ = 0)' : `γ = ${gamma}`,
      ...gradientMass(data, gamma),
    })),
    { name: 'γ = 2, α = ¼', ...gradientMass(data, BEST.gamma, BEST.weights) },
  ];
}

function massFigure(data: Imbalanced, gammas: readonly number[], { seed }: FocalStudyOptions): Figure {
  const found = masses(data, gammas);
  return {
    kind: 'bars',
    title: 'Which class the gradient comes from',
    note: `Seeded (${seed}): ${POSITIVES} positives with logits from N(${MEANS.positives}, 1), ${data.negatives.length} negatives from N(${MEANS.negatives}, 1). α = ¼ weighs positives ¼ and negatives ¾, as Lin et al. do.`,
    x: { title: 'loss', unit: '1', categories: found.map(({ name }) => name) },
    y: { title: 'part of Σ|∂L/∂z|', unit: '%' },
    series: [
      { name: 'positives', values: found.map(({ share }) => 100 * (1 - share)) },
      { name: 'negatives', values: found.map(({ share }) => 100 * share) },
    ],
  };
}

function massTable(data: Imbalanced, gammas: readonly number[]): Figure {
  return {
    kind: 'table',
    title: 'Gradient mass by class',
    columns: ['loss', 'positives Σ|∂L/∂z| (1)', 'negatives Σ|∂L/∂z| (1)', 'negatives (%)'],
    rows: masses(data, gammas).map(({ name, positives, negatives, share }) => [
      name,
      positives,
      negatives,
      100 * share,
    ]),
  };
}
