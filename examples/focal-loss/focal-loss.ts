/**
 * The focal loss FL = −α (1 − p_t)^γ log p_t of a logit z (Lin et al. 2017, "Focal loss", eq. 5). With n the logit of the
 * other class, z or −z, it is α σ(n)^γ softplus(n): a p_t that is nearly 1 has lost the digits of 1 − p_t = σ(n).
 */

import { GradpathError } from '../../src/graph/error.ts';
import type { NodeId } from '../../src/graph/graph.ts';
import type { Model } from '../../src/model/model.ts';
import { Builder } from '../../src/ops/builder.ts';

export interface FocalLossOptions {
  /** Predicted probability of class 1, between 0 and 1, both excluded (default 0.9). */
  readonly p?: number;
  /** The focusing parameter, 0 or more (default 2). */
  readonly gamma?: number;
  /** The weight α_t of the true class, above 0 (default 1). */
  readonly alpha?: number;
  /** The true class, 1 (default) or 0: p_t is p or 1 − p. */
  readonly y?: 0 | 1;
}

export type FocalShape = Required<Omit<FocalLossOptions, 'p'>>;

/** Nodes of the loss of each logit, all shaped like z. */
export interface FocalNodes {
  /** 1 − p_t, the probability of the other class. */
  readonly q: NodeId;
  /** The modulating factor (1 − p_t)^γ. */
  readonly w: NodeId;
  /** The cross-entropy −log p_t. */
  readonly ce: NodeId;
  readonly fl: NodeId;
}

/** Appends the focal loss of logits of any shape, element by element; `name` names the variables. */
export function focalLoss(
  b: Builder,
  z: NodeId,
  { gamma, alpha, y }: FocalShape,
  name: (name: string, build: () => NodeId) => NodeId = (_, build) => build(),
): FocalNodes {
  const n = y === 1 ? b.affine(z, { scale: -1, shift: 0 }) : z;
  const q = name('q', () => b.sigmoid(n));
  const w = name('w', () => b.power(q, { exponent: gamma }));
  const ce = name('CE', () => b.softplus(n));
  const fl = name('FL', () => b.affine(b.mul(w, ce), { scale: alpha, shift: 0 }));
  return { q, w, ce, fl };
}

/**
 * The graph of one logit, the only parameter: z → q → w → FL and z → CE → FL, with q = 1 − p_t. Throws GradpathError for p
 * outside (0, 1), γ < 0 or α ≤ 0.
 */
export function focalLossModel(options: FocalLossOptions = {}): Model {
  const { p = 0.9, ...rest } = options;
  const shape = focalShape(rest);
  const z = logit(p);
  const b = new Builder();
  focalLoss(b, b.parameter('z', []), shape, (name, build) => b.define(name, build));
  const { gamma, alpha, y } = shape;
  return {
    name: 'focal-loss',
    title: `Focal loss, γ = ${gamma}, α = ${alpha}, p = ${p}, true class ${y}`,
    builder: b,
    values: { z: [z] },
    target: 'FL',
    show: { of: 'FL', wrt: 'z' },
  };
}

/** log(p / (1 − p)). Throws GradpathError for p outside (0, 1). */
export function logit(p: number): number {
  if (!(p > 0 && p < 1)) {
    throw new GradpathError('option', `p is ${p}, expected a probability above 0 and below 1`, 'p');
  }
  return Math.log(p) - Math.log1p(-p);
}

/** The options with their defaults, checked. */
export function focalShape({ gamma = 2, alpha = 1, y = 1 }: Omit<FocalLossOptions, 'p'>): FocalShape {
  if (!(gamma >= 0 && Number.isFinite(gamma)))
    throw new GradpathError('option', `gamma is ${gamma}, expected 0 or more`, 'gamma');
  if (!(alpha > 0 && Number.isFinite(alpha)))
    throw new GradpathError('option', `alpha is ${alpha}, expected more than 0`, 'alpha');
  if (y !== 0 && y !== 1) throw new GradpathError('option', `y is ${y}, expected the class 0 or 1`, 'y');
  return { gamma, alpha, y };
}
