/**
 * The inner loops of products of matrices and vectors, in blocks of rows: a number once read serves several products,
 * and several sums run side by side, since one alone would wait for each of its additions.
 */

import type { Data } from './op.ts';

/** y ← A b, or y ← y + A b. A is m×k. Four rows at a time. */
export function timesVector(a: Data, b: Data, y: Data, accumulate: boolean): void {
  const m = y.length;
  const k = b.length;
  const k2 = 2 * k;
  const k3 = 3 * k;
  let i = 0;
  let p = 0;
  for (; i + 4 <= m; i += 4, p += k3) {
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let j = 0; j < k; j++, p++) {
      const bj = b[j];
      s0 += a[p] * bj;
      s1 += a[p + k] * bj;
      s2 += a[p + k2] * bj;
      s3 += a[p + k3] * bj;
    }
    if (accumulate) {
      s0 += y[i];
      s1 += y[i + 1];
      s2 += y[i + 2];
      s3 += y[i + 3];
    }
    y[i] = s0;
    y[i + 1] = s1;
    y[i + 2] = s2;
    y[i + 3] = s3;
  }
  for (; i < m; i++) {
    let s = accumulate ? y[i] : 0;
    for (let j = 0; j < k; j++, p++) s += a[p] * b[j];
    y[i] = s;
  }
}

/** y ← Aᵀ b, or y ← y + Aᵀ b. A is k×n. Eight, then four rows of A at a time. */
export function transposedTimesVector(a: Data, b: Data, y: Data, accumulate: boolean): void {
  const n = y.length;
  const k = b.length;
  if (!accumulate) for (let j = 0; j < n; j++) y[j] = 0;
  let i = 0;
  for (; i + 8 <= k; i += 8) {
    const b0 = b[i];
    const b1 = b[i + 1];
    const b2 = b[i + 2];
    const b3 = b[i + 3];
    const b4 = b[i + 4];
    const b5 = b[i + 5];
    const b6 = b[i + 6];
    const b7 = b[i + 7];
    for (let j = 0, p = i * n; j < n; j++, p++) {
      const low = a[p] * b0 + a[p + n] * b1 + (a[p + 2 * n] * b2 + a[p + 3 * n] * b3);
      const high = a[p + 4 * n] * b4 + a[p + 5 * n] * b5 + (a[p + 6 * n] * b6 + a[p + 7 * n] * b7);
      y[j] += low + high;
    }
  }
  for (; i + 4 <= k; i += 4) {
    const b0 = b[i];
    const b1 = b[i + 1];
    const b2 = b[i + 2];
    const b3 = b[i + 3];
    for (let j = 0, p = i * n; j < n; j++, p++) {
      y[j] += a[p] * b0 + a[p + n] * b1 + (a[p + 2 * n] * b2 + a[p + 3 * n] * b3);
    }
  }
  for (; i < k; i++) {
    const bi = b[i];
    for (let j = 0, p = i * n; j < n; j++, p++) y[j] += a[p] * bi;
  }
}

/** Y ← Σ a_k b_kᵀ, or Y ← Y + Σ a_k b_kᵀ. All a_k have m elements, all b_k n. Four terms by four rows at a time. */
export function sumOfOuters(a: readonly Data[], b: readonly Data[], y: Data, accumulate: boolean): void {
  if (!accumulate) for (let p = 0; p < y.length; p++) y[p] = 0;
  let k = 0;
  for (; k + 4 <= a.length; k += 4) fourOuters(a, b, k, y);
  for (; k < a.length; k++) {
    const ak = a[k];
    const bk = b[k];
    for (let i = 0, p = 0; i < ak.length; i++) {
      const f = ak[i];
      for (let j = 0; j < bk.length; j++, p++) y[p] += f * bk[j];
    }
  }
}

/** Y ← Y + the terms k to k + 3. */
function fourOuters(a: readonly Data[], b: readonly Data[], k: number, y: Data): void {
  const a0 = a[k];
  const a1 = a[k + 1];
  const a2 = a[k + 2];
  const a3 = a[k + 3];
  const b0 = b[k];
  const b1 = b[k + 1];
  const b2 = b[k + 2];
  const b3 = b[k + 3];
  const m = a0.length;
  const n = b0.length;
  let i = 0;
  for (; i + 4 <= m; i += 4) {
    const e0 = a0[i];
    const e1 = a1[i];
    const e2 = a2[i];
    const e3 = a3[i];
    const f0 = a0[i + 1];
    const f1 = a1[i + 1];
    const f2 = a2[i + 1];
    const f3 = a3[i + 1];
    const g0 = a0[i + 2];
    const g1 = a1[i + 2];
    const g2 = a2[i + 2];
    const g3 = a3[i + 2];
    const h0 = a0[i + 3];
    const h1 = a1[i + 3];
    const h2 = a2[i + 3];
    const h3 = a3[i + 3];
    for (let j = 0, p = i * n, q = p + n, r = q + n, s = r + n; j < n; j++, p++, q++, r++, s++) {
      const c0 = b0[j];
      const c1 = b1[j];
      const c2 = b2[j];
      const c3 = b3[j];
      y[p] += e0 * c0 + e1 * c1 + (e2 * c2 + e3 * c3);
      y[q] += f0 * c0 + f1 * c1 + (f2 * c2 + f3 * c3);
      y[r] += g0 * c0 + g1 * c1 + (g2 * c2 + g3 * c3);
      y[s] += h0 * c0 + h1 * c1 + (h2 * c2 + h3 * c3);
    }
  }
  for (; i < m; i++) {
    const e0 = a0[i];
    const e1 = a1[i];
    const e2 = a2[i];
    const e3 = a3[i];
    for (let j = 0, p = i * n; j < n; j++, p++) y[p] += e0 * b0[j] + e1 * b1[j] + (e2 * b2[j] + e3 * b3[j]);
  }
}

/** Y ← A B, row by row of A: the inner loop runs along rows of B and Y. */
export function timesMatrix(a: Data, b: Data, y: Data, m: number, k: number, n: number): void {
  for (let i = 0; i < m; i++) {
    const row = i * n;
    for (let j = 0; j < n; j++) y[row + j] = 0;
    for (let l = 0; l < k; l++) {
      const factor = a[i * k + l];
      const from = l * n;
      for (let j = 0; j < n; j++) y[row + j] += factor * b[from + j];
    }
  }
}
