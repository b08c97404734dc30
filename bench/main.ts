/**
 * Value and all gradients of an RNN: Gradpath beside TensorFlow.js, jax-js and PyTorch, in one run.
 * `npm run bench -- [--quick] [--json]`; exits with 1 when a target is missed.
 */

import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { median } from './median.ts';
import { type Answer, disagreement, type Problem, problemOf, type Size, sizes } from './problem.ts';
import { type Result, resultText, sizeText, verdicts } from './report.ts';
import { Running, type System, systems } from './systems.ts';

const { values: flags } = parseArgs({ options: { quick: { type: 'boolean' }, json: { type: 'boolean' } } });
const rounds = flags.quick ? 3 : 9;
const warmUp = flags.quick ? 300 : 1500; // ms, for the compilers of all systems
const roundTime = flags.quick ? 80 : 200; // ms per system and round
const patience = 40; // seconds per answer: a compilation may not end, the run must

/** A system with one problem before it. */
interface Entry {
  readonly system: System;
  readonly times: number[];
  running?: Running;
  answer?: Answer;
  version?: string;
  /** Why it takes no (further) part. */
  reason?: string;
}

async function enter(system: System, problem: Problem): Promise<Entry> {
  const entry: Entry = { system, times: [] };
  if (system.command === undefined) return { ...entry, reason: system.hint ?? 'not installed' };
  const running = new Running(system.command);
  try {
    const { answer, version } = await running.prepare(problem, warmUp, patience);
    return { ...entry, running, answer, version };
  } catch (error) {
    return { ...entry, reason: (error as Error).message };
  }
}

async function measure(entry: Entry): Promise<void> {
  if (entry.running === undefined || entry.reason !== undefined) return;
  try {
    entry.times.push(await entry.running.measure(roundTime, patience));
  } catch (error) {
    entry.reason = (error as Error).message;
  }
}

async function compare(size: Size): Promise<Result> {
  const problem = problemOf(size);
  const entries: Entry[] = [];
  for (const system of systems) {
    console.error(`${sizeText(size)}: starting ${system.title}`);
    entries.push(await enter(system, problem));
  }
  console.error(`${sizeText(size)}: ${rounds} rounds`);
  for (let round = 0; round < rounds; round++) {
    // another goes first each round, so that no system is always measured after the same one
    for (let i = 0; i < entries.length; i++) await measure(entries[(round + i) % entries.length]);
  }
  const [replay] = entries;
  if (replay.answer === undefined || replay.reason !== undefined)
    throw new Error(`Gradpath's replay failed: ${replay.reason}`);
  const passes = Math.min(1000, Math.ceil(2e5 / median(replay.times)));
  const bytes = await replay.running!.allocation(passes, patience);
  for (const { running } of entries) running?.stop();

  const rows = entries.map(({ system: { name, title }, times, answer, version, reason }) => ({
    name,
    title,
    ...(reason === undefined
      ? { us: median(times), version: version!, error: disagreement(answer!, replay.answer!).error }
      : { reason }),
  }));
  return { size, rows, bytes };
}

const results: Result[] = [];
for (const size of sizes) results.push(await compare(size));
const met = results.every((result) => verdicts(result).every((verdict) => verdict.met !== false));
const machine = `${cpus()[0]?.model.trim()}, Node ${process.versions.node}`;

if (flags.json) {
  const judged = results.map((result) => ({ ...result, verdicts: verdicts(result) }));
  console.log(JSON.stringify({ machine, rounds, met, results: judged }, undefined, 2));
} else {
  console.log(`E, ∂E/∂U, ∂E/∂W, ∂E/∂V of an RNN: median of ${rounds} rounds. ${machine}\n`);
  console.log(results.map(resultText).join('\n\n'));
}
process.exitCode = met ? 0 : 1;
