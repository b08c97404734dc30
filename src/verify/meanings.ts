/** What a symbol that the model does not have may stand for, by the customs of the field. */

import type { Node, NodeId } from '../graph/graph.ts';
import { canonical } from '../model/equations/names.ts';
import { ACTIVATIONS, activationOps } from './activations.ts';
import type { Family } from './named-graph.ts';
import type { Meaning } from './reading.ts';
import type { Subject } from './subject.ts';
import { ADJOINTS, LAYERS, type UnknownSymbol } from './symbols.ts';

export interface Candidate {
  readonly meaning: Meaning;
  /** Everyone would take it so: a formula that holds under it is right, not ambiguous. */
  readonly isCustomary: boolean;
  /** Everyone would where the derivative by this variable stands in the formula too. */
  readonly beside?: string;
}

/** Letters for the argument of an activation. */
const ARGUMENTS: ReadonlySet<string> = new Set('a z s u net v x i n p o y h'.split(' '));

/** The candidates, the likeliest first. `isDefined`: a line says what it is, by way of itself. */
export function candidatesFor(
  problem: UnknownSymbol,
  subject: Subject,
  isRecursive: boolean,
): readonly Candidate[] {
  const isSlope = problem.key.endsWith('′');
  const [name, count] = problem.key.replace('′', '').split('/');
  if (name.endsWith('()')) return functionsOf(name.slice(0, -2), subject);
  const indexCount = Number(count);
  if (isSlope) return slopes(indexCount, subject);
  const found: Candidate[] = [...barred(name, indexCount, subject)];
  if (ADJOINTS.test(name) || isRecursive) found.push(...adjoints(name, indexCount, subject));
  found.push(...roles(name, indexCount, subject), ...roleGradients(name, indexCount, subject));
  if (ARGUMENTS.has(name)) found.push(...argumentsOf(name, indexCount, subject));
  return found;
}

/** What an adjoint may be by. */
interface Adjoint {
  readonly nodes: ReadonlyMap<string, NodeId>;
  readonly of: string;
  readonly isUsual: boolean;
  /** It is what is meant if the derivative by this variable stands beside. */
  readonly beside?: string;
}

/** δ_t is the derivative of the loss by a state or by the argument of its activation. With a minus in texts on descent. */
function adjoints(name: string, indexCount: number, subject: Subject): Candidate[] {
  const found: Candidate[] = [];
  const groups: Adjoint[] = [];
  const shown = name.replaceAll('_', ' ');
  // δ_o: by o, if there is such a variable
  const word = name.split('_').slice(1).join('_');
  const all = likely(subject, indexCount);
  // δ_W: by a parameter of that name, and by nothing else
  const weights = [...subject.families.values()].filter(
    ({ name: own, indexCount: n, members: [{ id }] }) =>
      own === word && n === indexCount && subject.graph.node(id).op === 'parameter',
  );
  const named = [...weights, ...all.filter((family) => family.name === word)];
  // δ_w: by a_w or b_w
  const labelled = word === '' ? [] : all.filter((family) => family.name.endsWith(`_${word}`));
  // δ^o: by the output, whatever it is called
  const role = subject.roles.get(LAYERS.get(word) ?? '');
  const ofRole = role?.indexCount === indexCount ? [role] : [];
  // δ^x: by x, and by nothing else
  const isVariable = word !== '' && subject.indexCount(word).length > 0;
  const own = [...subject.families.values()].filter(
    (family) => family.name === word && family.indexCount === indexCount,
  );
  const meant =
    [named, labelled, ofRole, own].find((families) => families.length > 0) ?? (isVariable ? [] : all);
  if (word !== '') groups.push(...byLabel(word, meant === named, all, subject));
  for (const family of meant) {
    const by = spelled(family);
    const made = activationsOf(family, subject);
    if (made?.isUnnamed)
      groups.push({ nodes: made.inputs, of: `∂E/∂ the argument of ${made.op} in ${by}`, isUsual: true });
    // where the argument of an activation has a name, δ is the derivative by that
    const isUsual = made === undefined || made.isUnnamed;
    groups.push({ nodes: nodesOf(family), of: `∂E/∂${by}`, isUsual });
  }
  if (indexCount === 0) groups.push(...atOneLayer(subject));
  groups.sort((a, b) => Number(b.isUsual) - Number(a.isUsual));
  const loss = subject.nameOf(subject.target);
  if (groups.length === 0 && indexCount === 2) {
    found.push(...ofLosses(name, subject));
    const ofElements = adjoints(name, 1, subject).map(({ meaning, isCustomary }) => ({
      meaning: { ...meaning, isElement: true } as Meaning,
      isCustomary,
    }));
    found.push(...ofElements);
  }
  for (const sign of [1, -1] as const) {
    for (const { nodes, of, isUsual, beside } of groups) {
      const words = `${shown} = ${sign < 0 ? '−' : ''}${of.replace('∂E', `∂${loss}`)}`;
      const isBeside = sign > 0 && beside !== undefined ? { beside } : {};
      const isCustomary = sign > 0 && isUsual;
      found.push({ meaning: { kind: 'gradient', nodes, sign, words }, isCustomary, ...isBeside });
    }
  }
  return found;
}

