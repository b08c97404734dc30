/** Numbers that studies can compute with: their products, squares and quotients neither overflow nor vanish. */

const SIZES = { least: 1e-100, most: 1e100 } as const;

/** What is expected of them, for messages. */
export const MODERATE = `0 or a size from ${SIZES.least} to ${SIZES.most}`;

export function isModerate(value: number): boolean {
  const size = Math.abs(value);
  return size === 0 || (size >= SIZES.least && size <= SIZES.most);
}
