/** The middle of a list of numbers: unmoved by a few disturbed measurements. */
export function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1];
}
