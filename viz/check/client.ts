/** Asks the worker for verdicts. One question is under way and the last one asked waits; those between are dropped. */

import type { FormulaReport } from '../state/report.ts';
import { trustedUrl } from '../workers.ts';
import type { Answer, Request, Source } from './worker.ts';

/** Milliseconds after which a question is given up. */
const PATIENCE = 20_000;

interface Question {
  readonly request: Request;
  readonly resolve: (reports: readonly FormulaReport[]) => void;
  readonly reject: (reason: Error) => void;
}

let worker: Worker | undefined;
let asked: Question | undefined;
let waiting: Question | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
let requests = 0;

/** A report for each statement; none of a question that another has overtaken. */
export function requestVerdicts(source: Source, derivation: string): Promise<readonly FormulaReport[]> {
  return new Promise((resolve, reject) => {
    waiting?.resolve([]);
    waiting = { request: { id: ++requests, source, derivation }, resolve, reject };
    if (asked === undefined) askNext();
  });
}

function askNext(): void {
  clearTimeout(timer);
  asked = waiting;
  waiting = undefined;
  if (asked === undefined) return;
  worker ??= started();
  worker.postMessage(asked.request);
  timer = setTimeout(() => fail(`it took longer than ${PATIENCE / 1000} seconds`), PATIENCE);
}

function started(): Worker {
  const fresh = new Worker(trustedUrl('check'), { type: 'module' });
  fresh.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
    if (data.id !== asked?.request.id) return;
    if ('reports' in data) asked.resolve(data.reports);
    else asked.reject(new Error(data.reason));
    askNext();
  });
  fresh.addEventListener('error', (event) => {
    event.preventDefault();
    fail(event.message || 'its worker could not be started');
  });
  return fresh;
}

/** Ends the worker with the question that it is at. */
function fail(reason: string): void {
  worker?.terminate();
  worker = undefined;
  asked?.reject(new Error(reason));
  askNext();
}
