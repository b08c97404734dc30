/** The picture's nodes and edges: variables in closed steps, operations too in open ones. */

import type { Segment } from '../../src/chain/variables.ts';
import { isLeaf, type Node, type NodeId } from '../../src/graph/graph.ts';
import { rowOf } from '../../src/ops/table.ts';
import { type Document, stepOf } from './document.ts';
import { pretty } from './names.ts';

export type Role = 'parameter' | 'leaf' | 'variable' | 'scalar' | 'op';

export interface ViewNode {
  /** `n7`: the graph's id, in a form that no file can choose. */
  readonly key: string;
  readonly id: NodeId;
  /** The variable's name, or `%7`: what URLs and the outline call it. */
  readonly name: string;
  readonly label: string;
  /** Operations: what is computed from what, `W·H₁`. */
  readonly title?: string;
  readonly role: Role;
  /** The step that it lies in, or ''. */
  readonly step: string;
}

export interface ViewEdge {
  readonly key: string;
  readonly source: NodeId;
  readonly target: NodeId;
  /** `W→H_2`, or `%16→%17`. */
  readonly name: string;
  /** Ids of the segments that run along this edge. */
  readonly segments: readonly string[];
}

export interface View {
  readonly nodes: readonly ViewNode[];
  readonly edges: readonly ViewEdge[];
  readonly open: ReadonlySet<string>;
}

export function nodeName(document: Document, id: NodeId): string {
  return document.graph.node(id).name ?? `%${id}`;
}

/** The node called so (`H_2`, `%16`), or undefined. */
export function nodeByName(document: Document, name: string): NodeId | undefined {
  if (/^%\d+$/.test(name)) {
    const id = Number(name.slice(1));
    return id < document.graph.size ? id : undefined;
  }
  return document.graph.find(name);
}

/** Pure in (document, open): positions depend on nothing else. */
export function viewOf(document: Document, open: ReadonlySet<string>): View {
  const { graph, variables } = document;
  const isOpen = (id: NodeId) => open.has(stepOf(graph.node(id).scope));
  const isShown = (node: Node) =>
    node.name !== undefined || (isOpen(node.id) && rowOf(node.op)?.quiet !== true);
  const nodes = graph.nodes.filter(isShown).map((node) => viewNode(document, node));
  const shown = new Set(nodes.map((node) => node.id));

  const segmentsOf = new Map<string, Segment[]>(); // by op edge, `consumer:slot`
  for (const segment of variables.segments) {
    for (const { consumer, slot } of segment.edges) {
      const list = segmentsOf.get(`${consumer}:${slot}`);
      if (list === undefined) segmentsOf.set(`${consumer}:${slot}`, [segment]);
      else list.push(segment);
    }
  }

  const edges: ViewEdge[] = [];
  const add = (source: NodeId, target: NodeId, segments: readonly string[]) => {
    const name = `${nodeName(document, source)}→${nodeName(document, target)}`;
    edges.push({ key: `e${edges.length}`, source, target, name, segments });
  };
  for (const { id } of nodes) {
    const node = graph.node(id);
    if (!isOpen(id))
      for (const segment of [...variables.into(id)].reverse()) add(segment.from, id, [segment.id]);
    else {
      node.inputs.forEach((input, slot) => {
        const segments = (segmentsOf.get(`${id}:${slot}`) ?? []).map((segment) => segment.id);
        // quiet nodes are left out: the edge starts at what they were computed from
        for (const source of shownSources(input, shown, document)) add(source, id, segments);
      });
    }
  }
  return { nodes, edges, open };
}

function shownSources(id: NodeId, shown: ReadonlySet<NodeId>, document: Document): NodeId[] {
  const sources: NodeId[] = [];
  const stack = [id];
  while (stack.length > 0) {
    const top = stack.pop()!;
    if (shown.has(top)) sources.push(top);
    else stack.push(...document.graph.node(top).inputs);
  }
  return sources;
}

function viewNode(document: Document, node: Node): ViewNode {
  const name = nodeName(document, node.id);
  const common = { key: `n${node.id}`, id: node.id, name, step: stepOf(node.scope) };
  if (node.name === undefined)
    return { ...common, label: symbolOf(node), title: operationText(document, node.id), role: 'op' };
  return { ...common, label: pretty(name), role: roleOf(node) };
}

const symbolOf = (node: Node) => rowOf(node.op)?.symbol ?? pretty(node.op);
const INFIX: Readonly<Record<string, string>> = {
  add: ' + ',
  sub: ' − ',
  mul: ' ⊙ ',
  div: ' ÷ ',
  matmul: '·',
};
const MAX_TITLE = 40;
const MAX_NESTING = 3;

/** `W·H₁`, `U·x₂ + W·H₁`, `softmax(O₂)`: an operation by its operands. */
export function operationText(document: Document, id: NodeId, depth = 0): string {
  const { graph } = document;
  const node = graph.node(id);
  if (depth > 0 && (node.name !== undefined || isLeaf(node))) return pretty(nodeName(document, id));
  if (depth > 0 && rowOf(node.op)?.quiet === true) return operationText(document, node.inputs[0], depth);
  if (depth > MAX_NESTING) return '…';
  const parts = node.inputs.slice(0, MAX_NESTING).map((input) => operationText(document, input, depth + 1));
  if (node.inputs.length > parts.length) parts.push('…');
  const infix = INFIX[node.op];
  const call = /^[a-z]+$|^Σ$/i.test(symbolOf(node)) ? symbolOf(node) : node.op;
  const enclosed = (part: string) => (infix !== ' + ' && / [+−⊙÷] /.test(part) ? `(${part})` : part);
  const text = infix === undefined ? `${call}(${parts.join(', ')})` : parts.map(enclosed).join(infix);
  return text.length > MAX_TITLE ? `${text.slice(0, MAX_TITLE - 1)}…` : text;
}

function roleOf(node: Node): Role {
  if (node.op === 'parameter') return 'parameter';
  if (isLeaf(node)) return 'leaf';
  return node.shape.length === 0 ? 'scalar' : 'variable';
}