/**
 * δ_h by the argument of the candidate whose weights are W_h, U_h and b_h. Where h is a variable too, that is likelier,
 * unless the formula has ∂E/∂h beside δ_h.
 */
function byLabel(
  word: string,
  hasVariable: boolean,
  families: readonly Family[],
  subject: Subject,
): Adjoint[] {
  return families.flatMap((family) => {
    const made = activationsOf(family, subject);
    if (made === undefined || !made.isUnnamed || family.name === word) return [];
    const weights = [...made.inputs.values()].map((id) => parametersOf(subject, id));
    const isOf = weights.every(
      (names) => names.length > 0 && names.every((name) => name.endsWith(`_${word}`)),
    );
    const of = `∂E/∂ the argument of ${made.op} in ${spelled(family)}`;
    return isOf
      ? [{ nodes: made.inputs, of, isUsual: !hasVariable, ...(hasVariable ? { beside: word } : {}) }]
      : [];
  });
}

/** The families of the parameters that an unnamed node is computed from by way of unnamed ones. */
function parametersOf(subject: Subject, of: NodeId): string[] {
  const names: string[] = [];
  const seen = new Set([of]);
  for (const at of seen) {
    for (const id of subject.graph.node(at).inputs) {
      const reference = subject.referenceOf(id);
      if (reference === undefined) seen.add(id);
      else if (subject.graph.node(id).op === 'parameter') names.push(reference.family);
    }
  }
  return names;
}

/** Most variables with an index that a δ without one may be by. */
const MOST_LAYERS = 12;

/** δ = ŷ − y without an index may be by any layer, the last one first. */
function atOneLayer(subject: Subject): Adjoint[] {
  const nodes = likely(subject, 1)
    .flatMap(({ members }) => members.map(({ id }) => subject.graph.node(id)))
    .filter(({ shape, inputs }) => shape.length > 0 && inputs.length > 0);
  return nodes
    .sort((a, b) => b.id - a.id)
    .slice(0, MOST_LAYERS)
    .map(({ id, op, inputs }) => {
      const isMade = ACTIVATIONS.has(op) && subject.referenceOf(inputs[0]) !== undefined;
      return { nodes: new Map([['', id]]), of: `∂E/∂${subject.nameOf(id)}`, isUsual: !isMade };
    });
}

