/** The one store: a few signals that people change, and all else derived from them. No DOM. */

import { batch, computed, signal } from '@preact/signals';
import type { AnyExample, SettingValue } from '../../examples/example.ts';
import { type Explanation, explain } from '../../src/chain/explain.ts';
import { GradpathError } from '../../src/graph/error.ts';
import type { NodeId } from '../../src/graph/graph.ts';
import { type Document, findSegment } from './document.ts';
import { type Moment, momentOf, type Trace, traceOf } from './trace.ts';
import {
  cut,
  DEFAULT_MODEL,
  type Entry,
  type FormulaForm,
  formatHash,
  type Panel,
  SERVED,
  type Theme,
  type UrlState,
} from './url.ts';
import { nodeByName, type View, viewOf } from './view.ts';

/** What the pointer or the focus rests on, in terms of the variable graph. Never in the URL. */
export interface Hover {
  readonly segments: readonly string[];
  /** Index of a path. */
  readonly path?: number;
  /** The segments are of a path that a derivation lacks. */
  readonly missing?: true;
}

/** Paths drawn in colours of their own at the same time. */
export const PATH_COLOURS = 6;
/** Rows of the list of paths. */
export const MAX_ROWS = 50;

/** The name of the example shown, `served` or `equations`. */
export const model = signal(DEFAULT_MODEL);
/** Undefined where the model is a document that the server handed out, or a person's own equations. */
export const example = signal<AnyExample | undefined>(undefined);
/** Of a document that the server handed out: the example that made it, with files among its settings or a long T. */
export const served = signal<
  { readonly of: AnyExample; readonly values: Readonly<Record<string, SettingValue>> } | undefined
>(undefined);
/** The settings that were given, as typed; all of them are good. */
export const settings = signal<Readonly<Record<string, string>>>({});
/** Keys of the address that nobody knows. */
export const unknownKeys = signal<readonly Entry[]>([]);
/** What `models.ts` has made of the model and its settings. */
export const shown = signal<Document | undefined>(undefined);
export const wantedTarget = signal<string | undefined>(undefined);
export const wantedWrt = signal<string | undefined>(undefined);
export const chosenPaths = signal<readonly number[]>([]);
/** Undefined: the end of the trace. */
export const wantedStep = signal<number | undefined>(undefined);
/** A variable, an operation `%7` or a segment `W→H_2`. */
export const selection = signal<string | undefined>(undefined);
export const open = signal<readonly string[]>([]);
export const form = signal<FormulaForm>('expanded');
export const panel = signal<Panel>('graph');
export const theme = signal<Theme>('auto');
/** The equations and the derivation as they are typed; '' where nobody has typed any. */
export const equations = signal('');
export const derivation = signal('');
/** Changes that the page has made to these texts for the person. */
export const edits = signal(0);
export const hover = signal<Hover | undefined>(undefined);
export const playing = signal(false);
/** 1 to 5. */
export const speed = signal(3);
/** One line for what could not be done; never in the way of the page. */
export const message = signal('');

/** The example whose study the page can show. */
export const studied = computed<AnyExample | undefined>(
  () => example.value ?? (model.value === SERVED ? served.value?.of : undefined),
);

export const document = computed<Document>(() => {
  if (shown.value === undefined) throw new GradpathError('graph', 'no model has been loaded yet');
  return shown.value;
});

export const target = computed<string>(() => {
  const { targets, defaultTarget } = document.value;
  const wanted = wantedTarget.value;
  return wanted !== undefined && targets.includes(wanted) ? wanted : defaultTarget;
});

export const wrt = computed<string>(() => {
  const { parameters, defaultWrt } = document.value;
  const wanted = wantedWrt.value;
  return wanted !== undefined && parameters.includes(wanted) ? wanted : defaultWrt;
});

export const targetId = computed<NodeId>(() => document.value.graph.idOf(target.value));
export const wrtId = computed<NodeId>(() => document.value.graph.idOf(wrt.value));

export const explanation = computed<Explanation>(() => {
  const { builder, values } = document.value.model;
  return explain(builder, values, targetId.value, wrtId.value);
});

/** By path: the ids of its segments, from the target back. */
export const pathSegments = computed<readonly (readonly string[])[]>(() =>
  explanation.value.paths.map(({ path }) => path.map((segment) => segment.id)),
);

