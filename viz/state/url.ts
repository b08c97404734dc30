/** The view as a URL hash, and back. Bad values give way to defaults with a note; unknown keys are kept. */

import { DEFAULT_SETTINGS, LOSSES, MAX_T, type RnnSettings } from './document.ts';

export type FormulaForm = 'expanded' | 'nested';
export type Theme = 'auto' | 'light' | 'dark';

/** What the hash holds. Undefined means: whatever is best for the document. */
export interface UrlState {
  readonly model: 'rnn' | 'served';
  readonly settings: RnnSettings;
  readonly target: string | undefined;
  readonly wrt: string | undefined;
  /** Indices into the list of paths, from 0. */
  readonly paths: readonly number[];
  readonly step: number | undefined;
  readonly selection: string | undefined;
  readonly open: readonly string[];
  readonly formula: FormulaForm;
  readonly theme: Theme;
  /** Keys of other versions of this page. */
  readonly unknown: readonly (readonly [string, string])[];
}

const KEYS = [
  'model',
  'T',
  'seed',
  'loss',
  'target',
  'wrt',
  'path',
  'step',
  'sel',
  'open',
  'formula',
  'theme',
];
const MAX_SEED = 2 ** 31 - 1;

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
  const whole = <F>(key: string, min: number, max: number, fallback: F): number | F => {
    const value = query.get(key);
    if (value === null) return fallback;
    const number = Number(value);
    if (/^\d{1,10}$/.test(value) && number >= min && number <= max) return number;
    const instead = fallback === undefined ? '' : `; using ${fallback}`;
    problems.push(`${key}=${cut(value)} is not a whole number from ${min} to ${max}${instead}`);
    return fallback;
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

  // a served model has an address that the server prints; nobody types it
  const model = query.get('model') === 'served' ? 'served' : 'rnn';
  const named = query.get('model') ?? model;
  if (named !== model) problems.push(`there is no model ${cut(named)}; using ${model}`);

  const state: UrlState = {
    model,
    settings: {
      T: whole('T', 1, MAX_T, DEFAULT_SETTINGS.T),
      seed: whole('seed', 0, MAX_SEED, DEFAULT_SETTINGS.seed),
      loss: choice('loss', LOSSES, DEFAULT_SETTINGS.loss),
    },
    target: query.get('target') ?? undefined,
    wrt: query.get('wrt') ?? undefined,
    paths,
    step: whole('step', 0, 1_000_000, undefined),
    selection: query.get('sel') ?? undefined,
    open: list('open'),
    formula: choice('formula', ['expanded', 'nested'], 'expanded'),
    theme: choice('theme', ['auto', 'light', 'dark'], 'auto'),
    unknown: [...query].filter(([key]) => !KEYS.includes(key)),
  };
  return { state, problems };
}

export function formatHash(state: UrlState): string {
  const query = new URLSearchParams();
  const { settings } = state;
  query.set('model', state.model);
  if (state.model === 'rnn') {
    query.set('T', String(settings.T));
    query.set('seed', String(settings.seed));
    query.set('loss', settings.loss);
  }
  const put = (key: string, value: string | number | undefined) => {
    if (value !== undefined && value !== '') query.set(key, String(value));
  };
  put('target', state.target);
  put('wrt', state.wrt);
  put('path', state.paths.map((index) => index + 1).join(','));
  put('step', state.step);
  put('sel', state.selection);
  put('open', state.open.join(','));
  if (state.formula !== 'expanded') put('formula', state.formula);
  if (state.theme !== 'auto') put('theme', state.theme);
  for (const [key, value] of state.unknown) query.append(key, value);
  // commas, arrows and steps such as t=1 stay legible
  return `#${query.toString().replaceAll('%2C', ',').replaceAll('%3D', '=')}`;
}

function cut(text: string): string {
  return text.length > 24 ? `${text.slice(0, 24)}…` : text;
}
