/** A person's own equations as a document. What cannot be read is told with its place; the graph before it stays. */

import { signal } from '@preact/signals';
import { GradpathError } from '../../src/graph/error.ts';
import { NotationError } from '../../src/notation/problem.ts';
import type { Span } from '../../src/notation/tree.ts';
import { type Document, documentOf } from './document.ts';
import { lineOf } from './store.ts';

/** What is in the editor before anybody types: the network of the first example. */
export const STARTER = `# Elman RNN
T = 3
param  U: 4x3, W: 4x4, V: 2x4
input  x_t: 3          for t = 1..T
target y_t: 2 onehot   for t = 1..T
const  H_0: 4 = 0.1
H_t = tanh(U x_t + W H_{t-1})   for t = 1..T
O_t = V H_t
E_t = cross_entropy(softmax(O_t), y_t)
E   = sum_t E_t
`;

export interface Problem {
  /** One line, with the place: `line 7, column 3: …`. */
  readonly line: string;
  readonly span: Span | undefined;
  /** Whether the graph on the page is that of an earlier text; else it is that of the first example. */
  readonly hasEarlier: boolean;
}

/** Why the equations as they stand are not the graph on the page; undefined if they are. */
export const problem = signal<Problem | undefined>(undefined);

/** Beyond so many nodes there is nothing to be seen in a picture. */
const MAX_NODES = 3000;

/** The text that was read last, whether or not it could be. */
export const drawn = signal<string | undefined>(undefined);

let last: Document | undefined;

/** The document of a text; undefined where it has none, `problem` says why, or another text has overtaken it. */
export async function documentFrom(text: string): Promise<Document | undefined> {
  drawn.value = text;
  try {
    const document = await built(text);
    if (drawn.peek() !== text) return undefined;
    settled(document);
    return document;
  } catch (error) {
    if (drawn.peek() === text) problem.value = problemOf(error);
    return undefined;
  }
}

/** The document of a text, or of the last that had one, or of the first example's equations. */
export async function documentOrLast(text: string): Promise<Document> {
  return (await documentFrom(text)) ?? last ?? built(STARTER);
}

/** A document that came with its equations, from `gradpath view`. */
export function adoptText(document: Document): void {
  drawn.value = document.model.equations?.text;
  settled(document);
}

function settled(document: Document): void {
  problem.value = undefined;
  last = document;
}

async function built(text: string): Promise<Document> {
  const { modelFromEquations } = await import('../../src/model/equations/unroll.ts');
  const model = modelFromEquations(text, { name: 'equations' });
  const { size } = model.builder.graph;
  if (size > MAX_NODES)
    throw new GradpathError('limit', `this is a graph of ${size} nodes; the page draws up to ${MAX_NODES}`);
  return documentOf(model);
}

function problemOf(error: unknown): Problem {
  const place = error instanceof GradpathError && error.where !== undefined ? `${error.where}: ` : '';
  const line = lineOf(error);
  return {
    line: line.startsWith(place) ? line : place + line,
    span: error instanceof NotationError ? error.span : undefined,
    hasEarlier: last !== undefined,
  };
}
