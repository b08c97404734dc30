/** Nodes that a model leaves unnamed and derivations name by custom: ŷ_t of a softmax, a_t of tanh(a_t), the loss E_t. */

import type { Node, NodeId } from '../graph/graph.ts';
import { canonical, scriptedName } from '../model/equations/names.ts';
import type { Statement } from '../notation/tree.ts';
import { undoDifferential } from '../notation/undo.ts';
import { ACTIVATIONS } from './activations.ts';
import type { Family } from './named-graph.ts';
import { parts } from './rewrite.ts';
import type { Subject } from './subject.ts';

/** Nodes that belong together, by the indices that their names would have. */
interface Unnamed {
  readonly nodes: ReadonlyMap<string, NodeId>;
  readonly indexCount: number;
  /** What they are, in words: `the argument of tanh in H_t`. */
  readonly words: string;
  /** Whether a name is one of those that they go by. */
  readonly isCalled: (name: string) => boolean;
  /** Whether nothing else goes by these names. */
  readonly isCertain: boolean;
}

/** Names for unnamed nodes that a derivation uses. */
export interface Custom {
  readonly names: ReadonlyMap<NodeId, string>;
  /** By name: what it stands for. */
  readonly words: ReadonlyMap<string, string>;
  readonly areCertain: boolean;
}

/** The names that statements use and the model does not have. Undefined: none that custom knows. */
export function customIn(statements: readonly Statement[], subject: Subject): Custom | undefined {
  const used = statements.flatMap((statement) => [...mentionsIn(statement)]);
  const isOpen = ({ name, indexCount }: Mention) => {
    const known = canonical(name, subject.indexCount);
    return known === undefined || !subject.indexCount(known).includes(indexCount);
  };
  const open = used.filter(isOpen);
  if (open.length === 0) return undefined;
  const names = new Map<NodeId, string>();
  const words = new Map<string, string>();
  let areCertain = true;
  for (const unnamed of unnamedIn(subject)) {
    const mention = open.find(
      ({ name, indexCount }) =>
        indexCount === unnamed.indexCount && !words.has(name) && unnamed.isCalled(name),
    );
    if (mention === undefined || [...unnamed.nodes.values()].some((id) => names.has(id))) continue;
    for (const [indices, id] of unnamed.nodes) {
      names.set(id, indices === '' ? mention.name : `${mention.name}_${indices}`);
    }
    words.set(mention.name, unnamed.words);
    areCertain &&= unnamed.isCertain;
  }
  return names.size === 0 ? undefined : { names, words, areCertain };
}

/** Whether a statement uses a name. */
export function mentionsName(statement: Statement, name: string): boolean {
  return [...mentionsIn(statement)].some((mention) => mention.name === name);
}

interface Mention {
  /** Base and words: `yhat`, `z_i`. */
  readonly name: string;
  readonly indexCount: number;
}

/** Every way to take the scripts of the names in a statement for words and indices. */
function* mentionsIn({ members }: Statement): Generator<Mention> {
  for (const x of members.flatMap((member) => [...parts(member)])) {
    const name = scriptedName(x.kind === 'differential' ? (undoDifferential(x) ?? x) : x);
    if (name === undefined) continue;
    const { base, scripts } = name;
    for (let words = 0; words <= scripts.length; words++) {
      const inName = scripts.slice(0, words).map(({ word }) => word);
      if (inName.some((word) => word === undefined)) break;
      const own = [base, ...inName].join('_');
      // the scripts behind the indices count elements
      for (let indexCount = scripts.length - words; indexCount >= 0; indexCount--)
        yield { name: own, indexCount };
    }
  }
}

/** The likeliest first. */
function unnamedIn(subject: Subject): readonly Unnamed[] {
  const outputs = outputsOf(subject);
  const made = madeBy(subject, new Set(outputs.flatMap(({ nodes }) => [...nodes.values()])));
  return [...stepLosses(subject), ...outputs, ...scoresOf(subject, outputs, made.length), ...made];
}

/** The softmax or sigmoid that a loss is computed from. */
function outputsOf(subject: Subject): Unnamed[] {
  const { graph } = subject;
  const nodes = graph.nodes.filter(
    (node) => OUTPUTS.has(node.op) && isUnnamed(subject, node) && feedsLosses(subject, node.id),
  );
  const data = new Set([...subject.families.values()].filter((f) => isData(subject, f)).map((f) => f.name));
  const isCalled = (name: string) =>
    PROBABILITIES.has(name) || (name.endsWith('hat') && data.has(name.slice(0, -3)));
  return grouped(
    subject,
    nodes.map(({ id }) => id),
    (index) => ({
      words: `the ${nodes[0].op} in ${lossName(subject, index)}`,
      isCalled,
      isCertain: true,
    }),
  );
}

/** What the softmax of the loss is of. */
function scoresOf(subject: Subject, outputs: readonly Unnamed[], hidden: number): Unnamed[] {
  const { graph } = subject;
  const named = graph.nodes.filter(
    (node) => OUTPUTS.has(node.op) && !isUnnamed(subject, node) && feedsLosses(subject, node.id),
  );
  const ids = [...outputs.flatMap(({ nodes }) => [...nodes.values()]), ...named.map(({ id }) => id)];
  const scores = ids.map((id) => graph.node(id).inputs[0]);
  if (!scores.every((id) => isUnnamed(subject, graph.node(id)))) return [];
  const letters = new Set([...SCORES, ...(hidden === 0 ? ARGUMENTS : [])]);
  return grouped(subject, scores, () => ({
    words: `the argument of the ${graph.node(ids[0]).op}`,
    isCalled: (name) => letters.has(name),
    isCertain: false,
  }));
}

