/** Models as graph documents, and back: the documents of graph/json with the op table closed over. */

import { contentToJson } from '../graph/json.ts';
import { contentFromJson, type OpRegistry } from '../graph/read.ts';
import { Builder, inferShape } from '../ops/builder.ts';
import { opNames, rowOf } from '../ops/table.ts';
import type { Model } from './model.ts';

const registry: OpRegistry = { names: opNames, attrs: (op) => rowOf(op)?.attrs, infer: inferShape };

/** The model as a graph document, one node a line. The same model gives the same text; reading it gives the same bits. */
export function modelToJSON(model: Model): string {
  return contentToJson({ ...model, graph: model.builder.graph });
}

/**
 * The model of a graph document. Nothing in the text is trusted: whatever is wrong with it is one GradpathError, whose
 * message begins with the place, `source:line:column` if a source is named.
 */
export function modelFromJSON(text: string, source?: string): Model {
  const { graph, ...content } = contentFromJson(text, registry, source);
  return { ...content, builder: new Builder(graph) };
}
