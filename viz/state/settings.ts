/** An example's settings as people type them, and the document that they make. */

import {
  type AnyExample,
  type Setting,
  type SettingValue,
  settingFrom,
  settingsFrom,
} from '../../examples/example.ts';
import { nearest } from '../../src/graph/error.ts';
import { type Document, documentOf } from './document.ts';
import { lineOf } from './store.ts';
import { cut, type Entry } from './url.ts';

/** By setting, what was typed. */
export type Texts = Readonly<Record<string, string>>;

/** A setting within what the page can draw. */
function inViewer(setting: Setting): Setting {
  return setting.kind === 'integer' && setting.maxInViewer !== undefined
    ? { ...setting, max: Math.min(setting.max, setting.maxInViewer) }
    : setting;
}

/** The settings that have a control on the page. */
export function shownSettings(of: AnyExample): [name: string, setting: Setting][] {
  return Object.entries(of.settings)
    .filter(([, setting]) => setting.kind !== 'file')
    .map(([name, setting]) => [name, inViewer(setting)]);
}

/** The values of an example's settings: what was typed, and the defaults of the others. Throws GradpathError. */
export function valuesOf(of: AnyExample, texts: Texts): Record<string, SettingValue> {
  const given: Record<string, SettingValue> = {};
  for (const [name, setting] of shownSettings(of)) {
    if (Object.hasOwn(texts, name)) given[name] = settingFrom(setting, texts[name], name, name);
  }
  return settingsFrom(of, given);
}

export interface Made {
  readonly document: Document;
  /** What the example says about how it took its settings. */
  readonly notes: readonly string[];
}

export function make(of: AnyExample, texts: Texts): Made {
  const notes: string[] = [];
  const document = documentOf(of.build(valuesOf(of, texts), (line) => notes.push(line)));
  return { document, notes };
}

/**
 * The model with as many of the settings as go together. Most often all do; else they are added one by one to the
 * defaults, again and again while that gets further, and those that never fit are told with the reason.
 */
export function fitting(of: AnyExample, given: Texts, problems: string[]): { made: Made; given: Texts } {
  const attempt = (texts: Texts): { made: Made; given: Texts } | { reason: string } => {
    try {
      return { made: make(of, texts), given: texts };
    } catch (error) {
      return { reason: lineOf(error) };
    }
  };
  const all = attempt(given);
  if ('made' in all) return all;
  let kept = { made: make(of, {}), given: {} as Texts };
  let refused: { name: string; reason: string }[] = [];
  let open = Object.keys(given);
  for (let before = open.length + 1; open.length < before; ) {
    before = open.length;
    refused = [];
    for (const name of open) {
      const next = attempt({ ...kept.given, [name]: given[name] });
      if ('made' in next) kept = next;
      else refused.push({ name, reason: next.reason });
    }
    open = refused.map(({ name }) => name);
  }
  for (const { name, reason } of refused) problems.push(`${reason}; using the default of ${name}`);
  return kept;
}

/** Which entries of an address are settings of the example; bad ones are told, and their defaults used. */
export function taken(of: AnyExample, rest: readonly Entry[], problems: string[]) {
  const fields = new Map(shownSettings(of));
  const given: Record<string, string> = {};
  const unknown: Entry[] = [];
  for (const [key, text] of rest) {
    const setting = fields.get(key);
    if (setting === undefined) {
      const guess = nearest(key, fields.keys());
      const hint = guess === undefined ? '' : `; did you mean ${guess}?`;
      problems.push(`${of.name} has no setting ${cut(key)}${hint}`);
      unknown.push([key, text]);
    } else if (!Object.hasOwn(given, key)) {
      try {
        settingFrom(setting, text, key, key);
        given[key] = text;
      } catch (error) {
        problems.push(`${lineOf(error)}; using ${'default' in setting ? setting.default : 'the default'}`);
      }
    }
  }
  return { given, unknown };
}
