/** The flow of a program: in which loops its lines stand, and why a line may not do at every step what it says. */

import { plainName } from '../model/equations/integers.ts';
import type { Expr, Statement } from '../notation/tree.ts';
import { Aliases, isName } from './aliases.ts';
import { freeIndices } from './free-indices.ts';
import { isWhole, stepsOf } from './loop-range.ts';
import { type Block, blocksOf, jumpsIn, programsOf } from './program.ts';
import { assignedName, CHANGES } from './reassigned.ts';
import { alike, namesIn, parts } from './rewrite.ts';
import type { Subject } from './subject.ts';

/** A loop and what it runs through. */
interface Run {
  readonly block: Block;
  readonly program: number | undefined;
  /** The steps as the model counts them, in order; undefined if that is not clear. */
  readonly steps: readonly number[] | undefined;
  readonly isWhole: boolean;
}

export class Flow {
  readonly #text: string;
  readonly #subject: Subject;
  readonly #blocks: readonly Block[];
  readonly #runs: readonly Run[];
  /** For each line the program that it belongs to: prose and fences stand between two. */
  readonly #programs: ReadonlyMap<number, number>;
  readonly #isProgram: boolean;
  #aliases: Aliases | undefined;
  /** The outermost loop, by the place of a line. */
  readonly #outermost = new Map<number, Run | undefined>();
  readonly #jumps: readonly number[];
  /** In the order of the text. */
  readonly #lines: readonly Statement[];

  constructor(lines: readonly Statement[], text: string, subject: Subject) {
    this.#text = text;
    this.#subject = subject;
    this.#jumps = jumpsIn(text);
    this.#lines = [...lines].sort((a, b) => a.span.start - b.span.start);
    this.#blocks = blocksOf(text).filter((block) => this.#within(block).length > 0);
    const programs = programsOf(lines, text, this.#blocks);
    this.#programs = programs;
    const runs = new Map<string, Omit<Run, 'program'>>(); // loops in loops may hold the same lines
    this.#runs = this.#blocks
      .filter(({ counter }) => counter !== undefined)
      .map((block) => {
        const inside = this.#within(block);
        const key = `${inside[0].span.start} ${inside.length} ${block.counter!.letter} ${block.counter!.range}`;
        const run = runs.get(key) ?? this.#runOf(block);
        runs.set(key, run);
        return { ...run, block, program: programs.get(inside[0].span.start) };
      });
    this.#isProgram =
      this.#runs.some(({ steps }) => steps !== undefined) ||
      lines.some(({ relations }) => CHANGES.has(relations[0]));
  }

  /** Whether loops say which lines they hold. */
  get isKnown(): boolean {
    return this.#runs.length > 0;
  }

  /** The outermost loop that holds a line. */
  loopOf(line: Statement): Block | undefined {
    return this.#runOfLine(line)?.block;
  }

  #runOfLine(line: Statement): Run | undefined {
    const known = this.#outermost.get(line.span.start);
    if (known !== undefined || this.#outermost.has(line.span.start)) return known;
    const found = this.#runs.find(({ block }) => isIn(line, block));
    this.#outermost.set(line.span.start, found);
    return found;
  }

  /** The lines that a block holds. */
  #within({ start, end }: Block): readonly Statement[] {
    const before = (place: number) => {
      let [low, high] = [0, this.#lines.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (this.#lines[middle].span.start < place) low = middle + 1;
        else high = middle;
      }
      return low;
    };
    return this.#lines.slice(before(start), before(end));
  }

  /** Whether two lines stand in the same loop, or no loop is known. */
  areTogether(a: Statement, b: Statement): boolean {
    return this.loopOf(a) === this.loopOf(b);
  }

  /** Whether a line stands before or behind the loops of its program. */
  isOutside(line: Statement): boolean {
    return this.loopOf(line) === undefined && this.#runsBeside(line).length > 0;
  }

