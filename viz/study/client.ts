/** Asks the worker for studies, one at a time: another request ends the one before. */

import type { SettingValue, Study } from '../../examples/example.ts';
import { trustedUrl } from '../workers.ts';
import type { Answer, Request } from './worker.ts';

let worker: Worker | undefined;
let stop: (() => void) | undefined;
let requests = 0;

/** The study; undefined if it was cancelled or another one was asked for. Rejects with what went wrong. */
export function requestStudy(
  name: string,
  settings: Readonly<Record<string, SettingValue>>,
  tell: (line: string, done: number) => void,
): Promise<Study | undefined> {
  cancelStudy();
  worker ??= new Worker(trustedUrl('study'), { type: 'module' });
  const mine = worker;
  const id = ++requests;
  return new Promise((resolve, reject) => {
    const leave = () => {
      stop = undefined;
      mine.removeEventListener('message', receive);
      mine.removeEventListener('error', fail);
    };
    const drop = () => {
      leave();
      mine.terminate();
      worker = undefined;
    };
    const receive = ({ data }: MessageEvent<Answer>) => {
      if (data.id !== id) return;
      if (data.kind === 'progress') tell(data.line, data.done);
      else {
        leave();
        if (data.kind === 'done') resolve(data.study);
        else reject(new Error(data.reason));
      }
    };
    const fail = (event: ErrorEvent) => {
      event.preventDefault();
      drop();
      reject(new Error(event.message || 'its worker could not be started'));
    };
    stop = () => {
      drop();
      resolve(undefined);
    };
    mine.addEventListener('message', receive);
    mine.addEventListener('error', fail);
    mine.postMessage({ id, name, settings } satisfies Request);
  });
}

/** Ends the study that is running, if one is. */
export function cancelStudy(): void {
  stop?.();
}