/** δ_k^{(t)} = ∂E_t/∂s_k, by a state or by the argument of its activation. */
function ofLosses(name: string, subject: Subject): Candidate[] {
  const family = [...subject.families.values()].find(
    ({ indexCount, members }) => indexCount === 1 && members.every(({ id }) => subject.losses.has(id)),
  );
  if (family === undefined) return [];
  return adjoints(name, 1, subject).flatMap(({ meaning, isCustomary }) => {
    if (meaning.kind !== 'gradient') return [];
    const words = meaning.words.replace(/∂[^/]*\//, `∂${spelled(family)}/`);
    return [{ meaning: { ...meaning, losses: nodesOf(family), words }, isCustomary }];
  });
}

/** Families of arrays or numbers that are computed, the recurrent ones first. */
function likely(subject: Subject, indexCount: number): Family[] {
  const computed = [...subject.families.values()].filter(
    ({ indexCount: n, members }) =>
      n === indexCount &&
      members.some(({ id }) => subject.graph.node(id).inputs.length > 0 && !subject.losses.has(id)),
  );
  const isRecurrent = ({ name, indexCount: n }: Family) => (subject.feedsItself(`${name}/${n}`) ? 0 : 1);
  return computed.sort((a, b) => isRecurrent(a) - isRecurrent(b));
}

const nodesOf = ({ members }: Family): ReadonlyMap<string, NodeId> =>
  new Map(members.map(({ indices, id }) => [indices.join('.'), id]));

export const spelled = ({ name, indexCount }: Family): string =>
  indexCount === 0 ? name : `${name}_${['t', 'k'].slice(0, indexCount).join('.')}`;

/** The activation that makes the members of a family, and the nodes that it is applied to. */
export function activationsOf(
  family: Family,
  subject: Subject,
):
  | { readonly op: string; readonly inputs: ReadonlyMap<string, NodeId>; readonly isUnnamed: boolean }
  | undefined {
  const inputs = new Map<string, NodeId>();
  let op: string | undefined;
  let isUnnamed = true;
  for (const { indices, id } of family.members) {
    const node: Node = subject.graph.node(id);
    const isActivation = ACTIVATIONS.has(node.op) || node.op === 'softmax';
    if (!isActivation) continue;
    op ??= node.op;
    if (op !== node.op) return undefined;
    inputs.set(indices.join('.'), node.inputs[0]);
    isUnnamed &&= subject.referenceOf(node.inputs[0]) === undefined;
  }
  return op === undefined ? undefined : { op, inputs, isUnnamed };
}

/** σ_t′ is the slope of the activation that makes the state of step t. */
function slopes(indexCount: number, subject: Subject): Candidate[] {
  return likely(subject, indexCount).flatMap((family) => {
    const made = activationsOf(family, subject);
    if (made === undefined || !ACTIVATIONS.has(made.op)) return [];
    const nodes = new Map(
      family.members
        .filter(({ id }) => subject.graph.node(id).op === made.op)
        .map(({ indices, id }) => [indices.join('.'), id]),
    );
    const words = `the primed function is ${made.op}′ in ${spelled(family)}`;
    return [{ meaning: { kind: 'slope', nodes, words }, isCustomary: true } satisfies Candidate];
  });
}

/** a_t, z_t, net_t: the argument of an activation that has no name of its own. */
function argumentsOf(name: string, indexCount: number, subject: Subject): Candidate[] {
  return likely(subject, indexCount).flatMap((family) => {
    const made = activationsOf(family, subject);
    if (made === undefined || !made.isUnnamed) return [];
    const words = `${name} is the argument of ${made.op} in ${spelled(family)}`;
    return [{ meaning: { kind: 'node', nodes: made.inputs, words }, isCustomary: false } satisfies Candidate];
  });
}

/** f of f(a): any of the activations of the network. σ may be what its name says, too. */
function functionsOf(name: string, subject: Subject): Candidate[] {
  const ops = [...activationOps(subject.graph), ...(name === 'σ' ? ['sigmoid'] : [])];
  return ops.map((op) => ({
    meaning: { kind: 'function', name: op, words: `${name} = ${op}` },
    isCustomary: true,
  }));
}

/**
 * Names by which programs and papers call the weights of a recurrent network, by what they connect: W_hh, W_xh, W_hy,
 * and hs, xs, ys for the lists of states, inputs and outputs.
 */
function roles(name: string, indexCount: number, subject: Subject): Candidate[] {
  const found = subject.roles.get(name.replaceAll('_', '').toLowerCase());
  if (found === undefined || found.indexCount !== indexCount) return [];
  const words = `${name.replaceAll('_', '')} = ${found.name}`;
  return [{ meaning: { kind: 'node', nodes: nodesOf(found), words }, isCustomary: true }];
}

/** f̄_t is ∂L/∂f_t, as in automatic differentiation. */
function barred(name: string, indexCount: number, subject: Subject): Candidate[] {
  const [, base, rest] = /^(.+?)bar((?:_.*)?)$/.exec(name) ?? [];
  const of = base === undefined ? undefined : canonical(`${base}${rest}`, subject.indexCount);
  const family = of === undefined ? undefined : subject.families.get(`${of}/${indexCount}`);
  if (family === undefined) return [];
  const words = `${name.replaceAll('_', '')} = ∂${subject.nameOf(subject.target)}/∂${spelled(family)}`;
  return [{ meaning: { kind: 'gradient', nodes: nodesOf(family), sign: 1, words }, isCustomary: true }];
}

/** dWhh, dh, dy: gradients by what W_hh, hs and ys are. */
function roleGradients(name: string, indexCount: number, subject: Subject): Candidate[] {
  const whole = wholeGradient(name, indexCount, subject);
  if (whole !== undefined) return [whole];
  const of = /^d(.+)$/.exec(name.replaceAll('_', '').toLowerCase())?.[1];
  const weight = weightOf(name, subject);
  const found =
    weight ?? (of === undefined ? undefined : (subject.roles.get(of) ?? subject.roles.get(`${of}s`)));
  if (found === undefined || found.indexCount !== indexCount) return [];
  const words = `${name} = ∂${subject.nameOf(subject.target)}/∂${spelled(found)}`;
  return [{ meaning: { kind: 'gradient', nodes: nodesOf(found), sign: 1, words }, isCustomary: true }];
}

/** gradV, grad_V, gV: by a weight. */
function weightOf(name: string, subject: Subject): Family | undefined {
  const of = /^(?:grad_?|g_?)(.+)$/.exec(name)?.[1];
  const family =
    of === undefined ? undefined : subject.families.get(`${canonical(of, subject.indexCount)}/0`);
  const [first] = family?.members ?? [];
  return first !== undefined && subject.graph.node(first.id).op === 'parameter' ? family : undefined;
}

/** dLdV: ∂L/∂V in a program, where L may be what programs call the loss. */
function wholeGradient(name: string, indexCount: number, subject: Subject): Candidate | undefined {
  const loss = subject.nameOf(subject.target);
  const [, of, by] = /^d([A-Za-z]|loss)_?d(.+)$/.exec(name) ?? [];
  const isLoss =
    of === loss || (['L', 'E', 'J', 'C', 'loss'].includes(of) && subject.indexCount(of).length === 0);
  if (of === undefined || !isLoss) return undefined;
  const family = canonical(by, subject.indexCount);
  const found = subject.families.get(`${family}/${indexCount}`) ?? subject.roles.get(by.toLowerCase());
  if (found === undefined || found.indexCount !== indexCount) return undefined;
  const words = `${name} = ∂${loss}/∂${spelled(found)}`;
  return { meaning: { kind: 'gradient', nodes: nodesOf(found), sign: 1, words }, isCustomary: true };
}

/** dWhh, dV: the gradient by a weight, which all steps share, and no name that each step computes anew. */
export function isWeightGradient(name: string, subject: Subject): boolean {
  const of = /^d(.+)$/.exec(name)?.[1];
  if (of === undefined) return weightOf(name, subject) !== undefined;
  const role = subject.roles.get(of.replaceAll('_', '').toLowerCase());
  return role === undefined ? subject.indexCount(of).includes(0) : role.indexCount === 0;
}
