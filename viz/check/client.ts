/** Asks the worker for verdicts. One question is under way; another one soon takes its place, and its worker's. */

import type { Judgement } from '../state/report.ts';
import { trustedUrl } from '../workers.ts';
import type { Answer, Request, Source } from './worker.ts';

/** Milliseconds after which a question is given up. */
const PATIENCE = 60_000;
/** Milliseconds that a question may still take when another waits: most take less, and the worker keeps its model. */
const GRACE = 400;

interface Question {
  readonly request: Request;
  readonly resolve: (judgement: Judgement) => void;
  readonly reject: (reason: Error) => void;
}

let worker: Worker | undefined;
let asked: Question | undefined;
let waiting: Question | undefined;
let patience: ReturnType<typeof setTimeout> | undefined;
let grace: ReturnType<typeof setTimeout> | undefined;
let requests = 0;

/** What the checker says of a derivation; nothing, of one that another has overtaken. */
export function requestVerdicts(source: Source, derivation: string): Promise<Judgement> {
  return new Promise((resolve, reject) => {
    waiting?.resolve(NOTHING);
    waiting = { request: { id: ++requests, source, derivation }, resolve, reject };
    if (asked === undefined) askNext();
    else grace ??= setTimeout(overtake, GRACE);
  });
}

const NOTHING: Judgement = { reports: [] };

function askNext(): void {
  clearTimeout(patience);
  clearTimeout(grace);
  grace = undefined;
  asked = waiting;
  waiting = undefined;
  if (asked === undefined) return;
  worker ??= started();
  worker.postMessage(asked.request);
  patience = setTimeout(() => fail(`it took longer than ${PATIENCE / 1000} seconds`), PATIENCE);
}

function started(): Worker {
  const fresh = new Worker(trustedUrl('check'), { type: 'module' });
  fresh.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
    if (data.id !== asked?.request.id) return;
    if ('judgement' in data) asked.resolve(data.judgement);
    else asked.reject(new Error(data.reason));
    askNext();
  });
  fresh.addEventListener('error', (event) => {
    event.preventDefault();
    fail(event.message || 'its worker could not be started');
  });
  return fresh;
}

/** Gives the question under way up for the one that waits. */
function overtake(): void {
  end();
  asked?.resolve(NOTHING);
  askNext();
}

function fail(reason: string): void {
  end();
  asked?.reject(new Error(reason));
  askNext();
}

function end(): void {
  worker?.terminate();
  worker = undefined;
}
