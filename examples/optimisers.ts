/** Gradient descent: updates of parameters in place, and the order in which samples are seen. */

import type { Data } from '../src/ops/op.ts';

/** Changes the parameters, always the same ones, by the gradients as they now are. */
export type Optimiser = (parameters: readonly Data[], gradients: readonly Data[], rate: number) => void;

/** v ← momentum · v + g; θ ← θ − rate · v (Polyak 1964, as Sutskever et al. 2013 write it with the rate outside). */
export function sgd(momentum = 0): Optimiser {
  const velocity = perParameter();
  return (parameters, gradients, rate) => {
    parameters.forEach((theta, k) => {
      const g = gradients[k];
      const v = velocity(k, theta.length);
      for (let i = 0; i < theta.length; i++) {
        v[i] = momentum * v[i] + g[i];
        theta[i] -= rate * v[i];
      }
    });
  };
}

/**
 * m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²; θ ← θ − rate · m̂ / (√v̂ + ε), where m̂ = m / (1 − β₁ᵗ) and
 * v̂ = v / (1 − β₂ᵗ) undo that both begin at zero (Kingma and Ba 2015, algorithm 1).
 */
export function adam(beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8): Optimiser {
  const [first, second] = [perParameter(), perParameter()];
  let t = 0;
  return (parameters, gradients, rate) => {
    t++;
    const [bias1, bias2] = [1 - beta1 ** t, 1 - beta2 ** t];
    parameters.forEach((theta, k) => {
      const g = gradients[k];
      const m = first(k, theta.length);
      const v = second(k, theta.length);
      for (let i = 0; i < theta.length; i++) {
        m[i] = beta1 * m[i] + (1 - beta1) * g[i];
        v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
        theta[i] -= (rate * (m[i] / bias1)) / (Math.sqrt(v[i] / bias2) + epsilon);
      }
    });
  };
}

/** The rate at `done`, from 0 to 1, of a training: it falls to 0 along half a cosine (Loshchilov and Hutter 2017, eq. 5). */
export function cosineDecay(rate: number, done: number): number {
  return (rate * (1 + Math.cos(Math.PI * done))) / 2;
}

/** A list of numbers for each parameter, zero at first. */
function perParameter(): (k: number, size: number) => Float64Array {
  const lists: Float64Array[] = [];
  return (k, size) => (lists[k] ??= new Float64Array(size));
}

/** Puts a list in random order, in place (Fisher and Yates), and returns it. */
export function shuffle<T>(list: T[], random: () => number): T[] {
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [list[i], list[j]] = [list[j], list[i]];
  }
  return list;
}
