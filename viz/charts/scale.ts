/** Scales and ticks of charts: numbers to pixels, and labels that do not collide. */

export interface Tick {
  /** Position in pixels. */
  readonly at: number;
  readonly label: string;
}

export interface Scale {
  /** Pixels; NaN for what has no place: NaN, infinities, and numbers ≤ 0 on a logarithmic scale. */
  readonly at: (value: number) => number;
  readonly ticks: readonly Tick[];
}

/** Pixels that a letter of a label takes, at the size of the style sheet. */
export const LETTER = 6.7;
/** Pixels between two labels at least. */
const APART = 10;

/** Pixels that a letter of a title takes. */
const TITLE_LETTER = 7.4;

/** A title in lines of at most so many pixels; a word that is longer has a line of its own. */
export function titleLines(text: string, width: number): string[] {
  const most = Math.max(8, Math.floor(width / TITLE_LETTER));
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && [...last].length + 1 + [...word].length <= most)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

export const labelWidth = (text: string): number => [...text].length * LETTER;

/** 1, 2 or 5 times a power of ten, at least `least`. */
export function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5, 10].find((f) => f * power >= least * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** A number for an axis or a table: up to `digits` digits, a true minus sign, powers of ten where it is long. */
export function numberText(value: number, digits = 4): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (value === 0) return '0';
  const size = Math.abs(value);
  const minus = value < 0 ? '−' : '';
  if (size >= 1e-3 && size < 10 ** Math.max(5, digits))
    return minus + String(Number(size.toPrecision(digits)));
  const [mantissa, exponent] = size.toExponential(digits - 1).split('e');
  const factor = String(Number(mantissa));
  return `${minus}${factor === '1' ? '' : `${factor}·`}10${superscript(Number(exponent))}`;
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

function superscript(n: number): string {
  return (n < 0 ? '⁻' : '') + [...String(Math.abs(n))].map((digit) => SUPERSCRIPTS[Number(digit)]).join('');
}

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** The smallest and the largest number; undefined where there is none. With `log`, of the positive ones. */
export function rangeOf(values: Iterable<number>, log = false): Range | undefined {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!Number.isFinite(value) || (log && value <= 0)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return min <= max ? { min, max } : undefined;
}

/** From pixel `from` to pixel `to`; `room` is how many pixels a label needs along the axis. */
export interface Extent {
  readonly from: number;
  readonly to: number;
  readonly room: (label: string) => number;
}

/** Ends at its ticks if `nice`, else at the range. With `whole`, ticks are whole numbers. */
export function linearScale(
  range: Range,
  extent: Extent,
  { nice = true, whole = false }: { nice?: boolean; whole?: boolean } = {},
): Scale {
  const { from, to, room } = extent;
  let { min, max } = range;
  if (min === max) {
    const half = min === 0 ? 1 : Math.abs(min) / 2;
    [min, max] = whole ? [min - 0.5, max + 0.5] : [min - half, max + half];
  }
  const length = Math.abs(to - from);
  let step = niceStep(Math.max((max - min) / 8, whole ? 1 : 0));
  for (;;) {
    const [low, high] = nice
      ? [Math.floor(min / step + 1e-9) * step, Math.ceil(max / step - 1e-9) * step]
      : [min, max];
    const first = Math.ceil(low / step - 1e-9);
    const last = Math.floor(high / step + 1e-9);
    const values = Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
    // as many digits as neighbours need to differ in
    const digits = 1 + Math.floor(Math.log10(Math.max(-low, high))) - Math.floor(Math.log10(step) + 1e-9);
    const labels = values.map((value) => numberText(Number(value.toPrecision(12)), Math.max(4, digits)));
    const perTick = (length * step) / (high - low);
    if (labels.length <= 2 || Math.max(...labels.map(room)) + APART <= perTick) {
      const at = (value: number) =>
        Number.isFinite(value) ? from + ((value - low) / (high - low)) * (to - from) : Number.NaN;
      return { at, ticks: values.map((value, i) => ({ at: at(value), label: labels[i] })) };
    }
    step = niceStep(step * 1.5);
  }
}

/** Whole decades, or 1-2-5 within few of them. Numbers must be positive. */
export function logScale(range: Range, extent: Extent): Scale {
  const { from, to, room } = extent;
  const length = Math.abs(to - from);
  let low = Math.floor(Math.log10(range.min) + 1e-9);
  let high = Math.ceil(Math.log10(range.max) - 1e-9);
  if (low === high) [low, high] = [low - 1, high + 1];
  const at = (value: number) =>
    value > 0 && Number.isFinite(value)
      ? from + ((Math.log10(value) - low) / (high - low)) * (to - from)
      : Number.NaN;
  const decades = Array.from({ length: high - low + 1 }, (_, i) => low + i);
  const labels = decades.map((exponent) => numberText(10 ** exponent));
  const needed = Math.max(...labels.map(room)) + APART;
  const perDecade = length / (high - low);
  const every = Math.max(1, Math.ceil(needed / perDecade));
  const ticks = decades
    .map((exponent, i) => ({ at: at(10 ** exponent), label: labels[i] }))
    .filter((_, i) => i % every === 0);
  if (high - low <= 2 && perDecade * Math.log10(2) > needed) {
    for (const exponent of decades.slice(0, -1))
      for (const factor of [2, 5]) {
        const value = factor * 10 ** exponent;
        ticks.push({ at: at(value), label: numberText(value) });
      }
  }
  return { at, ticks: ticks.sort((a, b) => a.at - b.at) };
}

interface BandScale {
  readonly width: number;
  /** The middle of a band, in pixels. */
  readonly at: (index: number) => number;
  readonly ticks: readonly Tick[];
}

/** A band per category. Labels that would collide are left out, evenly. */
export function bandScale(categories: readonly string[], extent: Extent): BandScale {
  const { from, to, room } = extent;
  const width = (to - from) / Math.max(1, categories.length);
  const at = (index: number) => from + (index + 0.5) * width;
  const widest = Math.max(0, ...categories.map(room));
  const every = Math.max(1, Math.ceil((widest + APART / 2) / Math.abs(width)));
  const ticks = categories.flatMap((label, i) => (i % every === 0 ? [{ at: at(i), label }] : []));
  return { width, at, ticks };
}
