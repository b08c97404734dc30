/** Lean plans: groups of nodes that one kernel computes without storing what lies between. */

import { type Graph, isLeaf, type Node, type NodeId } from '../graph/graph.ts';
import { sameShape } from '../graph/shape.ts';
import type { Data } from '../ops/op.ts';
import { sumOfOuters, timesVector, transposedTimesVector } from '../ops/products.ts';
import { pullBack } from '../ops/softmax.ts';
import { doublesOf, store } from '../ops/sums.ts';
import { tanhSlope } from '../ops/trigonometric.ts';
import { type Step, stepOf } from './step.ts';

/**
 * Steps that compute `outputs` from the given nodes (ascending ids). A node that has exactly one consumer may be
 * computed within it. Sums are then taken in another order than node by node, so last digits may differ.
 */
export function fusedSteps(graph: Graph, nodes: readonly Node[], outputs: readonly NodeId[]): Step[] {
  const matcher = new Matcher(graph, nodes, outputs);
  const steps: Step[] = [];
  for (let i = nodes.length - 1; i >= 0; i--) {
    const node = nodes[i];
    if (isLeaf(node) || matcher.isAbsorbed(node.id)) continue;
    steps.push(softmaxGradient(matcher, node) ?? sumOfTerms(matcher, node) ?? stepOf(graph, node));
  }
  return steps.reverse();
}

/** A number of uses that no pattern asks for: outputs must be stored. */
const NEVER = -1;

/** Looks at the nodes beneath a node, and remembers which of them its kernel has taken over. */
class Matcher {
  readonly graph: Graph;
  readonly #uses: Int32Array;
  readonly #absorbed: Uint8Array;

  constructor(graph: Graph, nodes: readonly Node[], outputs: readonly NodeId[]) {
    this.graph = graph;
    this.#uses = new Int32Array(graph.size);
    this.#absorbed = new Uint8Array(graph.size);
    for (const node of nodes) for (const input of node.inputs) this.#uses[input]++;
    for (const id of outputs) this.#uses[id] = NEVER;
  }

  /** The node, if it is such an op and has just one consumer; hence could be taken over. */
  inner(id: NodeId, op: string): Node | undefined {
    const node = this.graph.node(id);
    return node.op === op && this.#uses[id] === 1 ? node : undefined;
  }

  rank(id: NodeId): number {
    return this.graph.node(id).shape.length;
  }

  absorb(...nodes: readonly Node[]): void {
    for (const node of nodes) this.#absorbed[node.id] = 1;
  }

  isAbsorbed(id: NodeId): boolean {
    return this.#absorbed[id] === 1;
  }
}

/** A summand of a fused sum: x, A b, Aᵀ b or a bᵀ. */
interface Term {
  readonly kind: 'plain' | 'Ab' | 'Atb' | 'abt';
  readonly operands: readonly NodeId[];
}

/**
 * A sum of products, and what is done to it at once: tanh(Σ …) of the forward pass, (Σ …) ⊙ (1 − h²) of the
 * backward pass, a sum of outer products for a weight used at every time step.
 */
function sumOfTerms(matcher: Matcher, node: Node): Step | undefined {
  if (node.op === 'tanh') {
    const terms = termsOf(matcher, node.inputs[0]);
    if (terms === undefined) return undefined;
    return fusedSum(node.id, terms, [], (sums, y) => () => {
      for (let i = 0; i < y.length; i++) y[i] = Math.tanh(sums[i]);
    });
  }
  const slope = node.op === 'mul' ? slopeOf(matcher, node) : undefined;
  if (slope !== undefined) {
    const terms = termsOf(matcher, node.inputs[0]) ?? [{ kind: 'plain', operands: [node.inputs[0]] }];
    return fusedSum(node.id, terms, slope.inputs, (sums, y, [x, h]) => () => {
      for (let i = 0; i < y.length; i++) y[i] = sums[i] * tanhSlope(x[i], h[i]);
    });
  }
  const terms = summands(matcher, node);
  if (terms === undefined) return undefined;
  return fusedSum(node.id, terms, [], (sums, y) => (sums === y ? undefined : () => store(sums, y)));
}

/** The factor 1 − h² of `g ⊙ (1 − h²)`, taken over. */
function slopeOf(matcher: Matcher, node: Node): Node | undefined {
  const slope = matcher.inner(node.inputs[1], 'tanhSlope');
  const alike = [node.inputs[0], ...(slope?.inputs ?? [])].every((id) =>
    sameShape(matcher.graph.node(id).shape, node.shape),
  );
  if (slope === undefined || !alike) return undefined;
  matcher.absorb(slope);
  return slope;
}

/** The terms of an operand that can be taken over as a sum of products. */
function termsOf(matcher: Matcher, id: NodeId): Term[] | undefined {
  for (const op of ['add', 'total', 'matmul', 'outer']) {
    const node = matcher.inner(id, op);
    if (node === undefined) continue;
    const terms = summands(matcher, node);
    if (terms !== undefined) matcher.absorb(node);
    return terms;
  }
  return undefined;
}

/** The terms of a node that is a sum or a product, or undefined if there is nothing to gain. */
function summands(matcher: Matcher, node: Node): Term[] | undefined {
  if (node.op === 'matmul' || node.op === 'outer') {
    const term = product(matcher, node);
    return term === undefined ? undefined : [term];
  }
  if (node.op !== 'add' && node.op !== 'total') return undefined;
  if (!node.inputs.every((input) => sameShape(matcher.graph.node(input).shape, node.shape))) return undefined;
  const terms = node.inputs.map((input): Term => {
    const inner = matcher.inner(input, 'matmul') ?? matcher.inner(input, 'outer');
    const term = inner === undefined ? undefined : product(matcher, inner);
    if (inner === undefined || term === undefined) return { kind: 'plain', operands: [input] };
    matcher.absorb(inner);
    return term;
  });
  return terms.every((term) => term.kind === 'plain') ? undefined : terms;
}

