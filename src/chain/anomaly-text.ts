/** Anomalies and kinks in words: one line each, in the user's names. */

import type { Kink } from '../autodiff/kinks.ts';
import type { Graph, NodeId } from '../graph/graph.ts';
import { formatIndex } from '../graph/shape.ts';
import { rowOf } from '../ops/table.ts';
import type { Anomaly } from './anomaly.ts';

/** How a name is spelled: `H_2` in plain text, `H₂` where that can be shown. */
type Spell = (name: string) => string;
const asIs: Spell = (name) => name;

/**
 * `the first value that is no finite number: E_3 = crossEntropy(softmax(O_3), y_3) in t=3 is Infinity`, or
 * `vanished: ‖∂E/∂H_1‖ is 3.1e-9 of ‖∂E/∂H_20‖; below 1e-6 from H_13 back`.
 */
export function anomalyText(graph: Graph, target: NodeId, anomaly: Anomaly, spell: Spell = asIs): string {
  const scope = anomaly.scope === '' ? '' : ` in ${spell(anomaly.scope)}`;
  if (anomaly.kind !== 'non-finite') return flowText(graph, target, anomaly, spell);
  const { node, through, element, value } = anomaly;
  const { shape } = graph.node(node);
  const number = `${value}${shape.length === 0 ? '' : ` at [${formatIndex(element, shape)}]`}`;
  if (anomaly.pass === 'forward') {
    const way = graph.node(node).name === undefined ? wayTo(anomaly.variable, spell) : '';
    const what = `${definition(graph, node, spell)}${scope}${way}`;
    return `the first value that is no finite number: ${what} is ${number}`;
  }
  const of = spoken(graph, node, spell);
  const via =
    through === undefined
      ? `, summed over its uses${scope},`
      : ` through ${definition(graph, through.consumer, spell)}${scope}`;
  const way = graph.node(node).name === undefined ? wayTo(anomaly.variable, spell) : '';
  return `the first gradient that is no finite number: that of ${of}${way}${via} is ${number}`;
}

function flowText(
  graph: Graph,
  target: NodeId,
  { kind, node, ratio, reference, isPart, beyond, threshold }: Exclude<Anomaly, { kind: 'non-finite' }>,
  spell: Spell,
): string {
  const norm = (of: NodeId) => `‖∂${spell(graph.label(target))}/∂${spell(graph.label(of))}‖`;
  const vanished = kind === 'vanished';
  const size = ratio === 0 ? 'is 0, beside' : `is ${short(ratio)} ${vanished ? 'of' : '×'}`;
  const part = isPart ? `what enters at ${spell(graph.label(reference))}` : norm(reference);
  const since = `${vanished ? 'below' : 'above'} ${short(threshold)} from ${spell(graph.label(beyond[0]))} back`;
  return `${kind}: ${norm(node)} ${size} ${part}; ${since}`;
}

/** `relu at 0 in H_2[3] and 4 more elements: the derivative there is taken as 0`. */
export function kinkText(graph: Graph, kink: Kink, spell: Spell = asIs): string {
  const { node, op, at, elements, derivative, variable } = kink;
  const { name, shape } = graph.node(node);
  const index = shape.length === 0 ? '' : `[${formatIndex(elements[0], shape)}]`;
  const where =
    name === undefined
      ? `${expression(graph, node, spell)}${index}${wayTo(variable, spell)}`
      : `${spell(name)}${index}`;
  const others = elements.length - 1;
  const more = others === 0 ? '' : ` and ${others} more element${others === 1 ? '' : 's'}`;
  const place = at === 'tie' ? `${op} of equals` : `${op} at ${at}`;
  const taken = op === 'maxPool' ? '1 by the first, 0 by the others' : derivative;
  return `${place} in ${where}${more}: the derivative there is taken as ${taken}`;
}

function wayTo(variable: string | undefined, spell: Spell): string {
  return variable === undefined ? '' : ` on the way to ${spell(variable)}`;
}

/** `H_2 = tanh(…)`; an unnamed node is its expression. */
function definition(graph: Graph, id: NodeId, spell: Spell): string {
  const { name, inputs } = graph.node(id);
  if (name !== undefined && inputs.length === 0) return spell(name);
  return name === undefined
    ? expression(graph, id, spell)
    : `${spell(name)} = ${expression(graph, id, spell)}`;
}

function spoken(graph: Graph, id: NodeId, spell: Spell): string {
  const { name } = graph.node(id);
  return name === undefined ? expression(graph, id, spell) : spell(name);
}

const MOST_OPERANDS = 4;

/** The op with its operands by name, those without one as `op(…)` two levels down, then `…`. */
function expression(graph: Graph, id: NodeId, spell: Spell, levels = 2): string {
  const { op, inputs } = graph.node(id);
  if (inputs.length === 0) return op;
  const operands = inputs.slice(0, MOST_OPERANDS).map((input) => {
    const id = throughPlumbing(graph, input);
    const node = graph.node(id);
    if (node.name !== undefined) return spell(node.name);
    if (node.inputs.length === 0) return constantText(node.attrs.value);
    return levels > 1 ? expression(graph, id, spell, levels - 1) : '…';
  });
  if (inputs.length > MOST_OPERANDS) operands.push('…');
  return `${op}(${operands.join(', ')})`;
}

/** The node whose values an unnamed reshape or broadcast passes on. */
function throughPlumbing(graph: Graph, id: NodeId): NodeId {
  let node = graph.node(id);
  while (node.name === undefined && rowOf(node.op)?.quiet === true) node = graph.node(node.inputs[0]);
  return node.id;
}

function constantText(value: unknown): string {
  return typeof value === 'number' ? String(value) : '…';
}

function short(value: number): string {
  return Number(value.toPrecision(2)).toExponential().replace('e+', 'e');
}
