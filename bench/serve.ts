/** One system in a process of its own: reads a JSON request a line, answers each with a JSON line. */

import { createInterface } from 'node:readline';
import { median } from './median.ts';
import type { Answer, Problem } from './problem.ts';

export interface Subject {
  /** One evaluation of the value and all gradients, results read back to memory of the language. */
  readonly pass: () => void;
  /** The results of the last pass. */
  readonly answer: () => Answer;
}

export type Prepare = (problem: Problem) => Subject | Promise<Subject>;

export type Request =
  | { readonly do: 'prepare'; readonly problem: Problem; readonly warmUp: number }
  | { readonly do: 'measure'; readonly ms: number }
  | { readonly do: 'allocation'; readonly passes: number };

/** Answers requests until the input ends. */
export async function serve(version: string, prepare: Prepare): Promise<void> {
  console.log = console.error; // standard output carries replies only
  let subject: Subject | undefined;
  let batch = 1;
  for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line) as Request;
    if (request.do === 'prepare') {
      subject = await prepare(request.problem);
      const us = measure(subject.pass, request.warmUp, 1);
      batch = Math.max(1, Math.floor(500 / us)); // so that reading the clock does not show
      const { E, U, W, V } = subject.answer();
      reply({ answer: { E, U: Array.from(U), W: Array.from(W), V: Array.from(V) }, version });
    } else if (request.do === 'measure') reply({ us: measure(subject!.pass, request.ms, batch) });
    else reply({ bytes: allocation(subject!.pass, request.passes) });
  }
}

function reply(message: object): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

/** Microseconds per pass, over at least `ms` milliseconds and one batch of passes. */
function measure(pass: () => void, ms: number, batch: number): number {
  const start = performance.now();
  let passes = 0;
  let elapsed = 0;
  do {
    for (let i = 0; i < batch; i++) pass();
    passes += batch;
    elapsed = performance.now() - start;
  } while (elapsed < ms);
  return (elapsed / passes) * 1000;
}

/**
 * Bytes allocated per pass, on the heap and in array buffers: what 2n passes take more than n do, so that the cost of
 * looking drops out; the median of nine, since compilers allocate at times of their own. The process is started with
 * so large a nursery that nothing is collected meanwhile.
 */
function allocation(pass: () => void, passes: number): number {
  const used = (count: number): number => {
    globalThis.gc!();
    const before = process.memoryUsage();
    for (let i = 0; i < count; i++) pass();
    const after = process.memoryUsage();
    return after.heapUsed - before.heapUsed + after.arrayBuffers - before.arrayBuffers;
  };
  return median(Array.from({ length: 9 }, () => (used(2 * passes) - used(passes)) / passes));
}
