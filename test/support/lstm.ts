/** The LSTM and its gradients written out by hand in plain loops. */

import type { Loss } from '../../examples/recurrent/data.ts';
import type { Model } from '../../src/model/model.ts';
import {
  addOuter,
  addTo,
  lossByHand,
  type Matrix,
  numbersOf,
  sigmoid,
  times,
  timesTransposed,
  type Vector,
  zeros,
  zerosLike,
} from './recurrent.ts';

const GATES = ['i', 'f', 'o', 'g'] as const;
type Gate = (typeof GATES)[number];
type Step = Record<Gate | 'C' | 'H', Vector>;

/**
 * E = Σ E_t and its gradients. With ā for ∂E/∂a and δ_k for the gradient before gate k's nonlinearity, at step t:
 *   ō = H̄ ⊙ tanh C,  C̄ += H̄ ⊙ o ⊙ (1 − tanh² C),  δ_o = ō ⊙ o(1−o),  C̄ += p_o ⊙ δ_o,
 *   δ_i = C̄ ⊙ g ⊙ i(1−i),  δ_f = C̄ ⊙ C_{t−1} ⊙ f(1−f),  δ_g = C̄ ⊙ i ⊙ (1−g²),
 *   Ū_k += δ_k x_tᵀ,  W̄_k += δ_k H_{t−1}ᵀ,  b̄_k += δ_k,  p̄_i += δ_i ⊙ C_{t−1},  p̄_f alike,  p̄_o += δ_o ⊙ C_t,
 *   H̄_{t−1} = Σ_k W_kᵀ δ_k (and Vᵀ(ŷ − y) where there is a loss),  C̄_{t−1} = C̄ ⊙ f + p_i ⊙ δ_i + p_f ⊙ δ_f,  x̄_t = Σ_k U_kᵀ δ_k.
 */
export function lstmByHand(model: Model, T: number, loss: Loss, peephole: boolean) {
  const { vector, matrix, at } = numbersOf(model);
  const each = <V>(make: (k: Gate) => V) =>
    Object.fromEntries(GATES.map((k) => [k, make(k)])) as Record<Gate, V>;
  const U = each((k) => matrix(`U_${k}`));
  const W = each((k) => matrix(`W_${k}`));
  const bias = each((k) => vector(`b_${k}`));
  const V = matrix('V');
  const n = bias.i.length;
  const p = each((k) => (peephole && k !== 'g' ? vector(`p_${k}`) : zeros(n)));

  const steps: Step[] = [{ ...each(() => zeros(n)), H: vector('H_0'), C: vector('C_0') }];
  const dO: (Vector | undefined)[] = [undefined];
  let E = 0;
  for (let t = 1; t <= T; t++) {
    const [x, old] = [at('x', t)!, steps[t - 1]];
    const before = (k: Gate, seen: Vector) => {
      const [fromInput, fromState] = [times(U[k], x), times(W[k], old.H)];
      return fromInput.map((a, j) => a + fromState[j] + bias[k][j] + p[k][j] * seen[j]);
    };
    const i = before('i', old.C).map(sigmoid);
    const f = before('f', old.C).map(sigmoid);
    const g = before('g', old.C).map(Math.tanh);
    const C = f.map((fj, j) => fj * old.C[j] + i[j] * g[j]);
    const o = before('o', C).map(sigmoid);
    steps.push({ i, f, o, g, C, H: o.map((oj, j) => oj * Math.tanh(C[j])) });
    const y = at('y', t);
    const found = y && lossByHand(times(V, steps[t].H), y, loss);
    dO.push(found?.dO);
    E += found?.E ?? 0;
  }

  const [dU, dW] = [each((k) => zerosLike(U[k])), each((k) => zerosLike(W[k]))];
  const [db, dp] = [each(() => zeros(n)), each(() => zeros(n))];
  const dV = zerosLike(V);
  const dx: Vector[] = [];
  let [dH, dC] = [zeros(n), zeros(n)];
  for (let t = T; t >= 1; t--) {
    const { i, f, o, g, C, H } = steps[t];
    const old = steps[t - 1];
    if (dO[t] !== undefined) {
      addOuter(dV, dO[t]!, H);
      addTo(dH, timesTransposed(V, dO[t]!));
    }
    const delta = { o: dH.map((d, j) => d * Math.tanh(C[j]) * o[j] * (1 - o[j])) } as Record<Gate, Vector>;
    dC = dC.map((d, j) => d + dH[j] * o[j] * (1 - Math.tanh(C[j]) ** 2) + p.o[j] * delta.o[j]);
    delta.i = dC.map((d, j) => d * g[j] * i[j] * (1 - i[j]));
    delta.f = dC.map((d, j) => d * old.C[j] * f[j] * (1 - f[j]));
    delta.g = dC.map((d, j) => d * i[j] * (1 - g[j] ** 2));
    dH = zeros(n);
    dx[t] = zeros(U.i[0].length);
    for (const k of GATES) {
      addOuter(dU[k], delta[k], at('x', t)!);
      addOuter(dW[k], delta[k], old.H);
      addTo(db[k], delta[k]);
      addTo(
        dp[k],
        delta[k].map((d, j) => d * (k === 'o' ? C : old.C)[j]),
      );
      addTo(dH, timesTransposed(W[k], delta[k]));
      addTo(dx[t], timesTransposed(U[k], delta[k]));
    }
    dC = dC.map((d, j) => d * f[j] + p.i[j] * delta.i[j] + p.f[j] * delta.f[j]);
  }
  const gradients: Record<string, Vector | Matrix> = { V: dV, H_0: dH, C_0: dC, x_1: dx[1] };
  for (const k of GATES) {
    gradients[`U_${k}`] = dU[k];
    gradients[`W_${k}`] = dW[k];
    gradients[`b_${k}`] = db[k];
    if (peephole && k !== 'g') gradients[`p_${k}`] = dp[k];
  }
  return { E, gradients, steps };
}
