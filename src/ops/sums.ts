/** Where reductions add up: in doubles, also where the values are single. A million single additions lose three digits. */

import type { Data } from './op.ts';

/** Doubles to compute y in: y itself where it has them. Bound once; {@link store} brings them to y. */
export function doublesOf(y: Data): Float64Array {
  return y instanceof Float64Array ? y : new Float64Array(y.length);
}

/** y ← sums. */
export function store(sums: Float64Array, y: Data): void {
  if (sums !== y) for (let i = 0; i < y.length; i++) y[i] = sums[i];
}
