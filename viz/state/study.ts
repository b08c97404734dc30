/** The study of the model shown: claims and figures, when the page asks for them. */

import { computed, signal } from '@preact/signals';
import type { Study } from '../../examples/example.ts';
import { cancelStudy, requestStudy } from '../study/client.ts';
import { valuesOf } from './settings.ts';
import { example, lineOf, served, settings, studied } from './store.ts';

/** The last study that came to its end; it stays on the page while the next one runs. */
export const result = signal<{ readonly question: string; readonly study: Study } | undefined>(undefined);
export const running = signal<{ readonly line: string; readonly done: number } | undefined>(undefined);
export const failure = signal('');

/** Which model with which settings. */
export const studyQuestion = computed(() =>
  JSON.stringify([studied.value?.name, example.value === undefined ? served.value?.values : settings.value]),
);

/** The figures on the page, if they belong to the model shown. */
export const current = computed(() => {
  const name = JSON.stringify([studied.value?.name]).slice(0, -1);
  return result.value?.question.startsWith(`${name},`) ? result.value : undefined;
});

export const isStale = computed(() => current.value?.question !== studyQuestion.value);

/** Runs the study of the model shown; one that is running gives way. */
export async function runStudy(): Promise<void> {
  const of = studied.value;
  if (of === undefined) return;
  const values = example.value === undefined ? served.value!.values : valuesOf(of, settings.value);
  const question = studyQuestion.value;
  running.value = { line: '', done: 0 };
  failure.value = '';
  try {
    const study = await requestStudy(of.name, values, (line, done) => {
      running.value = { line, done };
    });
    if (study === undefined) return; // whoever ended it goes on
    result.value = { question, study };
  } catch (error) {
    failure.value = lineOf(error);
  }
  running.value = undefined;
}

export function endStudy(): void {
  cancelStudy();
  running.value = undefined;
}
