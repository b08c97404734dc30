/** `gradpath export`: the graph with its values as a document, or as text. */

import { grad } from '../autodiff/grad.ts';
import { MAX_NAME_LENGTH, type NodeId } from '../graph/graph.ts';
import { graphToText } from '../graph/text.ts';
import { modelToJSON } from '../model/json.ts';
import { type Model, parameterNames, targetOf } from '../model/model.ts';
import type { Command } from './command.ts';
import { loadModel, modelHelp } from './load.ts';
import { printable } from './style.ts';

export const exportCommand: Command = {
  name: 'export',
  summary: 'the graph as a JSON document or as text',
  usage: 'MODEL [--format json|text] [--with-gradients]',
  operands: ['MODEL'],
  options: {
    format: { value: 'NAME', help: 'json (default), as src/graph/graph.schema.json describes it, or text' },
    'with-gradients': { help: "append the backward pass of the model's target by all parameters" },
  },
  details: `${modelHelp}

The JSON document holds the graph and the values of its leaves; every command reads it back as MODEL,
and computes the same bits. The text has one node a line, for people and for reviews.`,
  async run(args, io) {
    const format = args.oneOf('format', ['json', 'text']) ?? 'json';
    const model = await loadModel(args, io, 'export');
    if (args.flag('with-gradients')) appendGradients(model);
    const text =
      format === 'json' ? modelToJSON(model).trimEnd() : printable(graphToText(model.builder.graph));
    io.print(text);
    return 0;
  },
};

/** Gradients that have a node to themselves are named `∂E/∂W`. */
function appendGradients(model: Model): void {
  const { builder, target } = model;
  const { graph } = builder;
  const names = parameterNames(model);
  const ids = names.map((name) => graph.idOf(name));
  const derivatives = grad(builder, targetOf(model), ids);
  const uses = (id: NodeId) => derivatives.filter((other) => other === id).length;
  for (const [i, id] of derivatives.entries()) {
    const name = `∂${target}/∂${names[i]}`;
    const free = graph.node(id).name === undefined && uses(id) === 1 && graph.find(name) === undefined;
    if (free && name.length <= MAX_NAME_LENGTH) graph.name(id, name);
  }
}