  /** The loops of the program that a line belongs to. */
  #runsBeside(line: Statement): readonly Run[] {
    const own = this.#programs.get(line.span.start);
    return this.#runs.filter(({ program }) => program === own);
  }

  /** From a step to the one that the loop of a line runs through before it: back through time unless it says otherwise. */
  before(line: Statement): 1 | -1 {
    const run = this.#runOfLine(line);
    const [first, next] = run?.steps ?? [];
    if (first !== undefined && next !== undefined) return next > first ? -1 : 1;
    const header = run?.block.header ?? '';
    return run === undefined || /reversed|-\s*1\s*[):\]]|:\s*-\s*1\s*:/.test(header) ? 1 : -1;
  }

  /** How often a line runs that is outside of all loops, or of how many steps its loop is. */
  get count(): number {
    return this.#subject.steps.size;
  }

  /** The line with the steps left out that its loop leaves out; behind a loop it is of the last step alone. */
  restricted(line: Statement): Statement {
    if (!CHANGES.has(line.relations[0])) return line;
    const run = this.#runOfLine(line);
    const before = this.#runsBeside(line)
      .filter(({ block }) => block.end <= line.span.start)
      .at(-1);
    const meant = run ?? before;
    const free = freeIndices(line.members, this.#subject, this.#subject.integers);
    if (run === undefined && !free.has(meant?.block.counter?.letter ?? '')) return line;
    if (meant?.steps === undefined || run?.isWhole === true || meant.block.counter === undefined) return line;
    const { letter: counted } = meant.block.counter;
    const kept = run === undefined ? meant.steps.slice(-1) : meant.steps;
    const { span } = line;
    const conditions = [...this.#subject.steps]
      .filter((step) => !kept.includes(step))
      .map((step): Expr => {
        const letter: Expr = { kind: 'name', base: counted, accents: [], span };
        return {
          kind: 'relation',
          members: [letter, { kind: 'number', text: `${step}`, span }],
          relations: ['≠'],
          span,
        };
      });
    return { ...line, conditions: [...line.conditions, ...conditions] };
  }

  /** `isOfStep`: whether each step computes the name anew. `isCarrying`: whether the line reads what the step before left. */
  doubtOf(
    line: Statement,
    lines: readonly Statement[],
    isOfStep: (left: Expr) => boolean,
    isCarrying: boolean,
  ): string | undefined {
    const own = this.#blocks.filter((block) => isIn(line, block));
    const other = own.find(({ counter }) => counter === undefined);
    if (other !== undefined && this.#isProgram)
      return `it stands under “${other.header}” and may not always run`;
    const read = line.members.slice(1).flatMap((member) => [...namesIn(member)]);
    for (const { others, header } of own) {
      const name = others.find((one) => read.includes(one));
      if (name !== undefined) return `what ${name} is in “${header}” is not clear`;
    }
    const [left] = line.members;
    const isAdding = CHANGES.has(line.relations[0]) && !isOfStep(left);
    if (isAdding || isCarrying) {
      for (const run of this.#runs) {
        if (!isIn(line, run.block)) continue;
        const { header } = run.block;
        if (run.steps === undefined) return `which steps “${header}” runs through is not clear`;
        if (!run.isWhole) return `“${header}” does not run through all steps`;
        if (this.#jumps.some((at) => at >= run.block.start && at < run.block.end))
          return `“${header}” may leave steps out`;
      }
    }
    return (
      this.#doubtOfSum(line, lines, isOfStep) ??
      this.#doubtOutside(line) ??
      this.#aliasesOf(lines).doubtOf(line)
    );
  }

  /** What a sum over the steps is, is known behind the loop alone. */
  #doubtOfSum(
    line: Statement,
    lines: readonly Statement[],
    isOfStep: (left: Expr) => boolean,
  ): string | undefined {
    const nameOf = ({ members: [left] }: Statement) => assignedName(left, this.#text);
    const isAccumulated = (name: string) => {
      const own = lines.filter((other) => nameOf(other) === name);
      const [first] = own;
      if (first === undefined || isOfStep(first.members[0])) return false;
      const isBegun = !CHANGES.has(first.relations[0]) && isZero(first.members[1]);
      return (isBegun || CHANGES.has(first.relations[0])) && own.some((o) => CHANGES.has(o.relations[0]));
    };
    const name = nameOf(line);
    const loop = this.loopOf(line);
    if (isAccumulated(name) && loop !== undefined) {
      const inside = lines.filter((other) => nameOf(other) === name && isIn(other, loop));
      if (inside.some(({ relations: [relation] }) => relation === '*=' || relation === '/='))
        return `${name} is multiplied at every step`;
      if (inside.some(({ relations: [relation] }) => !CHANGES.has(relation)))
        return `${name} begins anew at every step`;
    }
    const at = lines.indexOf(line);
    for (const read of this.#readBy(line)) {
      if (!isAccumulated(read)) continue;
      const adds = lines.filter((other) => nameOf(other) === read && CHANGES.has(other.relations[0]));
      const isInside =
        adds.some((add) => loop !== undefined && isIn(add, loop)) ||
        (!this.isKnown && freeIndices(line.members, this.#subject, this.#subject.integers).size > 0);
      if (isInside || adds.some((add) => lines.indexOf(add) >= at))
        return `${read} is read before all has been added to it`;
    }
    return undefined;
  }

  #readBy({ members }: Statement): ReadonlySet<string> {
    const names = members.slice(1).flatMap((member) => [...parts(member)]);
    return new Set(names.filter(isName).map((x) => assignedName(x, this.#text)));
  }

  #doubtOutside(line: Statement): string | undefined {
    if (!this.isOutside(line)) return undefined;
    const free = freeIndices(line.members, this.#subject, this.#subject.integers);
    const run = this.#runsBeside(line).find(({ block }) => free.has(block.counter!.letter));
    return run === undefined ? undefined : `it stands outside of “${run.block.header}”, and runs once`;
  }

  #aliasesOf(lines: readonly Statement[]): Aliases {
    if (this.#aliases?.lines !== lines) this.#aliases = new Aliases(lines, this.#text);
    return this.#aliases;
  }

  #runOf(block: Block): Omit<Run, 'program'> {
    const { steps, integers } = this.#subject;
    const count = this.#countOf(block);
    const found = count === undefined ? undefined : stepsOf(block.counter!.range, count, integers);
    if (count === undefined || found === undefined || found.length === 0)
      return { block, steps: undefined, isWhole: false };
    const first = steps.size > 0 ? Math.min(...steps) : 0;
    if (isWhole(found, count, first)) {
      const ordered = [...steps].sort((a, b) => a - b);
      const isForward = found.length < 2 || found[1] > found[0];
      return {
        block,
        steps: steps.size === count ? (isForward ? ordered : ordered.reverse()) : found,
        isWhole: true,
      };
    }
    // Python counts from 0 unless it names the last step
    const isFromZero = found.includes(0) || !found.includes(first + count - 1);
    return { block, steps: isFromZero ? found.map((step) => step + first) : found, isWhole: false };
  }

  /** How many steps, or rows of arrays, the letter of a loop counts. */
  #countOf({ counter, ...block }: Block): number | undefined {
    const { families, graph, steps, integers } = this.#subject;
    const counts = new Set<number>();
    const all = this.#within(block).flatMap(({ members }) => members.flatMap((member) => [...parts(member)]));
    for (const x of all) {
      const items = x.kind === 'index' ? x.items : x.kind === 'sub' ? [x.index] : [];
      const at = items.findIndex((item) => plainName(item) === counter?.letter);
      const base =
        x.kind === 'index' || x.kind === 'sub'
          ? plainName(x.of.kind === 'differential' ? x.of.of : x.of)
          : undefined;
      if (at < 0 || base === undefined) continue;
      const ofSteps = [...families.values()].find(({ name, indexCount }) => name === base && indexCount > at);
      const whole = [...families.values()].find(({ name, indexCount }) => name === base && indexCount === 0);
      if (ofSteps !== undefined)
        counts.add(
          steps.size > 0 ? steps.size : new Set(ofSteps.members.map(({ indices }) => indices[at])).size,
        );
      else if (whole !== undefined) counts.add(graph.node(whole.members[0].id).shape[at] ?? 0);
    }
    if (counts.size > 0) return Math.min(...counts);
    return steps.size > 0 ? steps.size : integers.get('T');
  }
}

const isIn = ({ span }: Statement, { start, end }: Pick<Block, 'start' | 'end'>): boolean =>
  start <= span.start && span.start < end;

/** `0`, `np.zeros_like(W)`. */
export const isZero = (x: Expr | undefined): boolean =>
  (x?.kind === 'number' && Number(x.text) === 0) ||
  (x?.kind === 'call' && x.fn.kind === 'name' && /^zeros/.test(x.fn.base));

/** Whether lines hold under the same conditions. */
export const areAlike = (a: Statement, b: Statement): boolean =>
  a.conditions.length === b.conditions.length && a.conditions.every((x, i) => alike(x, b.conditions[i]));
