/** Reads graph documents from anywhere: every claim of the text is checked, in an order in which none is relied on before. */

import { Entry } from './entry.ts';
import { readEquations } from './equations.ts';
import { GradpathError, nearest } from './error.ts';
import { type AttrKind, type Attrs, DTYPES, type DType, Graph, LEAVES } from './graph.ts';
import { FORMAT, type GraphContent, LIMITS, type NodeDocument, VERSIONS } from './json.ts';
import { requireOrder } from './order.ts';
import { formatShape, type Shape, sameShape, sizeOf } from './shape.ts';

/** What a reader has to know about ops, whose table it must not import. */
export interface OpRegistry {
  readonly names: readonly string[];
  /** The attributes of an op, or undefined where there is no such op. */
  readonly attrs: (op: string) => Readonly<Record<string, AttrKind>> | undefined;
  /** The shape of op(operands). Throws a GradpathError that begins with `subject` where they do not fit. */
  readonly infer: (
    op: string,
    shapes: readonly Shape[],
    attrs: Attrs,
    label: (slot: number) => string,
    subject: string,
  ) => Shape;
}

/**
 * The content of a document, or a GradpathError whose one line names the place (`source:line:column`), the variable,
 * what was found and what was expected.
 */
export function contentFromJson(text: string, ops: OpRegistry, source?: string): GraphContent {
  const root = Entry.parse(text, { source, what: 'a graph document', limit: LIMITS.characters });
  const format = root.object ? root.get('format') : undefined;
  if (format?.value !== FORMAT) {
    root.fail(`this is not a graph document: expected an object with "format": "${FORMAT}"`);
  }
  const version = root.get('version');
  if (!(VERSIONS as readonly unknown[]).includes(version.value)) {
    const known = VERSIONS.join(' and ');
    version.fail(`version is ${version.shown}, but this gradpath reads versions ${known}; export it again`);
  }
  const optional = version.value === 1 ? [] : ['equations'];
  root.keys(['format', 'version', 'name', 'title', 'target', 'dtype', 'nodes', 'values'], optional);
  const name = root.get('name').text(1, LIMITS.name);
  const title = root.get('title').text(0, LIMITS.text);
  const target = root.get('target').text(1, LIMITS.name);
  const dtype = root.get('dtype').oneOf(DTYPES);
  const nodes = readNodes(root.get('nodes'), ops);
  const graph = build(root.get('nodes'), nodes, dtype, ops);
  requireTarget(root.get('target'), graph, target);
  const values = readValues(root.get('values'), graph);
  const entry = root.optional('equations');
  const equations = entry === undefined ? {} : { equations: readEquations(entry, LIMITS) };
  return { name, title, target, graph, values, ...equations };
}

/** Each node by itself: keys, types and limits. */
function readNodes(list: Entry, ops: OpRegistry): NodeDocument[] {
  let elements = 0;
  let edges = 0;
  return list.list(LIMITS.nodes).map((_, index) => {
    const node = list.at(index).about(`nodes[${index}]`);
    const document = readNode(node, index, ops);
    elements += sizeOf(document.shape);
    edges += document.inputs.length;
    if (elements > LIMITS.totalElements) {
      node.fail(`the values up to here take more than ${LIMITS.totalElements} numbers in all`, 'limit');
    }
    if (edges > LIMITS.edges) node.fail(`more than ${LIMITS.edges} edges`, 'limit');
    return document;
  });
}

function readNode(node: Entry, index: number, ops: OpRegistry): NodeDocument {
  node.requireObject();
  const name = node.optional('name')?.text(1, LIMITS.name);
  return readNamed(name === undefined ? node : node.about(name), index, ops, name);
}

function readNamed(node: Entry, index: number, ops: OpRegistry, name: string | undefined): NodeDocument {
  node.keys(['id', 'op', 'inputs', 'attrs', 'shape'], ['name', 'scope', 'adjointOf']);
  const id = node.get('id');
  if (id.value !== index) {
    id.fail(`id is ${id.shown}, expected ${index}: ids count the nodes in order, from 0`);
  }
  const op = readOp(node.get('op'), ops);
  const inputs = node.get('inputs').integers(LIMITS.edges, 0, Number.MAX_SAFE_INTEGER);
  const leaf = isLeafOp(op);
  if (leaf && inputs.length > 0) node.get('inputs').fail(`a ${op} has no inputs, ${inputs.length} given`);
  if (leaf && op !== 'constant' && name === undefined) node.fail(`a ${op} needs a name`);
  const shape = node.get('shape').integers(LIMITS.rank, 0, LIMITS.elements);
  if (sizeOf(shape) > LIMITS.elements) {
    node.get('shape').fail(`${formatShape(shape)} is more than ${LIMITS.elements} numbers`, 'limit');
  }
  const scope = node.optional('scope')?.text(0, LIMITS.text);
  const adjointOf = node.optional('adjointOf')?.integer(0, index - 1, 'the id of an earlier node');
  return {
    id: index,
    op,
    inputs,
    attrs: leaf ? leafAttrs(node.get('attrs'), op, shape) : opAttrs(node.get('attrs'), ops.attrs(op)!),
    shape,
    ...(name === undefined ? {} : { name }),
    ...(scope === undefined ? {} : { scope }),
    ...(adjointOf === undefined ? {} : { adjointOf }),
  };
}

