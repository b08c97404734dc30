/** δx of a gate: the gradient by the gate, or by the argument of its activation, as papers on LSTM have it. */

import type { NodeId } from '../graph/graph.ts';
import type { Integers } from '../model/equations/integers.ts';
import { referenceOf } from '../model/equations/names.ts';
import type { Expr } from '../notation/tree.ts';
import { ACTIVATIONS } from './activations.ts';
import { activationsOf, spelled } from './meanings.ts';
import { familyKey } from './named-graph.ts';
import type { Meaning, Meanings } from './reading.ts';
import { parts } from './rewrite.ts';
import type { Subject } from './subject.ts';
import { symbolKey, symbolOf } from './symbols.ts';

interface Marked {
  /** As meanings are kept: `δ o/1`. */
  readonly key: string;
  readonly indices: readonly number[];
}

/** The symbol that δx is, if it is one. */
export function markedSymbol(x: Expr, integers: Integers): Marked | undefined {
  if (x.kind !== 'differential' || x.mark !== 'delta' || x.order !== 1) return undefined;
  const symbol = symbolOf(x.of, integers);
  return symbol && { key: `δ ${symbolKey(symbol)}`, indices: symbol.indices };
}

/** That δx is by x itself. */
const BY_ITSELF: Meaning = { kind: 'node', nodes: new Map(), words: '' };

/**
 * The gates of which δ occurs and has no meaning yet: by themselves, as is usual, or all by the arguments of their
 * activations. Undefined: there are none, or δz of an argument beside says that δ of a gate is by the gate. The state of
 * a network that has no gates is none.
 */
export function marksOf(
  members: readonly Expr[],
  subject: Subject,
  known: Integers,
  settled: Meanings,
): { readonly usual: Meanings; readonly byArgument: Meanings } | undefined {
  const [usual, byArgument] = [new Map(settled), new Map(settled)];
  const all = members.flatMap((member) => [...parts(member)]);
  if (all.some((x) => isOfArgument(x, subject, known))) return undefined;
  for (const x of all) {
    const marked = markedSymbol(x, known);
    if (marked === undefined || usual.has(marked.key)) continue;
    const meaning = byArgumentOf(x, subject, known);
    if (meaning === undefined) continue;
    usual.set(marked.key, BY_ITSELF);
    byArgument.set(marked.key, meaning);
  }
  return usual.size === settled.size ? undefined : { usual, byArgument };
}

/** Whether x is δz of the argument z of a gate. */
function isOfArgument(x: Expr, subject: Subject, known: Integers): boolean {
  if (x.kind !== 'differential' || x.mark !== 'delta') return false;
  const reference = referenceOf(x.of, known, subject.indexCount);
  const id = reference && subject.find(reference);
  return subject.graph.nodes.some(
    ({ id: gate, op, inputs }) =>
      ACTIVATIONS.has(op) && inputs[0] === id && subject.referenceOf(gate) !== undefined,
  );
}

function byArgumentOf(x: Expr, subject: Subject, known: Integers): Meaning | undefined {
  const reference = x.kind === 'differential' ? referenceOf(x.of, known, subject.indexCount) : undefined;
  const family = reference && subject.families.get(familyKey(reference));
  const made = family && activationsOf(family, subject);
  const computed = family?.members.filter(({ id }) => subject.graph.node(id).inputs.length > 0);
  if (made === undefined || computed?.length !== made.inputs.size) return undefined;
  const isGate = [...subject.families.values()].some(
    (other) =>
      other !== family &&
      other.indexCount === family!.indexCount &&
      activationsOf(other, subject)?.inputs.size === made.inputs.size,
  );
  const loss = subject.nameOf(subject.target);
  const words = `δ${family!.name} = ∂${loss}/∂ the argument of ${made.op} in ${spelled(family!)}`;
  return isGate ? { kind: 'gradient', nodes: made.inputs, sign: 1, words } : undefined;
}

/** The node by which δx is, where that is not x itself. */
export function markedNode(
  x: Expr,
  integers: Integers,
  meanings: Meanings,
): { readonly nodes: ReadonlyMap<string, NodeId>; readonly indices: readonly number[] } | undefined {
  const marked = markedSymbol(x, integers);
  const meaning = marked && meanings.get(marked.key);
  return meaning?.kind === 'gradient' ? { nodes: meaning.nodes, indices: marked!.indices } : undefined;
}