/** A product with a vector, as a term. */
function product(matcher: Matcher, node: Node): Term | undefined {
  if (node.op === 'outer') return { kind: 'abt', operands: node.inputs };
  const [a, b] = node.inputs;
  if (matcher.rank(a) !== 2 || matcher.rank(b) !== 1) return undefined;
  const transpose = matcher.inner(a, 'transpose');
  const swaps = (transpose?.attrs.perm as readonly number[] | undefined)?.[0] === 1; // [0, 1] transposes nothing
  if (transpose === undefined || !swaps) return { kind: 'Ab', operands: [a, b] };
  matcher.absorb(transpose);
  return { kind: 'Atb', operands: [transpose.inputs[0], b] };
}

/** y ← what `finish` makes of Σ terms and the buffers of `extra`; the sums and y may be one array. */
function fusedSum(
  out: NodeId,
  terms: readonly Term[],
  extra: readonly NodeId[],
  finish: (sums: Float64Array, y: Data, extra: readonly Data[]) => (() => void) | undefined,
): Step {
  const reads = [...extra];
  for (const term of terms) reads.push(...term.operands);
  return {
    out,
    reads,
    bind: (buffer) => {
      const y = buffer(out);
      const sums = doublesOf(y);
      const parts = runsOfTerms(terms).map((run, i) => sumPart(run, buffer, sums, i > 0));
      const last = finish(sums, y, extra.map(buffer));
      return sequence(last === undefined ? parts : [...parts, last]);
    },
  };
}

function runsOfTerms(terms: readonly Term[]): Term[][] {
  const runs: Term[][] = [];
  for (const term of terms) {
    const last = runs.at(-1);
    if (last !== undefined && last[0].kind === term.kind) last.push(term);
    else runs.push([term]);
  }
  return runs;
}

/** Adds a run of terms of one kind to y, or sets y to their sum. */
function sumPart(
  run: readonly Term[],
  buffer: (id: NodeId) => Data,
  y: Float64Array,
  accumulate: boolean,
): () => void {
  const a = run.map((term) => buffer(term.operands[0]));
  if (run[0].kind === 'plain') {
    return () => {
      for (let k = 0; k < a.length; k++) {
        const x = a[k];
        if (k > 0 || accumulate) for (let i = 0; i < y.length; i++) y[i] += x[i];
        else for (let i = 0; i < y.length; i++) y[i] = x[i];
      }
    };
  }
  const b = run.map((term) => buffer(term.operands[1]));
  if (run[0].kind === 'abt') return () => sumOfOuters(a, b, y, accumulate);
  if (run[0].kind === 'Ab') {
    return () => {
      for (let k = 0; k < a.length; k++) timesVector(a[k], b[k], y, accumulate || k > 0);
    };
  }
  return () => {
    for (let k = 0; k < a.length; k++) transposedTimesVector(a[k], b[k], y, accumulate || k > 0);
  };
}

function sequence(parts: readonly (() => void)[]): () => void {
  const [first, second, third] = parts;
  if (parts.length === 1) return first;
  if (parts.length === 2) {
    return () => {
      first();
      second();
    };
  }
  if (parts.length === 3) {
    return () => {
      first();
      second();
      third();
    };
  }
  return () => {
    for (let i = 0; i < parts.length; i++) parts[i]();
  };
}

/** The gradient of softmax where u = −g t/p is that of a cross-entropy, which is computed on the way. */
function softmaxGradient(matcher: Matcher, node: Node): Step | undefined {
  if (node.op !== 'softmaxGradient') return undefined;
  const [p, u] = node.inputs;
  const crossEntropy = crossEntropyGradient(matcher, u, p);
  if (crossEntropy === undefined) return undefined;
  const { g, t } = crossEntropy;
  const n = node.shape[node.shape.length - 1];
  return {
    out: node.id,
    reads: [g, t, p],
    bind: (buffer) => {
      const [y, gb, tb, pb] = [buffer(node.id), buffer(g), buffer(t), buffer(p)];
      return () => {
        const scale = -gb[0];
        // an infinite scale times 0 is no number, here as node by node
        for (let i = 0; i < y.length; i++) y[i] = scale * (tb[i] === 0 ? 0 : tb[i] / pb[i]);
        for (let from = 0; from < y.length; from += n) pullBack(pb, y, y, from, n);
      };
    },
  };
}

/** g and t of u = g · −(t / p), used by the gradient of the softmax and by nothing else. */
function crossEntropyGradient(matcher: Matcher, id: NodeId, p: NodeId): { g: NodeId; t: NodeId } | undefined {
  const u = matcher.inner(id, 'mul');
  const affine = u && matcher.inner(u.inputs[1], 'affine');
  const ratio = affine && matcher.inner(affine.inputs[0], 'xdivy');
  if (!u || !affine || !ratio || matcher.rank(u.inputs[0]) !== 0) return undefined;
  const matches = affine.attrs.scale === -1 && affine.attrs.shift === 0 && ratio.inputs[1] === p;
  if (!matches || !sameShape(matcher.graph.node(ratio.inputs[0]).shape, u.shape)) return undefined;
  matcher.absorb(u, affine, ratio);
  return { g: u.inputs[0], t: ratio.inputs[0] };
}
