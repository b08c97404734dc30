/** Typeset forms: LaTeX with the binding strength of its outermost operator, so that brackets go only where needed. */

export interface Tex {
  readonly text: string;
  readonly strength: number;
}

/** Sum < product < power < atom. */
export const SUM = 1;
export const PRODUCT = 2;
export const POWER = 3;
const ATOM = 4;

export const atom = (text: string): Tex => ({ text, strength: ATOM });

/** The formula's text, in brackets if it binds more weakly than `strength`. */
export function within(x: Tex, strength: number): string {
  return x.strength < strength ? `\\left(${x.text}\\right)` : x.text;
}

export const call = (name: string, ...x: readonly Tex[]): Tex =>
  atom(`${name}\\left(${x.map((arg) => arg.text).join(', ')}\\right)`);

/** x to the exponent. */
export const raised = (x: Tex, exponent: string): Tex => ({
  text: `${within(x, POWER + 1)}^{${exponent}}`,
  strength: POWER,
});

/** `a operator b` where a and b bind at least as strongly as the operator, b strictly so where it does not associate. */
export const infix =
  (operator: string, strength: number, associative = true) =>
  ([a, b]: readonly Tex[]): Tex => ({
    text: `${within(a, strength)}${operator}${within(b, associative ? strength : strength + 1)}`,
    strength,
  });

/** `a + b - c`: a summand that begins with a minus brings its own sign. */
export const plus = (x: readonly Tex[]): Tex => ({
  text: x
    .map(({ text }, i) => (i === 0 ? text : text.startsWith('-') ? ` - ${text.slice(1)}` : ` + ${text}`))
    .join(''),
  strength: x.length === 1 ? x[0].strength : SUM,
});

/** Decimal numbers as people write them: at most six significant digits. */
export function texNumber(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return '\\infty';
  if (value === Number.NEGATIVE_INFINITY) return '-\\infty';
  if (Number.isNaN(value)) return '\\mathrm{NaN}';
  const [mantissa, exponent] = String(Number(value.toPrecision(6))).split('e');
  return exponent === undefined ? mantissa : `${mantissa}\\cdot 10^{${Number(exponent)}}`;
}
