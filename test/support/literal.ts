/** Formulas read literally: plain arrays, matrices multiplied by the book, derivatives by differences over the network. */

import type { NodeId } from '../../src/graph/graph.ts';
import { elementsOf } from '../../src/model/equations/elements.ts';
import {
  combinations,
  type Integers,
  integerOf,
  plainName,
  rangesOf,
} from '../../src/model/equations/integers.ts';
import { referenceOf } from '../../src/model/equations/names.ts';
import { children, type Expr, isTransposeMark, type Of } from '../../src/notation/tree.ts';
import { undoDifferential } from '../../src/notation/undo.ts';
import type { Meaning, Meanings } from '../../src/verify/reading.ts';
import type { Subject } from '../../src/verify/subject.ts';
import { symbolKey, symbolOf } from '../../src/verify/symbols.ts';
import type { Network } from './network.ts';

/** What this reader does not know: it says nothing about the formula. */
export class Unread extends Error {}
/** Sizes that do not fit, or an index that does not exist: the formula has no value here. */
export class NoValue extends Error {}

/** Row-major. */
export interface Grid {
  readonly rows: number;
  readonly cols: number;
  readonly data: readonly number[];
  /** The gradient of a number by a vector: a row or a column, as its place asks for. */
  readonly isFree?: true;
  /** ∂a/∂W of a vector by a matrix: its columns are the elements of W. */
  readonly by?: readonly number[];
}

export interface Way {
  readonly layout: 'numerator' | 'denominator';
  /** ∂H_k/∂W with the other variables held fixed, or through every path. */
  readonly factors: 'immediate' | 'total';
}

export class Literal {
  readonly subject: Subject;
  /** Something behind the last step was asked for. */
  isBeyond = false;
  readonly #network: Network;
  readonly #meanings: Meanings;
  readonly #way: Way;
  readonly #left: Expr;
  readonly #held: ReadonlySet<NodeId>;
  readonly #isMixed: boolean;

  constructor(subject: Subject, network: Network, meanings: Meanings, way: Way, members: readonly Expr[]) {
    this.subject = subject;
    this.#network = network;
    this.#meanings = meanings;
    this.#way = way;
    this.#left = members[0];
    const all = members.flatMap(everyPart);
    const marks = new Set(all.flatMap((x) => (x.kind === 'derivative' ? [x.mark] : [])));
    this.#isMixed = marks.has('d') && marks.has('partial');
    const bases = new Set(all.flatMap((x) => (x.kind === 'name' ? [x.base + x.accents.join('')] : [])));
    const isMentioned = (name: string) => bases.has(name) || bases.has(name.replaceAll('_', ''));
    const families = [...subject.families.values()].filter(({ name }) => isMentioned(name));
    this.#held = new Set(families.flatMap(({ members: own }) => own.map(({ id }) => id)));
  }

  value(x: Expr, at: Integers): Grid {
    switch (x.kind) {
      case 'number':
        return number(Number(x.text));
      case 'bracket':
        return this.value(x.of, at);
      case 'neg':
        return mapped(this.value(x.of, at), (v) => -v);
      case 'name':
      case 'sub':
      case 'index':
        return this.#name(x, at);
      case 'sup':
        return this.#power(x, at);
      case 'prime':
        return transposed(this.value(x.of, at));
      case 'sum':
        return x.terms
          .map(({ sign, term }) => mapped(this.value(term, at), (v) => (sign === '-' ? -v : v)))
          .reduce((sum, term) => beside(sum, term, (a, b) => a + b));
      case 'product':
        return x.factors
          .slice(1)
          .reduce(
            (all, { operator, factor }) => this.#times(all, this.value(factor, at), operator),
            this.value(x.factors[0].factor, at),
          );
      case 'quotient':
        return beside(this.value(x.over, at), this.value(x.under, at), (a, b) => a / b);
      case 'derivative':
        return this.#derivative(x, at);
      case 'differential':
        return this.#differential(x, at);
      case 'call':
        return this.#call(x, at);
      case 'big':
        return this.#sum(x, at);
      default:
        throw new Unread(x.kind);
    }
  }

