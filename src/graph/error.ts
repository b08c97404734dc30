/** The one error type of Gradpath: what is wrong, where, and what to do, in the user's own names. */

export type ErrorCode =
  | 'shape' // operand shapes do not fit an op
  | 'dtype' // float32 and float64 were mixed
  | 'name' // a name is taken, empty or too long
  | 'unknown-variable' // a name that the graph does not have
  | 'value' // data that is missing, of the wrong size or not finite
  | 'graph' // a graph document that is not well formed
  | 'derivative' // a derivative that does not exist
  | 'limit' // larger than what this operation accepts
  | 'option' // a command-line option or argument
  | 'notation' // mathematics that cannot be read
  | 'file'; // a file that cannot be read or written

export class GradpathError extends Error {
  readonly code: ErrorCode;
  /** The user's name for the place: a variable, a file, `nodes[7].inputs`. */
  readonly where: string | undefined;

  constructor(code: ErrorCode, message: string, where?: string) {
    super(message);
    this.name = 'GradpathError';
    this.code = code;
    this.where = where;
  }
}

/**
 * The candidate closest to `word`: at most two edits away, fewer than it has letters, case ignored. Of two equally close
 * the one that is as long as the word.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.min(3, word.length); // of a single letter only the other case is near
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    const fitsBetter = candidate.length === word.length && best?.length !== word.length;
    if (distance < bestDistance || (best !== undefined && distance === bestDistance && fitsBetter)) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Insertions, deletions, replacements and swaps of neighbours that turn a into b; 3 if their lengths say enough. */
function editDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3;
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = rows[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? rows[i - 2][j - 2] + 1 : 3;
      row.push(Math.min(replaced, rows[i - 1][j] + 1, row[j - 1] + 1, swapped));
    }
    rows.push(row);
  }
  return rows[a.length][b.length];
}
