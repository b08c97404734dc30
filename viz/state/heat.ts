/** Numbers as colours: diverging, zero neutral, one symmetric domain for all values and one for all gradients. */

import type { Tensor } from '../../src/run/eager.ts';
import type { Document } from './document.ts';
import type { Trace } from './trace.ts';

export type Shade = 'light' | 'dark';
export type Rgb = readonly [red: number, green: number, blue: number];

const NEGATIVE: Record<Shade, Rgb> = { light: [196, 88, 10], dark: [255, 160, 84] };
const ZERO: Record<Shade, Rgb> = { light: [246, 246, 244], dark: [38, 43, 52] };
const POSITIVE: Record<Shade, Rgb> = { light: [24, 92, 164], dark: [96, 172, 244] };
const INVALID: Rgb = [214, 0, 147];

/** Position of a value in [−1, 1]: a square root, so that a hundredth of the maximum is still a tenth of the colour. */
export function position(value: number, max: number): number {
  if (!(max > 0)) return 0;
  const size = Math.min(1, Math.abs(value) / max);
  return Math.sign(value) * Math.sqrt(size);
}

export function rgb(value: number, max: number, shade: Shade): Rgb {
  return Number.isFinite(value) ? mix(position(value, max), shade) : INVALID;
}

export function colour(value: number, max: number, shade: Shade): string {
  return css(rgb(value, max, shade));
}

/** Black or white, whichever reads better on the value's colour. */
export function inkOn(value: number, max: number, shade: Shade): string {
  if (!Number.isFinite(value)) return '#ffffff';
  const [r, g, b] = mix(position(value, max), shade).map((channel) => {
    const c = channel / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  return luminance > 0.179 ? '#000000' : '#ffffff';
}

function mix(at: number, shade: Shade): Rgb {
  const end = at < 0 ? NEGATIVE[shade] : POSITIVE[shade];
  const zero = ZERO[shade];
  const t = Math.abs(at);
  return [0, 1, 2].map((i) => Math.round(zero[i] + (end[i] - zero[i]) * t)) as unknown as Rgb;
}

const css = ([r, g, b]: Rgb) => `rgb(${r}, ${g}, ${b})`;

export function largest(tensors: Iterable<Tensor>): number {
  let max = 0;
  for (const { data } of tensors) for (const value of data) if (Math.abs(value) > max) max = Math.abs(value);
  return max;
}

/** A tensor this much smaller than the shared domain would show little colour in it. */
const FAINT = 5;

/** The domain of one tensor's colours: the shared one where it can be told from zero there, else its own. */
export function domainOf(tensors: Iterable<Tensor>, shared: number): number {
  const own = largest(tensors);
  return own > 0 && own < shared / FAINT ? own : shared;
}

/** The largest value of any variable of the document. */
export function valueDomain(document: Document): number {
  return largest(document.variables.variables.map((id) => document.valueAt(id)));
}

/** The largest element of any gradient of the backward pass, ever. */
export function gradientDomain(trace: Trace): number {
  let max = trace.events.some((event) => event.kind === 'seed') ? 1 : 0;
  for (const event of trace.events)
    if (event.kind === 'flow') max = Math.max(max, largest([event.after, event.delta]));
  return max;
}

/** Three significant digits, a true minus sign, no trailing noise. */
export function short(value: number): string {
  if (value === 0) return '0';
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  const text =
    size >= 1e4 || size < 1e-3
      ? value.toExponential(1)
      : size >= 999.5
        ? value.toFixed(0)
        : value.toPrecision(3);
  return text.replace('e+', 'e').replaceAll('-', '−');
}

/** `25.5 %`; a dash where there is no gradient to have a share of. */
export function percent(share: number | null): string {
  if (share === null) return '–';
  const value = 100 * share;
  const size = Math.abs(value);
  const text =
    size >= 1 || size === 0
      ? value.toFixed(size >= 99.95 ? 0 : 1)
      : size >= 0.001
        ? value.toPrecision(2)
        : value.toExponential(0);
  return `${text.replaceAll('-', '−')} %`;
}

/** Text for narrow cells: two significant digits, one below a hundredth. */
export function tiny(value: number): string {
  const size = Math.abs(value);
  if (value === 0) return '0';
  if (!Number.isFinite(value)) return short(value);
  if (Number.isInteger(value) && size < 1000) return String(value).replace('-', '−');
  const digits = size >= 9.95 ? 0 : size >= 0.995 ? 1 : size >= 0.0995 ? 2 : 3;
  const text = size >= 1000 || size < 1e-3 ? value.toExponential(0) : value.toFixed(digits);
  return text.replace('e+', 'e').replaceAll('-', '−');
}
