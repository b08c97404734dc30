/** The view as a URL hash, and back. Bad values give way to defaults with a note; keys of others are kept. */

import { examples } from '../../examples/index.ts';
import { nearest } from '../../src/graph/error.ts';
import { MAX_TEXT } from './pack.ts';

export type FormulaForm = 'expanded' | 'nested';
export type Theme = 'auto' | 'light' | 'dark';
export const panels = ['graph', 'charts', 'write'] as const;
export type Panel = (typeof panels)[number];
export type Entry = readonly [key: string, value: string];

/** What the hash holds. Undefined means: whatever is best for the document. */
export interface UrlState {
  /** The name of an example, or `served`. */
  readonly model: string;
  /** What is not the page's own: settings of the model as typed, and keys that nobody here knows. */
  readonly rest: readonly Entry[];
  readonly target: string | undefined;
  readonly wrt: string | undefined;
  /** Indices into the list of paths, from 0. */
  readonly paths: readonly number[];
  readonly step: number | undefined;
  readonly selection: string | undefined;
  readonly open: readonly string[];
  readonly formula: FormulaForm;
  readonly panel: Panel;
  readonly theme: Theme;
  /** What the person has written, whether or not it can be read; '' where nothing has been. */
  readonly equations: string;
  readonly derivation: string;
}

/** Keys of the page itself: no setting of an example may be called so. */
export const pageKeys: readonly string[] = [
  'model',
  'target',
  'wrt',
  'path',
  'step',
  'sel',
  'open',
  'formula',
  'panel',
  'theme',
  'equations',
  'derivation',
];

/** A model that the server hands out has an address that the server prints; nobody types it. */
export const SERVED = 'served';
/** The model that a person's own equations describe. */
export const TYPED = 'equations';
export const DEFAULT_MODEL = 'rnn';

export function parseHash(hash: string): { state: UrlState; problems: string[] } {
  const query = new URLSearchParams(hash.replace(/^#/, ''));
  const problems: string[] = [];
  const choice = <K extends string>(key: string, choices: readonly K[], fallback: K): K => {
    const value = query.get(key);
    if (value === null) return fallback;
    if ((choices as readonly string[]).includes(value)) return value as K;
    problems.push(`${key}=${cut(value)} is not one of ${choices.join(', ')}; using ${fallback}`);
    return fallback;
  };
  const whole = (key: string, max: number): number | undefined => {
    const value = query.get(key);
    if (value === null) return undefined;
    const number = Number(value);
    if (/^\d{1,10}$/.test(value) && number <= max) return number;
    problems.push(`${key}=${cut(value)} is not a whole number from 0 to ${max}`);
    return undefined;
  };
  const list = (key: string) =>
    (query.get(key) ?? '')
      .split(',')
      .filter((item) => item !== '')
      .slice(0, 100);
  const paths = list('path')
    .filter((item) => {
      const fine = /^[1-9]\d{0,3}$/.test(item);
      if (!fine) problems.push(`path=${cut(item)} is not a path's number`);
      return fine;
    })
    .map((item) => Number(item) - 1);

  const state: UrlState = {
    model: modelOf(query.get('model'), problems),
    rest: [...query].filter(([key]) => !pageKeys.includes(key)),
    target: query.get('target') ?? undefined,
    wrt: query.get('wrt') ?? undefined,
    paths,
    step: whole('step', 1_000_000),
    selection: query.get('sel') ?? undefined,
    open: list('open'),
    formula: choice('formula', ['expanded', 'nested'], 'expanded'),
    panel: choice('panel', panels, 'graph'),
    theme: choice('theme', ['auto', 'light', 'dark'], 'auto'),
    equations: (query.get('equations') ?? '').slice(0, MAX_TEXT),
    derivation: (query.get('derivation') ?? '').slice(0, MAX_TEXT),
  };
  return { state, problems };
}

function modelOf(named: string | null, problems: string[]): string {
  const names = examples.map(({ name }) => name);
  if (named === null) return DEFAULT_MODEL;
  if (named === SERVED || named === TYPED || names.includes(named)) return named;
  const guess = nearest(named, names);
  const hint = guess === undefined ? '' : ` (did you mean ${guess}?)`;
  problems.push(`there is no model ${cut(named)}${hint}; using ${DEFAULT_MODEL}`);
  return DEFAULT_MODEL;
}

export function formatHash(state: UrlState): string {
  const entries: [string, string][] = [];
  const put = (key: string, value: string | number | undefined) => {
    if (value !== undefined && value !== '') entries.push([key, String(value)]);
  };
  put('model', state.model);
  for (const [key, value] of state.rest) entries.push([key, value]);
  put('target', state.target);
  put('wrt', state.wrt);
  put('path', state.paths.map((index) => index + 1).join(','));
  put('step', state.step);
  put('sel', state.selection);
  put('open', state.open.join(','));
  if (state.formula !== 'expanded') put('formula', state.formula);
  if (state.panel !== 'graph') put('panel', state.panel);
  if (state.theme !== 'auto') put('theme', state.theme);
  put('equations', state.equations);
  put('derivation', state.derivation);
  const encoded = (text: string) => new URLSearchParams([['', text]]).toString().slice(1);
  // commas, arrows and steps such as t=1 stay legible
  const legible = (text: string) => encoded(text).replaceAll('%2C', ',').replaceAll('%3D', '=');
  return `#${entries.map(([key, value]) => `${encoded(key)}=${legible(value)}`).join('&')}`;
}

export function cut(text: string): string {
  return text.length > 24 ? `${text.slice(0, 24)}…` : text;
}
