/** Which of the variables exist, and in which order each is computed after those that it depends on. */

import { NotationError } from '../../notation/problem.ts';
import { type Member, type Members, spanOf } from './members.ts';
import { usedBy, usesIn } from './references.ts';

/**
 * Removes what a line without a range does not define: O_t = V H_t is there for the t for which H_t is. A line of which
 * nothing would be left keeps its first variable, so that the reason is told.
 */
export function removeImpossible(members: Members): void {
  const open = [...members.all].filter(({ isExplicit }) => !isExplicit);
  if (open.length === 0) return;
  const users = new Map<string, Member[]>();
  const lost: Member[] = [];
  const left = new Map<unknown, number>();
  for (const member of open) {
    if (!('equation' in member.from)) continue;
    left.set(member.from.equation, (left.get(member.from.equation) ?? 0) + 1);
    let isPossible = true;
    for (const { reference } of usesIn(member.from.equation.right, member.integers, members, true)) {
      const used = members.find(reference);
      if (used === undefined) isPossible = false;
      else if (!used.isExplicit) {
        const known = users.get(used.name);
        if (known === undefined) users.set(used.name, [member]);
        else known.push(member);
      }
    }
    if (!isPossible) lost.push(member);
  }
  const removed = new Set<Member>();
  for (let member = lost.pop(); member !== undefined; member = lost.pop()) {
    const source = 'equation' in member.from ? member.from.equation : undefined;
    const remaining = left.get(source)! - 1;
    if (removed.has(member) || remaining === 0) continue;
    removed.add(member);
    left.set(source, remaining);
    members.remove(member);
    lost.push(...(users.get(member.name) ?? []));
  }
}

/** All variables, each behind those that it depends on, else step by step. Throws a NotationError that names a cycle. */
export function inOrder(members: Members): Member[] {
  const roots = [...members.all].map((member, i) => ({ member, i, step: stepOf(member) }));
  roots.sort((a, b) => a.step - b.step || a.i - b.i);
  const ordered: Member[] = [];
  const states = new Map<Member, 'open' | 'done'>();
  const stack: { readonly member: Member; readonly uses: readonly Member[]; next: number }[] = [];
  const open = (member: Member) => {
    states.set(member, 'open');
    stack.push({ member, uses: usedBy(member, members), next: 0 });
  };
  for (const { member: root } of roots) {
    if (!states.has(root)) open(root);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const used = top.uses[top.next++];
      if (used === undefined) {
        states.set(top.member, 'done');
        ordered.push(top.member);
        stack.pop();
      } else if (!states.has(used)) open(used);
      else if (states.get(used) === 'open')
        throw cycle(
          members.text,
          stack.map(({ member }) => member),
          used,
        );
    }
  }
  return ordered;
}

/** Leaves without indices first, and what has no index last: E = Σ E_t. */
function stepOf({ from, step }: Member): number {
  if (Number.isFinite(step)) return step;
  return 'declaration' in from ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

const MAX_SHOWN = 6;

function cycle(text: string, stack: readonly Member[], used: Member): NotationError {
  const names = [...stack.slice(stack.indexOf(used)), used].map(({ name }) => name);
  const shown = names.length > MAX_SHOWN ? [...names.slice(0, MAX_SHOWN - 1), '…', used.name] : names;
  const hint =
    used.reference.indices.length > 0
      ? `; is the step before meant, as in ${used.reference.family}_{t-1}?`
      : '';
  const message =
    names.length === 2
      ? `${used.name} depends on itself${hint}`
      : `${used.name} depends on itself: ${shown.join(' ← ')}`;
  return new NotationError(message, text, spanOf(used));
}
