/** Graph documents: a graph and the values of its leaves as JSON. Data only; `graph.schema.json` describes it. */

import type { EquationSource } from './equations.ts';
import { GradpathError } from './error.ts';
import type { Attr, Graph, Node } from './graph.ts';
import { isLeaf, MAX_NAME_LENGTH, MAX_RANK, nodeSize } from './graph.ts';

export const FORMAT = 'gradpath-graph';
/** Version 2 may hold the equations of the graph; it is otherwise as version 1, which is still read. */
export const VERSION = 2;
export const VERSIONS: readonly number[] = [1, VERSION];

/** What a document may hold at most. Beyond, it is refused before anything is allocated for it. */
export const LIMITS = {
  characters: 64 * 2 ** 20,
  nodes: 200_000,
  edges: 1_000_000,
  rank: MAX_RANK,
  elements: 1_000_000,
  totalElements: 5_000_000,
  name: MAX_NAME_LENGTH,
  text: 512,
  equations: 1_000_000,
} as const;

/** A graph with its values, as a document holds it. */
export interface GraphContent {
  readonly name: string;
  readonly title: string;
  /** The variable whose gradient is asked for unless another is named. */
  readonly target: string;
  readonly graph: Graph;
  /** Row-major values of leaves, by name. */
  readonly values: Readonly<Record<string, readonly number[]>>;
  /** The equations that it was built from. */
  readonly equations?: EquationSource;
}

/** A node as a document writes it. */
export interface NodeDocument {
  readonly id: number;
  readonly name?: string;
  readonly op: string;
  readonly inputs: readonly number[];
  readonly attrs: Readonly<Record<string, Attr>>;
  readonly shape: readonly number[];
  readonly scope?: string;
  readonly adjointOf?: number;
}

/** The document's text, one node and one variable's values a line: the same content gives the same text. */
export function contentToJson(content: GraphContent): string {
  const { graph, equations } = content;
  refuseTooLarge(content);
  const valued = graph.nodes.filter(
    (node) => isLeaf(node) && node.name !== undefined && Object.hasOwn(content.values, node.name),
  );
  const head = [
    ['format', FORMAT],
    ['version', VERSION],
    ['name', content.name],
    ['title', content.title],
    ['target', content.target],
    ['dtype', graph.dtype],
  ] as const;
  return [
    '{',
    ...head.map(([key, value]) => `  ${entry(key, value)},`),
    `  "nodes": ${block('[', graph.nodes.map(nodeText), ']')},`,
    `  "values": ${block('{', valued.map(valuesText(content)), '}')}${equations === undefined ? '' : ','}`,
    ...(equations === undefined ? [] : [`  "equations": ${block('{', equationLines(equations), '}')}`]),
    '}\n',
  ].join('\n');
}

/** What could not be read back is not written. */
function refuseTooLarge({ graph, equations }: GraphContent): void {
  const elements = graph.nodes.reduce((sum, node) => sum + nodeSize(node), 0);
  for (const [what, found, limit] of [
    ['nodes', graph.size, LIMITS.nodes],
    ['numbers in all its nodes', elements, LIMITS.totalElements],
    ['characters of equations', equations?.text.length ?? 0, LIMITS.equations],
  ] as const) {
    if (found <= limit) continue;
    throw new GradpathError('limit', `the graph has ${found} ${what}, a document holds at most ${limit}`);
  }
}

function equationLines({ text, integers, draws, rows }: EquationSource): string[] {
  const record = (entries: ReadonlyMap<string, Attr>) =>
    `{${[...entries].map(([name, value]) => entry(name, value)).join(', ')}}`;
  return [
    entry('text', text),
    `"integers": ${record(integers)}`,
    `"draws": ${record(draws)}`,
    `"rows": [${[...rows].map(jsonString).join(', ')}]`,
  ];
}

function valuesText(content: GraphContent): (node: Node) => string {
  return (node) => entry(node.name!, content.values[node.name!]);
}

/** The name stands beside the id, so that a text cut off in a node can still say in which. */
function nodeText(node: Node): string {
  const entries = [
    entry('id', node.id),
    ...(node.name === undefined ? [] : [entry('name', node.name)]),
    entry('op', node.op),
    entry('inputs', node.inputs),
    `"attrs": {${Object.entries(node.attrs)
      .map(([key, value]) => entry(key, value))
      .join(', ')}}`,
    entry('shape', node.shape),
    ...(node.scope === '' ? [] : [entry('scope', node.scope)]),
    ...(node.adjointOf === undefined ? [] : [entry('adjointOf', node.adjointOf)]),
  ];
  return `{ ${entries.join(', ')} }`;
}

function entry(key: string, value: Attr): string {
  return `${jsonString(key)}: ${attrText(value)}`;
}

function attrText(value: Attr): string {
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'object') return `[${value.map(numberText).join(', ')}]`;
  return typeof value === 'string' ? jsonString(value) : String(value);
}

/** A JSON string without characters that would steer a terminal or turn the text around. */
export function jsonString(text: string): string {
  return JSON.stringify(text).replace(
    UNPRINTABLE,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Control characters, line separators and marks of writing direction. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
export const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** The shortest text that reads back as the same float64; JSON.stringify would lose the sign of −0. */
function numberText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

function block(open: string, lines: readonly string[], close: string): string {
  if (lines.length === 0) return open + close;
  return `${open}\n${lines.map((line) => `    ${line}`).join(',\n')}\n  ${close}`;
}
