/** The spectral radius and the spectral norm of a small square matrix, row-major. */

/** Squarings: A^(2⁶⁰), whose norm grows as ρ^(2⁶⁰) for every matrix, also for defective ones and complex pairs. */
const SQUARINGS = 60;

/**
 * The largest |eigenvalue| of an n×n matrix, by Gelfand's formula ρ(A) = lim ‖Aᵏ‖^(1/k) for k = 2, 4, 8, …, the matrix
 * scaled to norm 1 before it is squared. No eigenvalue needs to be simple or real.
 */
export function spectralRadius(A: ArrayLike<number>, n: number): number {
  let power = Float64Array.from(A);
  let log = 0; // of ‖A^(2^j)‖^(1/2^j), in which the scale of step j counts 2^−j
  for (let j = 0, weight = 1; j <= SQUARINGS; j++, weight /= 2) {
    let norm = 0;
    for (const entry of power) norm = Math.max(norm, Math.abs(entry));
    if (norm === 0) return 0; // nilpotent
    log += weight * Math.log(norm);
    for (let i = 0; i < power.length; i++) power[i] /= norm;
    power = product(power, power, n);
  }
  return Math.exp(log);
}

/** ‖A‖₂, the largest singular value: the root of the spectral radius of AᵀA. */
export function spectralNorm(A: ArrayLike<number>, n: number): number {
  const data = Float64Array.from(A);
  return Math.sqrt(spectralRadius(product(transposed(data, n), data, n), n));
}

/** An orthogonal matrix from one of full rank: its columns made orthonormal one after the other, each twice. */
export function orthogonalised(A: ArrayLike<number>, n: number): Float64Array {
  const Q = transposed(Float64Array.from(A), n); // its rows are the columns
  for (let k = 0; k < n; k++) {
    const row = Q.subarray(k * n, (k + 1) * n);
    for (let twice = 0; twice < 2; twice++) {
      for (let other = 0; other < k; other++) {
        const before = Q.subarray(other * n, (other + 1) * n);
        const along = row.reduce((sum, value, j) => sum + value * before[j], 0);
        for (let j = 0; j < n; j++) row[j] -= along * before[j];
      }
      const length = Math.hypot(...row);
      for (let j = 0; j < n; j++) row[j] /= length;
    }
  }
  return transposed(Q, n);
}

function product(A: Float64Array, B: Float64Array, n: number): Float64Array<ArrayBuffer> {
  const C = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let k = 0; k < n; k++) for (let j = 0; j < n; j++) C[i * n + j] += A[i * n + k] * B[k * n + j];
  return C;
}

function transposed(A: Float64Array, n: number): Float64Array<ArrayBuffer> {
  return Float64Array.from(A, (_, i) => A[(i % n) * n + Math.floor(i / n)]);
}
