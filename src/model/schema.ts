/** The JSON Schema of graph documents, from the limits of the reader and the rows of the op table. */

import { DRAWS, MAX_SIZE } from '../graph/equations.ts';
import type { AttrKind } from '../graph/graph.ts';
import { LEAVES } from '../graph/graph.ts';
import { FORMAT, LIMITS, VERSIONS } from '../graph/json.ts';
import { opNames, rowOf } from '../ops/table.ts';

type Schema = { readonly [keyword: string]: unknown };

/**
 * JSON Schema (draft 2020-12). It refuses only what the reader refuses too. The reader checks more: that inputs are
 * earlier nodes, shapes are what the ops give, names are unique, values fill their leaves.
 */
export function graphSchema(): Schema {
  const nodes = {
    description: 'All nodes. A node stands at the index that is its id, after its inputs.',
    type: 'array',
    maxItems: LIMITS.nodes,
    items: { $ref: '#/$defs/node' },
  };
  const values = {
    description: 'Row-major values of leaves, by name: of every parameter and input.',
    type: 'object',
    propertyNames: { minLength: 1, maxLength: LIMITS.name },
    additionalProperties: { $ref: '#/$defs/numbers' },
  };
  const content: Schema = {
    format: { description: 'Says what the document is.', const: FORMAT },
    version: {
      description: 'Version of the format; documents of version 1 hold no equations.',
      enum: [...VERSIONS],
    },
    name: text('Short name of the model.', 1, LIMITS.name),
    title: text('One line for people.', 0, LIMITS.text),
    target: text('The scalar variable whose gradient is asked for unless another is named.', 1, LIMITS.name),
    dtype: { description: 'Precision in which the graph is run.', enum: ['float64', 'float32'] },
    nodes,
    values,
    equations: equations(),
  };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:gradpath:graph:2',
    title: 'Gradpath graph document, version 2',
    description:
      'A computation graph with the values of its leaves. Data only: ops are named from a closed set, and nothing refers to anything outside the document.',
    ...strictObject(content, ['equations']),
    if: { properties: { version: { const: 1 } } },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { properties: { equations: false } },
    $defs: {
      node: node(),
      numbers: { type: 'array', maxItems: LIMITS.elements, items: { type: 'number' } },
      integers: integers(LIMITS.rank),
      indices: integers(LIMITS.elements),
    },
  };
}

function equations(): Schema {
  const rows = {
    description: 'Names of the vectors that stand as rows.',
    type: 'array',
    maxItems: LIMITS.nodes,
    items: { type: 'string', minLength: 1, maxLength: LIMITS.name },
  };
  return {
    description: 'The equations that the graph was built from, for those who edit or check them.',
    ...strictObject({
      text: text('As they were typed.', 0, LIMITS.equations),
      integers: {
        description: 'Sizes by name, such as T.',
        type: 'object',
        additionalProperties: { type: 'integer', minimum: -MAX_SIZE, maximum: MAX_SIZE },
      },
      draws: {
        description: 'How seeded values of leaves are drawn, by name.',
        type: 'object',
        additionalProperties: { enum: [...DRAWS] },
      },
      rows,
    }),
  };
}

function node(): Schema {
  const inputs = {
    description: 'Ids of the operands, by slot; all smaller than the id.',
    type: 'array',
    maxItems: LIMITS.edges,
    items: { type: 'integer', minimum: 0 },
  };
  const shape = {
    description: 'Size of each axis of the value; [] is a scalar.',
    type: 'array',
    maxItems: LIMITS.rank,
    items: { type: 'integer', minimum: 0, maximum: LIMITS.elements },
  };
  const properties = {
    id: { description: 'Index of the node in the list.', type: 'integer', minimum: 0 },
    name: text('Makes the node a variable. Unique.', 1, LIMITS.name),
    op: { description: 'A kind of leaf, or an op.', enum: [...LEAVES, ...opNames] },
    inputs,
    attrs: { description: 'Attributes of the op.', type: 'object' },
    shape,
    scope: text('Path of the group that the node belongs to, such as t=2/gate i.', 0, LIMITS.text),
    adjointOf: {
      description: 'Id of the forward node whose derivative this node belongs to.',
      type: 'integer',
      minimum: 0,
    },
  };
  return {
    description: 'A leaf, or one application of an op.',
    ...strictObject(properties, ['name', 'scope', 'adjointOf']),
    oneOf: [leaf('parameter'), leaf('input'), constant(), ...opNames.map(application)],
  };
}

const NONE: Schema = { type: 'array', maxItems: 0 };

function leaf(op: 'parameter' | 'input'): Schema {
  const properties = { name: true, op: { const: op }, inputs: NONE, attrs: strictObject({}) };
  return { type: 'object', required: ['name'], properties };
}

function constant(): Schema {
  const value = {
    description: 'One number for all elements, or all of them in row-major order.',
    anyOf: [{ type: 'number' }, { $ref: '#/$defs/numbers' }],
  };
  return {
    properties: { op: { const: 'constant' }, inputs: NONE, attrs: strictObject({ value }) },
  };
}

function application(op: string): Schema {
  const row = rowOf(op)!;
  const inputs =
    row.arity === 'n'
      ? { type: 'array', minItems: 1 }
      : { type: 'array', minItems: row.arity, maxItems: row.arity };
  const attrs = Object.entries(row.attrs).map(([name, kind]) => [name, attribute[kind]]);
  return {
    type: 'object',
    properties: { op: { const: op }, inputs, attrs: strictObject(Object.fromEntries(attrs)) },
  };
}

const attribute: { readonly [K in AttrKind]: Schema } = {
  number: { type: 'number' },
  boolean: { type: 'boolean' },
  integers: { $ref: '#/$defs/integers' },
  indices: { $ref: '#/$defs/indices' },
};

function integers(maxItems: number): Schema {
  return {
    type: 'array',
    maxItems,
    items: { type: 'integer', minimum: -LIMITS.elements, maximum: LIMITS.elements },
  };
}

/** JSON Schema counts characters where the reader counts UTF-16 code units, of which a character has one or two. */
function text(description: string, minLength: number, maxLength: number): Schema {
  return { description, type: 'string', minLength, maxLength };
}

function strictObject(properties: Schema, optional: readonly string[] = []): Schema {
  const required = Object.keys(properties).filter((key) => !optional.includes(key));
  return { type: 'object', required, properties, additionalProperties: false };
}
