/** The systems side by side, and how to talk to each: one process per system, one JSON line each way. */

import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Answer, Problem } from './problem.ts';
import type { Request } from './serve.ts';

export type SystemName = 'replay' | 'inspect' | 'rebuild' | 'tfjs cpu' | 'tfjs wasm' | 'jax-js' | 'pytorch';

export interface System {
  readonly name: SystemName;
  readonly title: string;
  /** Program and arguments; undefined where it is not installed. */
  readonly command: readonly string[] | undefined;
  /** What to do where it is not installed. */
  readonly hint?: string;
}

// what is measured is the compiled library, as it is published: this file runs in dist/bench
const file = (name: string) => fileURLToPath(new URL(`systems/${name}.js`, import.meta.url));
const pytorch = fileURLToPath(new URL('../../bench/systems/pytorch.py', import.meta.url));
const node = (...args: string[]) => [process.execPath, ...args];
// a nursery of 256 MB keeps the collector away while allocation is measured
const watched = ['--expose-gc', '--min-semi-space-size=256', '--max-semi-space-size=256'];
const python = ['python3', '/usr/bin/python3'].find(
  (path) => spawnSync(path, ['-c', 'import torch']).status === 0,
);

export const systems: readonly System[] = [
  { name: 'replay', title: 'Gradpath, replay', command: node(...watched, file('gradpath'), 'replay') },
  {
    name: 'inspect',
    title: 'Gradpath, replay, all values kept',
    command: node(file('gradpath'), 'inspect'),
  },
  { name: 'rebuild', title: 'Gradpath, rebuild', command: node(file('gradpath'), 'rebuild') },
  { name: 'tfjs cpu', title: 'TensorFlow.js, cpu', command: node(file('tfjs'), 'cpu') },
  { name: 'tfjs wasm', title: 'TensorFlow.js, wasm', command: node(file('tfjs'), 'wasm') },
  { name: 'jax-js', title: 'jax-js, wasm, jit', command: node(file('jax-js')) },
  {
    name: 'pytorch',
    title: 'PyTorch',
    command: python === undefined ? undefined : [python, pytorch],
    hint: 'not installed (Debian: apt-get install python3-torch)',
  },
];

/** A started system. Asked one thing at a time. */
export class Running {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;
  #complaints = '';

  constructor([program, ...args]: readonly string[]) {
    this.#child = spawn(program, args);
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
    this.#child.stderr.on('data', (text) => (this.#complaints += text));
    this.#child.on('error', (error) => (this.#complaints += error.message)); // it did not start
    this.#child.stdin.on('error', () => {}); // it has ended: told by the missing answer
  }

  /** Hands over the problem: the system compiles, warms up for `ms` and solves it. */
  prepare(problem: Problem, ms: number, seconds: number): Promise<{ answer: Answer; version: string }> {
    return this.#ask({ do: 'prepare', problem, warmUp: ms }, seconds);
  }

  /** Microseconds per pass, over at least `ms` milliseconds. */
  async measure(ms: number, seconds: number): Promise<number> {
    return (await this.#ask<{ us: number }>({ do: 'measure', ms }, seconds)).us;
  }

  /** Bytes allocated per pass. */
  async allocation(passes: number, seconds: number): Promise<number> {
    return (await this.#ask<{ bytes: number }>({ do: 'allocation', passes }, seconds)).bytes;
  }

  stop(): void {
    this.#child.kill('SIGKILL');
  }

  /** The answer, or an error when the system ends or does not answer in time; it is stopped then. */
  async #ask<T>(request: Request, seconds: number): Promise<T> {
    this.#child.stdin.write(`${JSON.stringify(request)}\n`);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer in ${seconds} s`)), seconds * 1000);
    });
    try {
      const { value, done } = await Promise.race([this.#lines.next(), late]);
      if (done) throw new Error(this.#lastWords());
      return JSON.parse(value) as T;
    } catch (error) {
      this.stop();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** The line of standard error that names the error. */
  #lastWords(): string {
    const lines = this.#complaints.trim().split('\n');
    return lines.find((line) => /error/i.test(line)) ?? lines.at(-1)!;
  }
}
