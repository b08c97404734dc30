/** Commands of packages of LaTeX that stand for others. */

export interface Macro {
  /** How many arguments it takes. */
  readonly count: number;
  /** What the first argument is where it is left out: it is then one in square brackets. */
  readonly optional?: string;
  /** What it stands for: `#1` is the first argument. */
  readonly body: string;
  /** Its arguments must stand in braces. */
  readonly isBraced?: true;
  /** What stands behind this sign belongs to it, and is left out. */
  readonly script?: '_' | '^';
}

const all = (names: string, count: number, body: string, more: Partial<Macro> = {}): [string, Macro][] =>
  names.split(' ').map((name) => [name, { count, body, isBraced: true, ...more }]);

export const PACKAGE_MACROS: ReadonlyMap<string, Macro> = new Map([
  // derivatives in physics, derivative, diffcoeff, commath
  ...all('pdv pderiv partialderivative diffp pdiff pd', 2, '\\frac{\\partial #1}{\\partial #2}'),
  ...all('dv odv deriv derivative od', 2, '\\frac{\\mathrm{d} #1}{\\mathrm{d} #2}'),
  ...all('dd dif d', 0, '\\mathrm{d}'),
  ...all('grad', 0, '\\nabla'),
  ...all('nicefrac sfrac flatfrac', 2, '\\frac{#1}{#2}'),
  ...all('norm', 1, '\\|#1\\|'),
  ...all('abs', 1, '|#1|'),
  ...all('qty xspace', 0, ''),
  ...all('vb va vect mat', 1, '\\mathbf{#1}'),
  // what stands around, above or below a part of a formula says nothing about it
  ...all('underset overset stackrel cancelto', 2, '#2'),
  ...all('underbrace', 1, '{#1}', { script: '_' }),
  ...all('overbrace', 1, '{#1}', { script: '^' }),
  ...all('cancel bcancel xcancel', 1, '{#1}'),
  ...all('textcolor mathcolor', 3, '{#3}', { optional: '' }),
  ...all('color', 2, '', { optional: '' }),
  ...all('substack', 1, '#1'),
  ...all('ref eqref cref cite mspace', 1, ''),
]);