  #times(a: Grid, b: Grid, operator: string): Grid {
    if (operator === 'hadamard') return beside(a, b, (p, q) => p * q);
    if (isNumber(a) || isNumber(b)) return scaled(a, b);
    if (!['juxtaposed', 'dot', 'asterisk', 'at', 'times'].includes(operator)) throw new Unread(operator);
    const [first, second] = this.#way.layout === 'numerator' ? [a, b] : [b, a];
    // vᵀ ∂a/∂W has the shape of W
    if (second.by !== undefined && first.by === undefined && first.data.length === second.rows) {
      const { data } = product({ rows: 1, cols: second.rows, data: first.data }, second);
      return { rows: second.by[0], cols: second.by[1], data };
    }
    if (second.by !== undefined) return { ...product(first, second), by: second.by };
    if (first.by !== undefined) throw new NoValue('a derivative by a matrix ends a chain');
    if (a.isFree && b.isFree) throw new NoValue('two gradients');
    if (isColumn(a) && isColumn(b) && operator === 'asterisk') return beside(a, b, (p, q) => p * q);
    if (isColumn(a) && isColumn(b) && !a.isFree && !b.isFree) throw new Unread('two columns');
    if (a.isFree) return b.rows === 1 ? product(a, b) : free(product(transposed({ ...a }, true), b));
    if (b.isFree) return isColumn(a) ? product(a, transposed(b, true)) : free(product(a, b));
    return product(a, b);
  }

  #name(x: Expr, at: Integers): Grid {
    const { subject } = this;
    const reference = referenceOf(x, at, subject.indexCount);
    const id = reference && subject.find(reference);
    if (id !== undefined) return this.#node(id);
    const element = this.#element(x, at);
    if (element !== undefined) return number(this.#network.value(element.id)[element.place]);
    if (x.kind === 'name' && at.has(x.base)) return number(at.get(x.base)!);
    const symbol = symbolOf(x, at);
    const meaning = symbol && this.#meanings.get(symbolKey(symbol));
    if (symbol !== undefined && meaning !== undefined) return this.#meant(meaning, symbol.indices);
    if (symbol?.name === 'δ' && symbol.indices.length === 2)
      return number(symbol.indices[0] === symbol.indices[1] ? 1 : 0);
    if (reference !== undefined || elementsOf(x, at, subject.indexCount).length > 0)
      throw new NoValue('no such variable');
    throw new Unread('a name');
  }

  #meant(meaning: Meaning, indices: readonly number[]): Grid {
    if (meaning.kind === 'node') {
      const id = meaning.nodes.get(indices.join('.'));
      if (id === undefined) throw new NoValue('no such variable');
      return this.#node(id);
    }
    if (meaning.kind !== 'gradient' || meaning.isElement || meaning.losses) throw new Unread(meaning.kind);
    const id = meaning.nodes.get(indices.join('.'));
    if (id !== undefined) return mapped(column(this.#gradient(id)), (v) => v * meaning.sign);
    const last = Math.max(...[...meaning.nodes.keys()].map(Number));
    if (!(indices[0] > last)) throw new NoValue('no such gradient');
    this.isBeyond = true;
    return mapped(column(this.#gradient([...meaning.nodes.values()][0])), () => 0);
  }

  #element(x: Expr, at: Integers): { readonly id: NodeId; readonly place: number } | undefined {
    const { subject } = this;
    for (const { reference, places } of elementsOf(x, at, subject.indexCount)) {
      const id = subject.find(reference);
      const shape = id === undefined ? [] : subject.graph.node(id).shape;
      if (id === undefined || shape.length !== places.length || places.some((i) => i === undefined)) continue;
      if (places.some((i, axis) => i! < 1 || i! > shape[axis])) throw new NoValue('no such element');
      return { id, place: places.reduce<number>((sum, i, axis) => sum * shape[axis] + i! - 1, 0) };
    }
    return undefined;
  }

  #node(id: NodeId): Grid {
    const { shape } = this.subject.graph.node(id);
    if (shape.length > 2 || this.subject.isRow(id)) throw new Unread('a row or an array');
    return { rows: shape[0] ?? 1, cols: shape[1] ?? 1, data: this.#network.value(id) };
  }

  #gradient(id: NodeId, of = this.subject.target): Grid {
    return gradient(this.#network.slopes(of, id)[0], this.subject.graph.node(id).shape);
  }

  #power(x: Of<'sup'>, at: Integers): Grid {
    const { subject } = this;
    if (referenceOf(x, at, subject.indexCount) !== undefined) return this.#name(x, at);
    if (x.bracket === undefined && isTransposeMark(x.exponent)) return transposed(this.value(x.of, at));
    const symbol = symbolOf(x, at);
    if (symbol !== undefined && this.#meanings.has(symbolKey(symbol))) return this.#name(x, at);
    const exponent = integerOf(x.exponent, at);
    const base = this.value(x.of, at);
    if (exponent === undefined || (base.rows > 1 && base.cols > 1)) throw new Unread('a power');
    return mapped(base, (v) => v ** exponent);
  }

  #differential(x: Of<'differential'>, at: Integers): Grid {
    const whole = undoDifferential(x);
    const symbol = whole && symbolOf(whole, at);
    const meaning = symbol && this.#meanings.get(symbolKey(symbol));
    if (symbol !== undefined && meaning !== undefined) return this.#meant(meaning, symbol.indices);
    const id = this.#place(x.of, at);
    if (id !== undefined) return column(this.#gradient(id));
    this.isBeyond = true;
    return number(0);
  }

  /** The variable that a derivative is of or by; undefined behind the last step. */
  #place(x: Expr, at: Integers): NodeId | undefined {
    const { subject } = this;
    const reference = referenceOf(x, at, subject.indexCount);
    if (reference === undefined) throw new Unread('a derivative of what is no variable');
    const id = subject.find(reference);
    if (id !== undefined) return id;
    const last = Math.max(...subject.members(reference.family).map(([index]) => index));
    if (reference.indices.length !== 1 || !(reference.indices[0] > last)) throw new NoValue('no such step');
    return undefined;
  }

  #derivative(x: Of<'derivative'>, at: Integers): Grid {
    const { graph, losses } = this.subject;
    const [of, by] = [this.#place(x.of, at), this.#place(x.by, at)];
    if (of === undefined || by === undefined) {
      if (of === undefined || !losses.has(of)) throw new NoValue('behind the last step');
      this.isBeyond = true;
      return number(0);
    }
    const [high, low] = [graph.node(of).shape, graph.node(by).shape];
    const slopes = this.#network.slopes(of, by, this.#isTotal(x, of) ? undefined : this.#held);
    // with no direct way ∂H_3/∂H_1 is the sum over the paths, unless it is marked as immediate
    const isNone = slopes.every((row) => row.every((v) => Math.abs(v) < 1e-10));
    const matrix = isNone && x.mark !== 'partial+' ? this.#network.slopes(of, by) : slopes;
    if (high.length === 0) return gradient(matrix[0], low);
    if (high.length > 1 || low.length > 2) throw new Unread('a derivative with many axes');
    const whole = { rows: matrix.length, cols: matrix[0].length, data: matrix.flat() };
    if (low.length === 0) return { ...whole, isFree: true };
    if (low.length === 2) return { ...whole, by: low };
    return this.#way.layout === 'numerator' ? whole : transposed(whole);
  }

  #isTotal(x: Of<'derivative'>, of: NodeId): boolean {
    if (x.mark === 'partial+') return false;
    if (x === this.#left || x.mark === 'nabla' || this.subject.losses.has(of)) return true;
    return this.#isMixed ? x.mark === 'd' : this.#way.factors === 'total';
  }

  #call(x: Of<'call'>, at: Integers): Grid {
    const isPrimed = x.fn.kind === 'prime';
    const name = plainName(x.fn.kind === 'prime' ? x.fn.of : x.fn) ?? '';
    const [arg] = x.args.map((part) => this.value(part, at));
    if (name === 'diag' && isColumn(arg)) {
      const n = arg.rows;
      const data = Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? arg.data[i / (n + 1)] : 0));
      return { rows: n, cols: n, data };
    }
    const f = (isPrimed ? SLOPES : FUNCTIONS)[name];
    if (f === undefined || x.args.length !== 1) throw new Unread(name);
    return mapped(arg, f);
  }

  #sum(x: Of<'big'>, at: Integers): Grid {
    const ranges = x.op === 'sum' ? rangesOf(x, at, () => undefined) : undefined;
    if (ranges === undefined) throw new Unread('a range');
    const terms = [...combinations(ranges, at)].map((known) => this.value(x.body, known));
    return terms.reduce((sum, term) => beside(sum, term, (a, b) => a + b), number(0));
  }
}

