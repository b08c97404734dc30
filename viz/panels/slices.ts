/** Work that may take long is done in slices, between which the page has its frames. */

/** Milliseconds that a slice takes; its last task may take longer. */
const SLICE = 10;

const waiting: (() => void)[] = [];
let spent = 0;
let isScheduled = false;

/** Does the task now if this slice has time left, else in a later one, in the order of the calls. */
export function inSlices(task: () => void): void {
  if (waiting.length > 0 || spent >= SLICE) waiting.push(task);
  else run(task);
  schedule();
}

function schedule(): void {
  if (isScheduled) return;
  isScheduled = true;
  setTimeout(next);
}

function run(task: () => void): void {
  const start = performance.now();
  task();
  spent += performance.now() - start;
}

function next(): void {
  isScheduled = false;
  spent = 0;
  for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) {
    run(task);
    if (spent >= SLICE) break;
  }
  if (waiting.length > 0) schedule();
}