function readOp(entry: Entry, ops: OpRegistry): string {
  const op = entry.text(1, LIMITS.name);
  if (isLeafOp(op) || ops.attrs(op) !== undefined) return op;
  const guess = nearest(op, [...LEAVES, ...ops.names]);
  return entry.fail(`there is no op ${entry.shown}${guess === undefined ? '' : `; did you mean ${guess}?`}`);
}

function leafAttrs(attrs: Entry, op: string, shape: Shape): Attrs {
  attrs.keys(op === 'constant' ? ['value'] : [], []);
  if (op !== 'constant') return {};
  const value = attrs.get('value');
  return { value: Array.isArray(value.value) ? value.numbers(shape) : value.number() };
}

function opAttrs(attrs: Entry, kinds: Readonly<Record<string, AttrKind>>): Attrs {
  const names = Object.keys(kinds);
  attrs.keys(names, []);
  return Object.fromEntries(
    names.map((name) => {
      const entry = attrs.get(name);
      if (kinds[name] === 'number') return [name, entry.number()];
      if (kinds[name] === 'boolean') return [name, entry.boolean()];
      const most = kinds[name] === 'indices' ? LIMITS.elements : LIMITS.rank;
      return [name, entry.integers(most, -LIMITS.elements, LIMITS.elements)];
    }),
  );
}

/** Together: references, order, arities, shapes and names. */
function build(list: Entry, nodes: readonly NodeDocument[], dtype: DType, ops: OpRegistry): Graph {
  const subjects = subjectsOf(nodes);
  const entryOf = (id: number) => list.at(id).about(subjects[id]);
  requireOrder(nodes, (id, slot, message) => entryOf(id).get('inputs').at(slot).fail(message));
  const graph = new Graph(dtype);
  for (const { id, op, inputs, attrs, shape, scope, adjointOf, name } of nodes) {
    try {
      if (inputs.length > 0 || !isLeafOp(op)) {
        const shapes = inputs.map((input) => graph.node(input).shape);
        const inferred = ops.infer(op, shapes, attrs, (slot) => graph.label(inputs[slot]), subjects[id]);
        if (!sameShape(inferred, shape)) {
          const [found, expected] = [formatShape(shape), formatShape(inferred)];
          const message = `${subjects[id]}: shape of ${op} is ${found}, expected ${expected}, which its inputs give`;
          throw new GradpathError('shape', message, subjects[id]);
        }
      }
      graph.append({ op, inputs, attrs, shape, scope: scope ?? '', adjointOf });
      if (name !== undefined) graph.name(id, name);
    } catch (error) {
      entryOf(id).place(error);
    }
  }
  return graph;
}

/** What messages call each node: its name, or that of the variable in whose definition it is first used. */
function subjectsOf(nodes: readonly NodeDocument[]): string[] {
  const subjects = nodes.map(({ id, op, name }) => name ?? `${op} %${id}`);
  for (let id = nodes.length - 1; id >= 0; id--) {
    for (const input of nodes[id].inputs) {
      if (input < id && nodes[input].name === undefined) subjects[input] = subjects[id];
    }
  }
  return subjects;
}

function isLeafOp(op: string): boolean {
  return (LEAVES as readonly string[]).includes(op);
}

function requireTarget(entry: Entry, graph: Graph, target: string): void {
  const node = entry.guard(() => graph.node(graph.idOf(target)));
  if (node.shape.length > 0) {
    entry.fail(
      `the target ${target} has shape ${formatShape(node.shape)}, expected a scalar: a gradient is of a scalar`,
    );
  }
}

function readValues(values: Entry, graph: Graph): Record<string, readonly number[]> {
  values.requireObject();
  const read: Record<string, readonly number[]> = Object.create(null); // names such as __proto__ are names
  for (const name of Object.keys(values.value as object)) {
    const entry = values.get(name);
    const node = entry.guard(() => graph.node(graph.idOf(name)));
    if (!isLeafOp(node.op)) {
      entry.fail(
        `${name} is computed (${node.op}); only parameters, inputs and constants take values`,
        'value',
      );
    }
    read[name] = entry.about(name).numbers(node.shape);
  }
  for (const { op, name, shape } of graph.nodes) {
    if ((op === 'parameter' || op === 'input') && !Object.hasOwn(read, name!)) {
      values.fail(`${name}: the ${op} has no values, expected ${formatShape(shape)}`, 'value');
    }
  }
  return read;
}
