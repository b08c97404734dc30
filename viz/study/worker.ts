/** Runs studies beside the page, so that a long one does not hold it up. */

import type { SettingValue, Study } from '../../examples/example.ts';
import { examples } from '../../examples/index.ts';

export interface Request {
  readonly id: number;
  readonly name: string;
  readonly settings: Readonly<Record<string, SettingValue>>;
}

export type Answer =
  | { readonly id: number; readonly kind: 'progress'; readonly line: string; readonly done: number }
  | { readonly id: number; readonly kind: 'done'; readonly study: Study }
  | { readonly id: number; readonly kind: 'failed'; readonly reason: string };

/** Milliseconds between two lines of progress. */
const PACE = 80;

const answer = (message: Answer): void => globalThis.postMessage(message);

globalThis.addEventListener('message', async (event: MessageEvent<Request>) => {
  const { id, name, settings } = event.data;
  try {
    const example = await examples.find((entry) => entry.name === name)!.load();
    let told = 0;
    const study = await example.study(settings, (line, done) => {
      const now = performance.now();
      if (now - told < PACE) return;
      told = now;
      answer({ id, kind: 'progress', line, done });
    });
    answer({ id, kind: 'done', study });
  } catch (error) {
    answer({ id, kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
  }
});
