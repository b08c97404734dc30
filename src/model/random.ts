/** Seeded random numbers: the same seed gives the same weights on every machine. */

/** Numbers in [0, 1), by the mulberry32 generator (32 bits of state). */
export function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** rows×columns weights, uniform in ±√(6/(rows+columns)) (Glorot and Bengio 2010, eq. 16), row-major. */
export function glorot(random: () => number, rows: number, columns: number): number[] {
  const bound = Math.sqrt(6 / (rows + columns));
  return Array.from({ length: rows * columns }, () => (2 * random() - 1) * bound);
}
