/**
 * The error function 2/√π ∫₀ˣ e^{−t²} dt and what it lacks to 1, erfc, each with all its digits: for small x the series
 * erf x = 2/√π e^{−x²} Σ 2ⁿ x^{2n+1}/(2n+1)!! of positive terms, beyond it the continued fraction of erfc (Abramowitz and
 * Stegun 7.1.6, 7.1.14).
 */

const BETWEEN = 1.25;

function bySeries(size: number): number {
  let term = size;
  let sum = size;
  for (let n = 1; term > 1e-17 * sum; n++) {
    term *= (2 * size * size) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-size * size) * sum;
}

/** erfc for x ≥ 1.25; its error falls as e^{−2x√(2n)} with n terms. */
function byFraction(size: number): number {
  let fraction = size;
  for (let n = Math.ceil(10 + 200 / (size * size)); n > 0; n--) fraction = size + n / 2 / fraction;
  return Math.exp(-size * size) / (Math.sqrt(Math.PI) * fraction);
}

export function erf(x: number): number {
  const size = Math.abs(x);
  return Math.sign(x) * (size < BETWEEN ? bySeries(size) : 1 - byFraction(size));
}

export function erfc(x: number): number {
  return x < BETWEEN ? 1 - erf(x) : byFraction(x);
}
