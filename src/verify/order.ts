/** In which order lines are judged: what a line uses comes before it. */

import { scriptedName } from '../model/equations/names.ts';
import type { Statement } from '../notation/tree.ts';
import { undoDifferential } from '../notation/undo.ts';
import { mentions } from './spell.ts';

/** `g_0 = 0` before the recursion g_t = … g_{t−1} that begins there; what says what δo_t is before all. */
export function startsFirst(statements: readonly Statement[]): Statement[] {
  const symbolOf = ({ members: [left] }: Statement) => scriptedName(left)?.base;
  const isRecursion = (statement: Statement, symbol: string) =>
    mentions({ ...statement, members: statement.members.slice(1) }, symbol);
  /** By the symbol: what stands before the first recursion of it, which comes behind. */
  const starts = new Map<Statement, Statement[]>();
  const recursions = new Map<string, Statement>();
  const own: Statement[] = [];
  for (const statement of statements) {
    const symbol = symbolOf(statement);
    const recursion = symbol === undefined ? undefined : recursions.get(symbol);
    const isOwn = symbol !== undefined && isRecursion(statement, symbol);
    if (isOwn && recursion === undefined) recursions.set(symbol, statement);
    if (recursion === undefined || isOwn) own.push(statement);
    else starts.set(recursion, [...(starts.get(recursion) ?? []), statement]);
  }
  const ordered = own.flatMap((statement) => [...(starts.get(statement) ?? []), statement]);
  // δo_t = ∂L/∂zo_t says what δo is in the other lines
  const isSaid = ({ members: [left, right, ...rest] }: Statement) =>
    left.kind === 'differential' && right?.kind === 'derivative' && rest.length === 0;
  return [...ordered.filter(isSaid), ...ordered.filter((statement) => !isSaid(statement))];
}

/** The symbol that a line says something of. */
export function symbolSaid({ members: [left] }: Statement): string | undefined {
  const name = left.kind === 'differential' ? (undoDifferential(left) ?? left) : left;
  return scriptedName(name)?.base;
}

/** Whether a line says what a symbol is. */
export const defines = (statement: Statement, symbol: string): boolean => symbolSaid(statement) === symbol;

/** The lines that are still to be judged. One that uses what another says waits until that one is settled. */
export class Waiting {
  readonly #queue: Statement[];
  #next = 0;
  /** How many lines that are not settled say something of a symbol. */
  readonly #open = new Map<string, number>();
  /** By the symbol that they wait for. */
  readonly #parked = new Map<string, Statement[]>();

  constructor(statements: readonly Statement[]) {
    this.#queue = startsFirst(statements);
    for (const statement of statements) this.#count(statement, 1);
  }

  #count(statement: Statement, by: 1 | -1): void {
    const symbol = symbolSaid(statement);
    if (symbol !== undefined) this.#open.set(symbol, (this.#open.get(symbol) ?? 0) + by);
  }

  /** The next line, if there is one that needs not wait. */
  take(): Statement | undefined {
    return this.#next < this.#queue.length ? this.#queue[this.#next++] : undefined;
  }

  /** Whether a line waits for another that says what a symbol is. */
  park(statement: Statement, symbol: string): boolean {
    const others = (this.#open.get(symbol) ?? 0) - (defines(statement, symbol) ? 1 : 0);
    if (others <= 0) return false;
    const parked = this.#parked.get(symbol) ?? [];
    this.#parked.set(symbol, parked);
    parked.push(statement);
    return true;
  }

  /** A line is judged. `isKnown`: what waits for its symbol may be tried again. */
  settle(statement: Statement, isKnown: boolean): void {
    this.#count(statement, -1);
    const symbol = symbolSaid(statement);
    const parked = symbol === undefined ? undefined : this.#parked.get(symbol);
    if (symbol === undefined || parked === undefined || !isKnown) return;
    this.#parked.delete(symbol);
    this.#queue.push(...parked);
  }

  /** All that still waits. */
  rest(): readonly Statement[] {
    const all = [...this.#parked.values()].flat();
    this.#parked.clear();
    return all;
  }

  /** Lines that are to be tried once more. */
  again(statements: readonly Statement[]): void {
    this.#queue.push(...statements);
  }
}
