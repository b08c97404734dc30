/** The inner loops of products of matrices and vectors. They are unrolled by four: one running sum waits for itself. */

import type { Data } from './op.ts';

/** y ← A b, or y ← y + A b. A is m×k. */
export function timesVector(a: Data, b: Data, y: Data, accumulate: boolean): void {
  const m = y.length;
  const k = b.length;
  const m4 = m & ~3;
  let i = 0;
  let p = 0;
  for (; i < m4; i += 4, p += 4 * k) {
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let j = 0, p0 = p, p1 = p + k, p2 = p1 + k, p3 = p2 + k; j < k; j++, p0++, p1++, p2++, p3++) {
      const bj = b[j];
      s0 += a[p0] * bj;
      s1 += a[p1] * bj;
      s2 += a[p2] * bj;
      s3 += a[p3] * bj;
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

/** y ← Aᵀ b, or y ← y + Aᵀ b. A is k×n. */
export function transposedTimesVector(a: Data, b: Data, y: Data, accumulate: boolean): void {
  const n = y.length;
  const k = b.length;
  const k4 = k & ~3;
  if (!accumulate) for (let j = 0; j < n; j++) y[j] = 0;
  let i = 0;
  let p = 0;
  for (; i < k4; i += 4, p += 4 * n) {
    const b0 = b[i];
    const b1 = b[i + 1];
    const b2 = b[i + 2];
    const b3 = b[i + 3];
    for (let j = 0, p0 = p, p1 = p + n, p2 = p1 + n, p3 = p2 + n; j < n; j++, p0++, p1++, p2++, p3++) {
      y[j] += a[p0] * b0 + a[p1] * b1 + (a[p2] * b2 + a[p3] * b3);
    }
  }
  for (; i < k; i++) {
    const bi = b[i];
    for (let j = 0; j < n; j++, p++) y[j] += a[p] * bi;
  }
}

/** Y ← Σ a_k b_kᵀ, or Y ← Y + Σ a_k b_kᵀ. All a_k have m elements, all b_k n. */
export function sumOfOuters(a: readonly Data[], b: readonly Data[], y: Data, accumulate: boolean): void {
  if (!accumulate) for (let p = 0; p < y.length; p++) y[p] = 0;
  const m = a[0].length;
  const n = b[0].length;
  let k = 0;
  for (; k + 4 <= a.length; k += 4) {
    const [a0, a1, a2, a3] = [a[k], a[k + 1], a[k + 2], a[k + 3]];
    const [b0, b1, b2, b3] = [b[k], b[k + 1], b[k + 2], b[k + 3]];
    for (let i = 0, p = 0; i < m; i++) {
      const f0 = a0[i];
      const f1 = a1[i];
      const f2 = a2[i];
      const f3 = a3[i];
      for (let j = 0; j < n; j++, p++) y[p] += f0 * b0[j] + f1 * b1[j] + (f2 * b2[j] + f3 * b3[j]);
    }
  }
  for (; k < a.length; k++) {
    const ak = a[k];
    const bk = b[k];
    for (let i = 0, p = 0; i < m; i++) {
      const f = ak[i];
      for (let j = 0; j < n; j++, p++) y[p] += f * bk[j];
    }
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
