/** Nodes, edges and steps told as formulas and in words. */

import { derivative, nameToLatex } from '../../src/chain/latex.ts';
import { isLeaf, type NodeId } from '../../src/graph/graph.ts';
import { formatShape } from '../../src/graph/shape.ts';
import { rowOf } from '../../src/ops/table.ts';
import { atom, type Tex } from '../../src/ops/tex.ts';
import { localRule, texOf } from '../../src/ops/typeset.ts';
import type { Document } from './document.ts';
import { spoken } from './names.ts';
import type { Trace } from './trace.ts';
import { nodeName } from './view.ts';

const MAX_LATEX = 512;

/** `\tanh(U x_2 + W H_1)`: a node's definition in the variables that it is computed from; undefined for leaves. */
export function definitionLatex(document: Document, id: NodeId): string | undefined {
  const { graph } = document;
  if (isLeaf(graph.node(id))) return undefined;
  const done = new Map<NodeId, Tex>();
  const pending = [id]; // no recursion: a definition may be as deep as the graph
  while (pending.length > 0) {
    const top = pending[pending.length - 1];
    const node = graph.node(top);
    if (top !== id && (node.name !== undefined || isLeaf(node))) {
      done.set(top, atom(node.name === undefined ? `\\%${top}` : nameToLatex(node.name)));
      pending.pop();
      continue;
    }
    const missing = node.inputs.filter((input) => !done.has(input));
    if (missing.length > 0) {
      pending.push(...missing);
      continue;
    }
    const operands = node.inputs.map((input) => done.get(input)!);
    done.set(top, rowOf(node.op)!.tex(operands, node.attrs));
    pending.pop();
  }
  const { text } = done.get(id)!;
  return text.length > MAX_LATEX ? `\\text{${graph.node(id).op} of ${graph.node(id).inputs.length}}` : text;
}

export interface LocalRules {
  /** `H_2 = \tanh(a)`: the operation alone; unnamed operands go by a, b, … */
  readonly operation: string;
  /** `\bar a \mathrel{+}= \bar H_2 \odot (1 - H_2^2)`: what each operand receives. A bar: the target's derivative. */
  readonly rules: readonly string[];
}

/** The derivative rules of a node's operation; undefined for leaves and for sums of many. */
export function localRules(document: Document, id: NodeId): LocalRules | undefined {
  const { graph } = document;
  const node = graph.node(id);
  if (isLeaf(node) || node.inputs.length > 4) return undefined;
  const x = node.inputs.map((input, slot) => {
    const { name } = graph.node(input);
    return name === undefined ? 'abcd'[slot] : nameToLatex(name);
  });
  const y = node.name === undefined ? 'y' : nameToLatex(node.name);
  const shapes = node.inputs.map((input) => graph.node(input).shape);
  const slots = node.inputs.flatMap((input, slot) =>
    ['input', 'constant'].includes(graph.node(input).op) ? [] : [slot],
  );
  return {
    operation: `${y} = ${cutLatex(texOf(node.op, x, node.attrs))}`,
    rules: slots.map((slot) => {
      const rule = localRule(node.op, slot, { x, y, g: bar(y) }, shapes, node.shape, node.attrs);
      return `${bar(x[slot])} \\mathrel{+}= ${cutLatex(rule)}`;
    }),
  };
}

const cutLatex = (latex: string) => (latex.length > MAX_LATEX ? '\\ldots' : latex);

/** `\\bar{H}_2`: the bar belongs over the letter. */
function bar(name: string): string {
  const match = /^(\\mathit\{[^}]*\}|[A-Za-z])(_.*)?$/.exec(name);
  return match === null ? `\\overline{${name}}` : `\\bar{${match[1]}}${match[2] ?? ''}`;
}

export function nodeLatex(document: Document, id: NodeId): string {
  const { name, op } = document.graph.node(id);
  return name === undefined ? `\\text{${op.replace(/[^\w ]/g, '')}}` : nameToLatex(name);
}

export function nodeWords(document: Document, id: NodeId): string {
  const node = document.graph.node(id);
  const kind = isLeaf(node) ? node.op : node.name === undefined ? 'operation' : 'variable';
  const name = node.name === undefined ? node.op : spoken(node.name);
  return `${name}, ${kind}, ${formatShape(node.shape).replaceAll('×', ' by ')}`;
}

/** `scalar`, `vector of 4`, `4 × 3`. */
export function shapeWords(shape: readonly number[]): string {
  return shape.length === 1 ? `vector of ${shape[0]}` : shape.length === 0 ? 'scalar' : shape.join(' × ');
}

/** `derivative of H 3 by H 2`. */
export function factorWords(of: string, by: string): string {
  return `derivative of ${spoken(of)} by ${spoken(by)}`;
}

export interface StepText {
  /** `forward 12 of 17`. */
  readonly position: string;
  /** For the live region. */
  readonly words: string;
  readonly latex: string;
  /** `2 of 3` where a gradient is being added up. */
  readonly count?: string;
}

export function stepText(document: Document, trace: Trace, step: number, target: string): StepText {
  const { events, forward } = trace;
  const event = events[step - 1];
  const backward = events.length - forward;
  if (event === undefined) {
    return {
      position: `start of ${events.length} steps`,
      words: 'Parameters and inputs are given; nothing has been computed yet',
      latex: '',
    };
  }
  const latexOf = (id: NodeId) => nodeLatex(document, id);
  const nameOf = (id: NodeId) => nodeName(document, id);
  const E = nameToLatex(target);
  if (event.kind === 'forward') {
    const sources = [...document.variables.into(event.node)].reverse().map((s) => spoken(nameOf(s.from)));
    return {
      position: `forward ${step} of ${forward}`,
      words: `${spoken(nameOf(event.node))} is computed from ${listed(sources)}`,
      latex: `${latexOf(event.node)} = ${definitionLatex(document, event.node) ?? ''}`,
    };
  }
  const position = `backward ${step - forward} of ${backward}`;
  if (event.kind === 'seed') {
    return {
      position,
      words: `The backward pass starts: the derivative of ${spoken(target)} by itself is 1`,
      latex: `\\displaystyle ${derivative('\\partial', target, target)} = 1`,
    };
  }
  const [node, sender] = [nameOf(event.node), nameOf(event.sender)];
  const count = `${event.index} of ${event.of}`;
  const left = `\\frac{\\partial ${E}}{\\partial ${nameToLatex(node)}}`;
  const through = `${derivative('\\partial', target, sender)}\\,${derivative('\\partial', sender, node)}`;
  return {
    position,
    words: `The gradient of ${spoken(node)} receives what comes through ${spoken(sender)}: ${count}`,
    latex: `\\displaystyle ${left} ${event.of === 1 ? '=' : '\\mathrel{+}='} ${through}`,
    count,
  };
}

function listed(items: readonly string[]): string {
  if (items.length > 6) return `${items.slice(0, 5).join(', ')} and ${items.length - 5} more`;
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
