/** The GRU and its gradients written out by hand in plain loops, in all four conventions. */

import type { CellOptions } from '../../examples/gru/gru.ts';
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

/**
 * E = Σ E_t and its gradients. With ā for ∂E/∂a, δ for a gradient before a nonlinearity, H' for H_{t−1}, at step t:
 * z keeps the old state: z̄ = H̄ ⊙ (H' − g), ḡ = H̄ ⊙ (1−z), H̄' = H̄ ⊙ z; z takes the candidate: z̄ = H̄ ⊙ (g − H'),
 * ḡ = H̄ ⊙ z, H̄' = H̄ ⊙ (1−z). Then δ_g = ḡ ⊙ (1−g²), δ_z = z̄ ⊙ z(1−z) and
 * reset before: s = W_gᵀ δ_g, r̄ = s ⊙ H', H̄' += s ⊙ r, W̄_g += δ_g (r ⊙ H')ᵀ;
 * reset after, m = W_g H' + c_g: r̄ = δ_g ⊙ m, m̄ = δ_g ⊙ r, H̄' += W_gᵀ m̄, W̄_g += m̄ H'ᵀ, c̄_g += m̄;
 * δ_r = r̄ ⊙ r(1−r), H̄' += W_rᵀ δ_r + W_zᵀ δ_z, Ū_k += δ_k x_tᵀ, b̄_k += δ_k, W̄_r += δ_r H'ᵀ, W̄_z alike.
 */
export function gruByHand(
  model: Model,
  T: number,
  loss: Loss,
  { reset, update }: Required<Pick<CellOptions, 'reset' | 'update'>>,
) {
  const { vector, matrix, at } = numbersOf(model);
  const [U_r, U_z, U_g] = ['U_r', 'U_z', 'U_g'].map(matrix);
  const [W_r, W_z, W_g] = ['W_r', 'W_z', 'W_g'].map(matrix);
  const [b_r, b_z, b_g] = ['b_r', 'b_z', 'b_g'].map(vector);
  const V = matrix('V');
  const n = b_r.length;
  const c_g = reset === 'after' ? vector('c_g') : zeros(n);

  const steps = [{ r: zeros(n), z: zeros(n), g: zeros(n), m: zeros(n), H: vector('H_0') }];
  const dO: (Vector | undefined)[] = [undefined];
  let E = 0;
  for (let t = 1; t <= T; t++) {
    const [x, old] = [at('x', t)!, steps[t - 1].H];
    const [rx, zx, gx] = [times(U_r, x), times(U_z, x), times(U_g, x)];
    const [rh, zh] = [times(W_r, old), times(W_z, old)];
    const r = rx.map((a, j) => sigmoid(a + rh[j] + b_r[j]));
    const z = zx.map((a, j) => sigmoid(a + zh[j] + b_z[j]));
    const seen = reset === 'before' ? old.map((h, j) => r[j] * h) : old;
    const m = times(W_g, seen).map((a, j) => a + c_g[j]);
    const g = gx.map((a, j) => Math.tanh(a + b_g[j] + (reset === 'before' ? m[j] : r[j] * m[j])));
    const keep = update === 'old' ? z : z.map((a) => 1 - a);
    steps.push({ r, z, g, m, H: g.map((a, j) => keep[j] * old[j] + (1 - keep[j]) * a) });
    const y = at('y', t);
    const found = y && lossByHand(times(V, steps[t].H), y, loss);
    dO.push(found?.dO);
    E += found?.E ?? 0;
  }

  const [dU_r, dU_z, dU_g] = [U_r, U_z, U_g].map(zerosLike);
  const [dW_r, dW_z, dW_g] = [W_r, W_z, W_g].map(zerosLike);
  const [db_r, db_z, db_g, dc_g] = [0, 1, 2, 3].map(() => zeros(n));
  const dV = zerosLike(V);
  let dH = zeros(n);
  let dx: Vector = [];
  for (let t = T; t >= 1; t--) {
    const { r, z, g, m, H } = steps[t];
    const old = steps[t - 1].H;
    const x = at('x', t)!;
    if (dO[t] !== undefined) {
      addOuter(dV, dO[t]!, H);
      addTo(dH, timesTransposed(V, dO[t]!));
    }
    const sign = update === 'old' ? 1 : -1;
    const keep = update === 'old' ? z : z.map((a) => 1 - a);
    const delta_z = dH.map((d, j) => sign * d * (old[j] - g[j]) * z[j] * (1 - z[j]));
    const delta_g = dH.map((d, j) => d * (1 - keep[j]) * (1 - g[j] ** 2));
    const dOld = dH.map((d, j) => d * keep[j]);
    const dr = zeros(n);
    if (reset === 'before') {
      const s = timesTransposed(W_g, delta_g);
      s.forEach((a, j) => {
        dr[j] = a * old[j];
        dOld[j] += a * r[j];
      });
      addOuter(
        dW_g,
        delta_g,
        old.map((h, j) => r[j] * h),
      );
    } else {
      const dm = delta_g.map((d, j) => d * r[j]);
      delta_g.forEach((d, j) => void (dr[j] = d * m[j]));
      addTo(dOld, timesTransposed(W_g, dm));
      addOuter(dW_g, dm, old);
      addTo(dc_g, dm);
    }
    const delta_r = dr.map((d, j) => d * r[j] * (1 - r[j]));
    dx = zeros(x.length);
    for (const [delta, U, dU, db] of [
      [delta_r, U_r, dU_r, db_r],
      [delta_z, U_z, dU_z, db_z],
      [delta_g, U_g, dU_g, db_g],
    ] as [Vector, Matrix, Matrix, Vector][]) {
      addOuter(dU, delta, x);
      addTo(db, delta);
      addTo(dx, timesTransposed(U, delta));
    }
    addOuter(dW_r, delta_r, old);
    addOuter(dW_z, delta_z, old);
    addTo(dOld, timesTransposed(W_r, delta_r));
    addTo(dOld, timesTransposed(W_z, delta_z));
    dH = dOld;
  }
  const gradients: Record<string, Vector | Matrix> = {
    ...{ U_r: dU_r, U_z: dU_z, U_g: dU_g, W_r: dW_r, W_z: dW_z, W_g: dW_g, b_r: db_r, b_z: db_z, b_g: db_g },
    ...(reset === 'after' ? { c_g: dc_g } : {}),
    ...{ V: dV, H_0: dH, x_1: dx },
  };
  return { E, gradients, steps };
}
