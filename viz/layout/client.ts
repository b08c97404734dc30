/** Asks a worker for layouts: started when first needed, given up when what it works on is no longer wanted. */

import ELK, { type ElkNode } from 'elkjs/lib/elk-api.js';
import { trustedUrl } from '../workers.ts';
import type { Elk } from './elk.ts';
import { layoutSpec } from './layout.ts';
import { type Layout, type Spec, specKey } from './spec.ts';

const PATIENCE = 15_000;
const CACHE = 24;

interface Job {
  readonly worker: ReturnType<typeof start>;
  readonly cancel: () => void;
}

const finished = new Map<string, Layout>();
let idle: Job['worker'] | undefined;
let running: Job | undefined;

/** Layouts known beforehand, such as the one shipped with the page, by the key of their spec. */
export function remember(key: string, layout: Layout): void {
  finished.set(key, layout);
  if (finished.size > CACHE) finished.delete(finished.keys().next().value!);
}

export function recall(spec: Spec): Layout | undefined {
  return finished.get(specKey(spec));
}

/** The layout; undefined if a later request has made it stale. Rejects if the worker fails or takes too long. */
export async function request(spec: Spec): Promise<Layout | undefined> {
  running?.cancel(); // a stale layout is killed, not awaited: it would delay this one
  const worker = idle ?? start();
  idle = undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stopped = new Promise<'stale'>((resolve, reject) => {
    running = {
      worker,
      cancel: () => {
        worker.stop();
        resolve('stale');
      },
    };
    worker.failed.then(reject, reject);
    timer = setTimeout(() => reject(new Error('the layout took too long')), PATIENCE);
  });
  const mine = running;
  try {
    const result = await Promise.race([layoutSpec(spec, worker.elk), stopped]);
    if (result === 'stale') return undefined;
    remember(specKey(spec), result);
    idle = worker;
    return result;
  } catch (error) {
    worker.stop();
    throw error;
  } finally {
    clearTimeout(timer);
    if (running === mine) running = undefined;
  }
}

function start(): { elk: Elk; stop: () => void; failed: Promise<Error> } {
  let fail: (error: Error) => void = () => {};
  const failed = new Promise<Error>((resolve) => {
    fail = resolve;
  });
  const worker = new Worker(trustedUrl('layout'));
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    fail(new Error(event.message || 'the layout worker could not be started'));
  });
  const elk = new ELK({ workerFactory: () => worker });
  // elk-api sets worker.onmessage; errors of a single request reject its promise
  return { elk: (graph: ElkNode) => elk.layout(graph), stop: () => worker.terminate(), failed };
}