const sigmoid = (v: number) => 1 / (1 + Math.exp(-v));
const FUNCTIONS: Readonly<Record<string, (v: number) => number>> = {
  tanh: Math.tanh,
  exp: Math.exp,
  log: Math.log,
  σ: sigmoid,
  sigmoid,
};
const SLOPES: typeof FUNCTIONS = {
  tanh: (v) => 1 - Math.tanh(v) ** 2,
  exp: Math.exp,
  log: (v) => 1 / v,
  σ: (v) => sigmoid(v) * (1 - sigmoid(v)),
};

const number = (v: number): Grid => ({ rows: 1, cols: 1, data: [v] });
const isNumber = ({ data, by }: Grid) => data.length === 1 && by === undefined;
const isColumn = ({ rows, cols }: Grid) => cols === 1 && rows > 1;
/** δ and dh are columns, unlike ∂E/∂h. */
const column = ({ rows, cols, data }: Grid): Grid => ({ rows, cols, data });
const mapped = (x: Grid, f: (v: number) => number): Grid => ({ ...x, data: x.data.map(f) });
const free = (x: Grid): Grid =>
  x.rows === 1 && x.cols > 1
    ? { rows: x.cols, cols: 1, data: x.data, isFree: true }
    : isColumn(x)
      ? { ...x, isFree: true }
      : x;

