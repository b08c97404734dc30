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
  | 'option' // an option that does not exist or has a wrong value
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
 * The candidate closest to `word`, case ignored: at most two edits away, and one for every two letters of the word. Of
 * two equally close the one that is as long as the word.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.min(2, Math.floor(word.length / 2)) + 1; // of a single letter only the other case is near
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

/**
 * Refuses options that nobody would read: `Plan has no option moed; did you mean mode?`. TypeScript finds most of them;
 * this is for plain JavaScript and for options put together elsewhere.
 */
export function requireKnown(of: string, options: object, known: readonly string[]): void {
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const guess = nearest(unknown, known);
  const hint = guess === undefined ? `, expected ${known.join(', ')}` : `; did you mean ${guess}?`;
  throw new GradpathError('option', `${of} has no option ${unknown}${hint}`, unknown);
}

/** Refuses what is none of the choices: `dtype is "float16", expected float64 or float32; did you mean float64?`. */
export function requireOneOf(what: string, value: unknown, choices: readonly string[]): void {
  if ((choices as readonly unknown[]).includes(value)) return;
  const guess = typeof value === 'string' ? nearest(value, choices) : undefined;
  const hint = guess === undefined ? '' : `; did you mean ${guess}?`;
  const isThing = value !== null && (typeof value === 'object' || typeof value === 'function');
  const thing = Array.isArray(value) ? 'a list' : `${typeof value === 'object' ? 'an' : 'a'} ${typeof value}`;
  const found = isThing ? thing : typeof value === 'string' ? JSON.stringify(value) : String(value);
  throw new GradpathError('option', `${what} is ${found}, expected ${choices.join(' or ')}${hint}`, what);
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
