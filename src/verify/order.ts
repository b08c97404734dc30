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
  const ordered: Statement[] = [];
  for (const statement of statements) {
    const symbol = symbolOf(statement);
    const at = ordered.findIndex(
      (other) => symbol !== undefined && symbolOf(other) === symbol && isRecursion(other, symbol),
    );
    if (symbol === undefined || at < 0 || isRecursion(statement, symbol)) ordered.push(statement);
    else ordered.splice(at, 0, statement);
  }
  // δo_t = ∂L/∂zo_t says what δo is in the other lines
  const isSaid = ({ members: [left, right, ...rest] }: Statement) =>
    left.kind === 'differential' && right?.kind === 'derivative' && rest.length === 0;
  return [...ordered.filter(isSaid), ...ordered.filter((statement) => !isSaid(statement))];
}

/** Whether a line says what a symbol is. */
export function defines({ members }: Statement, symbol: string): boolean {
  const [left] = members;
  const name = left.kind === 'differential' ? (undoDifferential(left) ?? left) : left;
  return scriptedName(name)?.base === symbol;
}