function gradient(data: readonly number[], shape: readonly number[]): Grid {
  if (shape.length > 2) throw new Unread('an array');
  const grid = { rows: shape[0] ?? 1, cols: shape[1] ?? 1, data };
  return shape.length === 1 ? { ...grid, isFree: true } : grid;
}

function scaled(a: Grid, b: Grid): Grid {
  const [{ data }, other] = isNumber(a) ? [a, b] : [b, a];
  return mapped(other, (v) => v * data[0]);
}

/** Element by element; a number beside each. */
function beside(a: Grid, b: Grid, f: (p: number, q: number) => number): Grid {
  if (isNumber(a)) return a.data[0] === 0 && f(0, 1) === 1 ? b : mapped(b, (v) => f(a.data[0], v));
  if (isNumber(b)) return mapped(a, (v) => f(v, b.data[0]));
  const isTurned = a.rows === b.cols && a.cols === b.rows && (a.isFree || b.isFree);
  if (!isTurned && (a.rows !== b.rows || a.cols !== b.cols)) throw new NoValue('sizes differ');
  const { isFree: _, ...standing } = a.isFree ? b : a;
  const both = a.isFree && b.isFree ? { isFree: true as const } : {};
  return { ...standing, ...both, data: a.data.map((v, i) => f(v, b.data[i])) };
}

function transposed(x: Grid, asRow = false): Grid {
  if (x.by !== undefined) throw new Unread('the transpose of a derivative');
  if (x.isFree && !asRow) return x;
  const data = x.data.map((_, i) => x.data[(i % x.rows) * x.cols + Math.floor(i / x.rows)]);
  return { rows: x.cols, cols: x.rows, data };
}

function product(a: Grid, b: Grid): Grid {
  if (a.cols !== b.rows) throw new NoValue('inner sizes differ');
  const data: number[] = [];
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < b.cols; j++) {
      let sum = 0;
      for (let k = 0; k < a.cols; k++) sum += a.data[i * a.cols + k] * b.data[k * b.cols + j];
      data.push(sum);
    }
  }
  return { rows: a.rows, cols: b.cols, data };
}

const everyPart = (x: Expr): readonly Expr[] => [x, ...children(x).flatMap(everyPart)];