/** All segments on some path from the parameter to the target, listed or not. */
export const coneSegments = computed<ReadonlySet<string>>(() => {
  const { cone } = explanation.value;
  const ids = new Set<string>();
  const stack = [cone.target];
  const seen = new Set(stack);
  while (stack.length > 0) {
    for (const segment of cone.into(stack.pop()!)) {
      ids.add(segment.id);
      if (!seen.has(segment.from)) {
        seen.add(segment.from);
        stack.push(segment.from);
      }
    }
  }
  return ids;
});

export const openSteps = computed<ReadonlySet<string>>(
  () => new Set(open.value.filter((step) => document.value.steps.includes(step))),
);
export const view = computed<View>(() => viewOf(document.value, openSteps.value));

export const trace = computed<Trace>(() => traceOf(document.value, targetId.value));
export const lastStep = computed(() => trace.value.events.length);
export const step = computed(() => Math.min(wantedStep.value ?? lastStep.value, lastStep.value));
/** The overview shows the end of the trace without its last event: everything is known, nothing is happening. */
export const moment = computed<Moment>(() => {
  const now = momentOf(document.value, trace.value, step.value);
  return wantedStep.value === undefined ? { ...now, event: undefined } : now;
});

/** Indices of the paths drawn in colour: the one pointed at, else those chosen, else all if they are few. */
export const litPaths = computed<readonly number[]>(() => {
  const count = pathSegments.value.length;
  const hovered = hover.value?.path;
  if (hovered !== undefined && hovered < count) return [hovered];
  const chosen = chosenPaths.value.filter((index) => index < count);
  if (chosen.length > 0) return chosen.slice(0, PATH_COLOURS);
  return count <= PATH_COLOURS ? pathSegments.value.map((_, index) => index) : [];
});

/** The selection as a node or a segment of the document, or undefined. */
export const selected = computed(() => {
  const name = selection.value;
  if (name === undefined) return undefined;
  const segment = findSegment(document.value, name);
  if (segment !== undefined) return { kind: 'segment' as const, segment };
  const id = nodeByName(document.value, name);
  return id === undefined ? undefined : { kind: 'node' as const, id };
});

const urlState = computed<UrlState>(() => ({
  model: model.value,
  rest: [...Object.entries(settings.value), ...unknownKeys.value],
  target: target.value,
  wrt: wrt.value,
  paths: chosenPaths.value,
  step: wantedStep.value === undefined ? undefined : step.value,
  selection: selection.value,
  open: open.value,
  formula: form.value,
  panel: panel.value,
  theme: theme.value,
  equations: equations.value,
  derivation: derivation.value,
}));

export const hash = computed(() => formatHash(urlState.value));

/** Which gradient of which network: a change of it is one that the browser's Back undoes. */
export const question = computed(() =>
  JSON.stringify([model.value, settings.value, target.value, wrt.value, edits.value]),
);

/** Drops what the document does not have; says what. */
export function settle(): string[] {
  const problems: string[] = [];
  batch(() => {
    if (wantedTarget.value !== undefined && wantedTarget.value !== target.value)
      problems.push(`there is no target ${cut(wantedTarget.value)}; using ${target.value}`);
    if (wantedWrt.value !== undefined && wantedWrt.value !== wrt.value)
      problems.push(`there is no parameter ${cut(wantedWrt.value)}; using ${wrt.value}`);
    const count = pathSegments.value.length;
    const fitting = chosenPaths.value.filter((index) => index < count);
    if (fitting.length < chosenPaths.value.length) problems.push(`there are only ${count} paths`);
    chosenPaths.value = [...new Set(fitting)].slice(0, PATH_COLOURS);
    if (wantedStep.value !== undefined && wantedStep.value > lastStep.value) {
      problems.push(`step ${wantedStep.value} is beyond the last, ${lastStep.value}`);
      wantedStep.value = undefined;
    }
    if (selection.value !== undefined && selected.value === undefined) {
      problems.push(`there is no node ${cut(selection.value)}`);
      selection.value = undefined;
    }
    const steps = open.value.filter((name) => document.value.steps.includes(name));
    if (steps.length < open.value.length) problems.push('some of the steps to open do not exist');
    open.value = [...new Set(steps)];
  });
  return problems;
}

/** The error as one line in the names of the model. */
export function lineOf(error: unknown): string {
  return error instanceof Error ? error.message.split('\n')[0] : `unexpected: ${String(error)}`;
}
