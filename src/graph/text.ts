/** The graph as text, one node a line, for people, reviews and inline snapshots. */

import type { Attr, Graph, Node, NodeId } from './graph.ts';

/**
 * `H_1: f64[4] = tanh(%6)  @ t=1` — named nodes by their names, the others by `%id`; a node appended by a
 * derivative rule ends in the forward node it belongs to: `∂ H_1`.
 */
export function graphToText(graph: Graph, from: NodeId = 0): string {
  return graph.nodes
    .slice(from)
    .map((node) => nodeToText(graph, node))
    .join('\n');
}

function nodeToText(graph: Graph, node: Node): string {
  const dtype = node.dtype === 'float64' ? 'f64' : 'f32';
  const operands = node.inputs.map((id) => reference(graph.node(id)));
  const attrs = Object.entries(node.attrs).map(([key, value]) => `${key}=${attrToText(value)}`);
  const call =
    operands.length + attrs.length === 0 ? node.op : `${node.op}(${[...operands, ...attrs].join(', ')})`;
  const scope = node.scope === '' ? '' : `  @ ${node.scope}`;
  const adjoint = node.adjointOf === undefined ? '' : `  ∂ ${reference(graph.node(node.adjointOf))}`;
  return `${reference(node)}: ${dtype}[${node.shape.join(',')}] = ${call}${scope}${adjoint}`;
}

function reference(node: Node): string {
  return node.name ?? `%${node.id}`;
}

function attrToText(value: Attr): string {
  if (typeof value !== 'object') return String(value);
  const shown = value.length > 8 ? [...value.slice(0, 6), `… ${value.length} in all`] : value;
  return `[${shown.join(' ')}]`;
}
