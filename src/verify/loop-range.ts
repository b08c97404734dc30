/** What a loop of a program runs through: `range(T)`, `reversed(range(1, T + 1))`, `T:-1:1`, `enumerate(xs)`. */

import type { Integers } from '../model/equations/integers.ts';

/** Longest range that is read. */
const LONGEST = 200;

/** The letter of a loop and what it runs through. */
export interface Counter {
  readonly letter: string;
  readonly range: string;
}

/** The commas that stand in no bracket. */
const COMMAS = /,(?![^()]*\))/;
const isName = (x: string): boolean => /^\s*[A-Za-z_]\w*\s*$/.test(x);

/** Of the names behind `for` the one that counts: t of `t, x in enumerate(xs)` and of `x, t in zip(xs, range(T))`. */
export function counterOf(targets: readonly string[], range: string): Counter {
  const [first, second] = targets;
  const whole = { letter: first, range };
  if (targets.length < 2 || range.length > LONGEST) return whole;
  const [, name, of] = /^\s*(reversed|list|enumerate|zip)\((.*)\)\s*$/.exec(range) ?? [];
  if (name === undefined) return whole;
  if (name === 'reversed' || name === 'list') {
    const inner = counterOf(targets, of);
    return { ...inner, range: `${name}(${inner.range})` };
  }
  const args = of.split(COMMAS);
  if (name === 'zip') {
    const at = args.findIndex((arg) => !isName(arg));
    const isClear = args.length === targets.length && args.every((arg, i) => i === at || isName(arg));
    return isClear && at >= 0 ? { letter: targets[at], range: args[at] } : whole;
  }
  const [all, start = '0'] = args;
  const zipped = /^\s*zip\((.*)\)\s*$/.exec(all)?.[1].split(COMMAS) ?? [all];
  const from = start.replace(/^\s*start\s*=/, '');
  if (zipped.every(isName))
    return { letter: first, range: `range(${from}, ${from} + len(${zipped[0].trim()}))` };
  return targets.length === 2 && /^\s*(?:reversed\()?range\(/.test(all)
    ? { letter: second, range: all }
    : whole;
}

/** What a loop runs through, in order; undefined if that is not understood. `count`: of what it is meant to run through. */
export function stepsOf(range: string, count: number, integers: Integers): readonly number[] | undefined {
  if (range.length > LONGEST) return undefined;
  let inner = range.replace(/\s+/g, '');
  let isTurned = false;
  for (;;) {
    const turned = /^(?:reversed|reverse)\((.*)\)$/.exec(inner) ?? /^(.*)\[::-1\]$/.exec(inner);
    const next = turned ?? /^(?:list|collect)\((.*)\)$/.exec(inner);
    if (next === null) break;
    isTurned = isTurned !== (turned !== null);
    inner = next[1];
  }
  const steps = sequence(inner, (x) => numberOf(x, count, integers));
  return isTurned && steps !== undefined ? [...steps].reverse() : steps;
}

const MOST_STEPS = 10_000;

function sequence(range: string, value: (x: string) => number | undefined): readonly number[] | undefined {
  const call = /^(?:np\.|numpy\.)?x?a?range\((.*)\)$/.exec(range);
  const listed = /^[[(](.*)[\])]$/.exec(range);
  const parts = (call?.[1] ?? listed?.[1])?.split(COMMAS) ?? range.split(':');
  const numbers = parts.map(value);
  if (!numbers.every((n) => n !== undefined)) return undefined;
  if (listed !== null) return numbers;
  const [a, b, c] = numbers;
  const isPython = call !== null;
  if (numbers.length > 3 || (!isPython && numbers.length < 2)) return undefined;
  const [from, to, by] = isPython
    ? [b === undefined ? 0 : a, b ?? a, c ?? 1]
    : [a, c ?? b, c === undefined ? 1 : b];
  if (by === 0 || Math.abs((to - from) / by) > MOST_STEPS) return undefined;
  const steps: number[] = [];
  const isWithin = (n: number) => (by > 0 ? n < to : n > to) || (!isPython && n === to);
  for (let n = from; isWithin(n); n += by) steps.push(n);
  return steps;
}

/** T − 1, len(xs), 2 * 3. A length that has no name in the model is taken to be what the loop is meant to run through. */
function numberOf(text: string, count: number, integers: Integers): number | undefined {
  const counted = text.replace(/(?:len|length)\(\w+\)|\w+\.shape\[0\]|size\(\w+,1\)/g, String(count));
  const match = /^([+-]?)(\w+)(.*)$/.exec(counted);
  const atom = (word: string) =>
    /^\d+$/.test(word) ? Number(word) : (integers.get(word) ?? (LENGTHS.test(word) ? count : undefined));
  if (match === null) return undefined;
  let total = atom(match[2]);
  if (total === undefined) return undefined;
  if (match[1] === '-') total = -total;
  for (let rest = match[3]; rest !== ''; ) {
    const next = /^([+-])(\w+)/.exec(rest);
    const by = next === null ? undefined : atom(next[2]);
    if (next === null || by === undefined) return undefined;
    total += next[1] === '-' ? -by : by;
    rest = rest.slice(next[0].length);
  }
  return total;
}

/** Names that programs have for the number of steps or of rows. */
export const LENGTHS =
  /^(?:[TNnmB]|tau|(?:num|n|seq|sequence|batch)_?(?:steps|time_?steps|len|length|size|examples|samples|train|rows)|steps|timesteps|batch)$/i;

/** Whether steps are one after the other, as many as there are, from the first one on: 0 in Python. */
export function isWhole(steps: readonly number[], count: number, first: number): boolean {
  const low = Math.min(...steps);
  const isStart = low === 0 || low === 1 || low === first;
  return (
    isStart &&
    steps.length === count &&
    new Set(steps).size === count &&
    Math.max(...steps) === low + count - 1
  );
}