/** The arguments of the activations that make the states and gates. */
function madeBy(subject: Subject, others: ReadonlySet<NodeId>): Unnamed[] {
  const { graph } = subject;
  const found: (Unnamed & { readonly family: string })[] = [];
  for (const { name, indexCount, members } of subject.families.values()) {
    const computed = members.filter(({ id }) => graph.node(id).inputs.length > 0 && !others.has(id));
    const [op, ...ops] = new Set(computed.map(({ id }) => graph.node(id).op));
    if (op === undefined || ops.length > 0 || !ACTIVATIONS.has(op)) continue;
    const nodes = new Map(computed.map(({ indices, id }) => [indices.join('.'), graph.node(id).inputs[0]]));
    if (![...nodes.values()].every((id) => isUnnamed(subject, graph.node(id)))) continue;
    const words = `the argument of ${op} in ${name}${indexCount === 0 ? '' : '_t'}`;
    found.push({ nodes, indexCount, words, isCalled: () => false, isCertain: false, family: name });
  }
  return found.map(({ family, ...unnamed }) => {
    const own = new Set([...ARGUMENTS].flatMap((letter) => [`${letter}_${family}`, `${letter}${family}`]));
    const isCalled = (name: string) =>
      own.has(name) || name === `${family}hat` || (found.length === 1 && ARGUMENTS.has(name));
    return { ...unnamed, isCalled };
  });
}

/** The summands of E = Σ_t …: E_t. */
function stepLosses(subject: Subject): Unnamed[] {
  const { graph, target } = subject;
  const { op, inputs, name } = graph.node(target);
  const isSum =
    (op === 'total' || op === 'add') && inputs.length > 1 && new Set(inputs).size === inputs.length;
  const isLoss = (id: NodeId) => isUnnamed(subject, graph.node(id)) && graph.node(id).shape.length === 0;
  if (!isSum || !inputs.every(isLoss)) return [];
  return grouped(subject, inputs, () => ({
    words: `the summand of ${name} at t`,
    isCalled: (used) => used === name || LOSSES.has(used),
    isCertain: true,
  })).filter(({ indexCount }) => indexCount === 1);
}

const OUTPUTS: ReadonlySet<string> = new Set(['softmax', 'sigmoid']);
const PROBABILITIES: ReadonlySet<string> = new Set(['p', 'P', 'π', 'phat', 'probs', 'ps', 'yhat']);
const SCORES: ReadonlySet<string> = new Set(['o', 'O', 'logits', 'scores']);
const ARGUMENTS: ReadonlySet<string> = new Set(['a', 'z', 'net', 's', 'u', 'v']);
const LOSSES: ReadonlySet<string> = new Set(['E', 'L', 'J', 'C', 'ℓ', 'ell']);

/** The nodes as one group, if each has indices of its own. */
function grouped(
  subject: Subject,
  ids: readonly NodeId[],
  rest: (hasIndex: boolean) => Pick<Unnamed, 'words' | 'isCalled' | 'isCertain'>,
): Unnamed[] {
  const nodes = new Map<string, NodeId>();
  for (const id of ids) {
    const indices = indicesOf(subject, id);
    if (indices === undefined || nodes.has(indices)) return [];
    nodes.set(indices, id);
  }
  const counts = new Set([...nodes.keys()].map((key) => (key === '' ? 0 : key.split('.').length)));
  if (counts.size !== 1) return [];
  const [indexCount] = counts;
  return [{ nodes, indexCount, ...rest(indexCount > 0) }];
}

/** The indices that the variables beneath an unnamed node have in common, parameters aside. */
function indicesOf(subject: Subject, of: NodeId): string | undefined {
  const found = new Set<string>();
  const seen = new Set([of]);
  for (const id of seen) {
    for (const input of subject.graph.node(id).inputs) {
      const reference = subject.referenceOf(input);
      if (reference === undefined) seen.add(input);
      else if (subject.graph.node(input).op !== 'parameter' && reference.indices.length > 0)
        found.add(reference.indices.join('.'));
    }
  }
  return found.size > 1 ? undefined : ([...found][0] ?? '');
}

const isUnnamed = (subject: Subject, { id, inputs, adjointOf }: Node): boolean =>
  adjointOf === undefined && inputs.length > 0 && subject.referenceOf(id) === undefined;

/** Whether nothing but losses is computed from a node. */
function feedsLosses(subject: Subject, of: NodeId): boolean {
  const consumers = new Map<NodeId, NodeId[]>();
  for (const { id, inputs } of subject.graph.nodes) {
    for (const input of inputs) consumers.set(input, [...(consumers.get(input) ?? []), id]);
  }
  const seen = new Set([of]);
  for (const id of seen) {
    for (const consumer of consumers.get(id) ?? []) {
      if (subject.referenceOf(consumer) === undefined) seen.add(consumer);
      else if (!subject.losses.has(consumer)) return false;
    }
  }
  return true;
}

function isData(subject: Subject, { members }: Family): boolean {
  return members.every(({ id }) => subject.graph.node(id).op === 'input');
}

function lossName(subject: Subject, hasIndex: boolean): string {
  const [own] = [...subject.losses].filter((id) => id !== subject.target);
  return hasIndex && own !== undefined
    ? `${subject.referenceOf(own)!.family}_t`
    : subject.nameOf(subject.target);
}
