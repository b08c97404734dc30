/** The model on the page: loaded by name, built from settings as people type them, and exchanged for another. */

import { batch, signal } from '@preact/signals';
import type { AnyExample } from '../../examples/example.ts';
import { examples } from '../../examples/index.ts';
import { nameMeant } from '../../src/model/equations/meant.ts';
import { restart } from './actions.ts';
import type { Document } from './document.ts';
import { adoptText, documentFrom, documentOrLast, STARTER } from './equations.ts';
import { unpackHash } from './pack.ts';
import { servedDocument, servedStudy } from './served.ts';
import { fitting, type Made, make, type Texts, taken } from './settings.ts';
import {
  chosenPaths,
  derivation,
  equations,
  example,
  form,
  hover,
  lineOf,
  message,
  model,
  open,
  panel,
  selection,
  served,
  settings,
  settle,
  shown,
  theme,
  unknownKeys,
  wantedStep,
  wantedTarget,
  wantedWrt,
} from './store.ts';
import { DEFAULT_MODEL, type Entry, parseHash, SERVED, TYPED, type UrlState } from './url.ts';

/** What has been typed into a control and cannot be shown: the last good graph stays. */
export interface Draft {
  readonly text: string;
  readonly problem: string;
}

/** By setting. */
export const drafts = signal<Readonly<Record<string, Draft>>>({});
/** The name of the model that is on its way, or ''. */
export const loading = signal('');

let requests = 0;

/**
 * Shows what an address asks for. What does not fit is told in `message`, and a default stands in for it; a model that
 * cannot be had leaves the page as it is. Rejects only if there is nothing to show at all.
 */
export async function openHash(hash: string): Promise<void> {
  const mine = ++requests;
  const damaged: string[] = [];
  const { state, problems } = parseHash(await unpackHash(hash, damaged));
  if (mine !== requests) return;
  problems.unshift(...damaged);
  let name = state.model;
  let loaded: {
    of: AnyExample | undefined;
    made: Made;
    given: Texts;
    unknown: readonly Entry[];
    study?: typeof served.value;
  };
  loading.value = name;
  try {
    loaded = await load(name, state, problems);
  } catch (error) {
    if (mine !== requests) return;
    if (shown.peek() !== undefined) {
      message.value = lineOf(error);
      return;
    }
    if (name === DEFAULT_MODEL) throw error;
    problems.unshift(lineOf(error));
    name = DEFAULT_MODEL;
    loaded = await load(name, { ...state, rest: [] }, problems);
  } finally {
    if (mine === requests) loading.value = '';
  }
  if (mine !== requests) return;
  const { graph } = loaded.made.document;
  batch(() => {
    model.value = name;
    example.value = loaded.of;
    served.value = loaded.study;
    settings.value = loaded.given;
    unknownKeys.value = loaded.unknown;
    drafts.value = {};
    shown.value = loaded.made.document;
    wantedTarget.value = state.target === undefined ? undefined : nameMeant(graph, state.target);
    wantedWrt.value = state.wrt === undefined ? undefined : nameMeant(graph, state.wrt);
    chosenPaths.value = state.paths;
    wantedStep.value = state.step;
    selection.value = state.selection;
    open.value = state.open;
    form.value = state.formula;
    panel.value = state.panel;
    theme.value = state.theme;
    equations.value = textOf(name, loaded.made.document, state.equations);
    derivation.value = state.derivation;
    hover.value = undefined;
  });
  message.value = [...problems, ...loaded.made.notes, ...settle()].join(' · ');
}

/** The equations to begin with: of a file that is served its own, else what has been typed. */
function textOf(name: string, { model }: Document, typed: string): string {
  if (name === SERVED && model.equations !== undefined) return model.equations.text;
  return name === TYPED && typed === '' ? STARTER : typed;
}

async function load(name: string, { rest, equations }: UrlState, problems: string[]) {
  if (name === TYPED) {
    const made = { document: await documentOrLast(equations === '' ? STARTER : equations), notes: [] };
    return { of: undefined, made, given: {}, unknown: rest };
  }
  if (name === SERVED) {
    const document = await servedDocument();
    if (document.model.equations !== undefined) adoptText(document);
    const base = { of: undefined, given: {}, unknown: rest };
    if (!rest.some(([key]) => key === 'study')) return { ...base, made: { document, notes: [] } };
    try {
      const study = await servedStudy();
      const notes = [`settings as gradpath view ${study.of.name} was called with; for others call it again`];
      return { ...base, made: { document, notes }, study };
    } catch (error) {
      return { ...base, made: { document, notes: [`there are no charts: ${lineOf(error)}`] } };
    }
  }
  const of = await loadExample(name);
  const { given, unknown } = taken(of, rest, problems);
  return { of, unknown, ...fitting(of, given, problems) };
}

/** An example by name, fetched when first asked for. */
export async function loadExample(name: string): Promise<AnyExample> {
  try {
    return await examples.find((entry) => entry.name === name)!.load();
  } catch (error) {
    throw new Error(`${name} could not be loaded: ${lineOf(error)}`);
  }
}

/** Another example, as it is by default. Where it cannot be had the page stays as it is. */
export function chooseModel(name: string): Promise<void> {
  const kept = new URLSearchParams({
    model: name,
    panel: name === TYPED ? 'write' : panel.peek(),
    theme: theme.peek(),
    equations: equations.peek(),
    derivation: derivation.peek(),
  });
  return openHash(`#${kept}`);
}

/**
 * Sets one setting to what was typed. If the example cannot be built so, the text and the reason become a draft; a later
 * change of another setting takes drafts along if they fit then.
 */
export function changeSetting(name: string, text: string): void {
  const of = example.value;
  if (of === undefined) return;
  const others = Object.fromEntries(
    Object.entries(drafts.value).flatMap(([key, draft]) => (key === name ? [] : [[key, draft.text]])),
  );
  const alone = { ...settings.value, [name]: text };
  const attempts = Object.keys(others).length > 0 ? [{ ...alone, ...others }, alone] : [alone];
  let problem = '';
  for (const texts of attempts) {
    try {
      const made = make(of, texts);
      adopt(made, texts);
      if (texts !== alone) drafts.value = {};
      else drafts.value = without(drafts.value, name);
      return;
    } catch (error) {
      problem = lineOf(error);
    }
  }
  drafts.value = { ...drafts.value, [name]: { text, problem } };
}

/** Draws the equations as they stand now; where they cannot be read, the graph stays as it is. */
export async function drawEquations(): Promise<void> {
  if (model.peek() === SERVED) model.value = TYPED; // what is typed is no longer the file's
  const document = await documentFrom(equations.peek());
  if (document !== undefined && model.peek() === TYPED) showAnew(document);
}

function without<T>(record: Readonly<Record<string, T>>, name: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== name));
}

function adopt({ document, notes }: Made, texts: Texts): void {
  batch(() => {
    settings.value = texts;
    showAnew(document);
    message.value = notes.join(' · ');
  });
}

/** Another graph in the place of the one shown: what was asked of that goes on being asked where it can. */
export function showAnew(document: Document): void {
  batch(() => {
    // the target that stood for "the last loss" goes on to do so
    if (
      wantedTarget.value === shown.value?.defaultTarget ||
      !document.targets.includes(wantedTarget.value ?? '')
    )
      wantedTarget.value = undefined;
    if (!document.parameters.includes(wantedWrt.value ?? '')) wantedWrt.value = undefined;
    shown.value = document;
    restart();
    settle();
  });
}
