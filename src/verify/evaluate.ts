/** The value of a formula at a point, under a reading. */

import type { VariableGraph } from '../chain/variables.ts';
import type { NodeId } from '../graph/graph.ts';
import { type Shape, sizeOf } from '../graph/shape.ts';
import { elementsOf } from '../model/equations/elements.ts';
import { functionName, isFunction, slope } from '../model/equations/functions.ts';
import { type Integers, integerOf, plainName } from '../model/equations/integers.ts';
import { Interpreter } from '../model/equations/interpret.ts';
import { isBracketedPower, type Reference, referenceOf, scriptedName } from '../model/equations/names.ts';
import type { Value } from '../model/equations/value.ts';
import { NotationError } from '../notation/problem.ts';
import { children, type Expr, isTransposeMark, type Of } from '../notation/tree.ts';
import { undoDifferential } from '../notation/undo.ts';
import { numbers, scalar, type Tensor } from '../run/eager.ts';
import type { Instance } from './instance.ts';
import { ChainArithmetic } from './jacobian.ts';
import type { Meaning, Reading } from './reading.ts';
import { familyKey, type Subject } from './subject.ts';
import { OutOfRange, OutsideElement, symbolKey, symbolOf, UnknownSymbol, Unsupported } from './symbols.ts';

/** What is the same for all readings of a statement. */
export interface Context {
  readonly subject: Subject;
  readonly text: string;
  /** The derivative on the left, if there is one. */
  readonly left: Expr | undefined;
  /** Both d and ∂ occur: then d is total, ∂ immediate. */
  readonly isMixed: boolean;
  /** The variables between which derivatives are immediate. */
  readonly kept: VariableGraph;
  /** Recursions look one step ahead: adjoints behind the last step are 0. A Σ must not. */
  readonly looksAhead: boolean;
  /** Parts evaluated so far, under all readings and repairs together. */
  readonly work: { parts: number };
}

/** Most parts that are evaluated for one statement: some seconds. A count, not a clock: the verdict must not vary. */
const MAX_WORK = 1_000_000;

/** What a derivative is of or by: a variable or an element of one; `beyond` the last step there is none any more. */
export interface Place {
  readonly id: NodeId | undefined;
  readonly shape: Shape;
  /** Row-major place of one element. */
  readonly element: number | undefined;
  /** The name as it is told: H_3. */
  readonly label: string;
  /** It was written transposed, and is an array. */
  readonly isTransposed?: boolean;
  /** W^{(t)}: the parameter as it is used at one step alone. */
  readonly step?: number;
}

const MAX_DEPTH = 400;

export class Evaluator {
  readonly context: Context;
  readonly instance: Instance;
  readonly reading: Reading;
  readonly m: ChainArithmetic;
  /** A variable beyond the last step was used: its value was made up. */
  touched = false;
  /** Something behind the last step was asked for: adjoints are 0 there. */
  beyond = false;
  readonly #interpreter: Interpreter<Tensor>;
  readonly #invented: number;
  #depth = 0;

  /** `invented` seeds the values of variables beyond the last step, on which nothing may depend. */
  constructor(context: Context, instance: Instance, reading: Reading, invented = 1) {
    this.context = context;
    this.instance = instance;
    this.reading = reading;
    this.#invented = invented;
    const { subject, text } = context;
    const conventions = { asterisk: reading.asterisk, dot: 'elementwise' } as const;
    this.m = new ChainArithmetic(reading.layout, conventions, subject.hasImages);
    this.#interpreter = new Interpreter<Tensor>({
      m: this.m,
      text,
      indexCount: subject.indexCount,
      members: subject.members,
      ...(subject.steps.size > 0 ? { steps: subject.steps } : {}),
      elementBase: reading.base,
      variable: (reference) => this.#variable(reference),
      bounds: () => undefined,
      special: (x, integers) => this.#special(x, integers),
    });
  }

  /** Throws a NotationError: UnknownSymbol, OutOfRange, Unsupported, or any other where shapes do not fit. */
  value(x: Expr, integers: Integers): Value<Tensor> {
    return this.#interpreter.value(x, integers);
  }

  /** What a Σ or Π runs over. */
  rangesOf(x: Of<'big'>, integers: Integers): ReturnType<Interpreter<Tensor>['rangesOf']> {
    return this.#interpreter.rangesOf(x, integers);
  }

  #variable(reference: Reference): Value<Tensor> | undefined {
    const { subject } = this.context;
    const id = subject.find(reference);
    if (id !== undefined) return this.#nodeValue(id);
    const shape = this.#beyond(reference);
    return shape && this.#made(shape, familyKey(reference));
  }

  #nodeValue(id: NodeId): Value<Tensor> {
    const v = this.instance.valueOf(id);
    return this.m.value(v, v.shape.length === 1 && this.context.subject.isRow(id) ? 'row' : 'column');
  }

  /** The shape of the family, if the index lies beyond its last. */
  #beyond(reference: Reference): Shape | undefined {
    const { subject } = this.context;
    const family = subject.families.get(familyKey(reference));
    if (family === undefined || family.indexCount !== 1 || !this.context.looksAhead) return undefined;
    const last = Math.max(...family.members.map(({ indices }) => indices[0]));
    return reference.indices[0] > last ? subject.graph.node(family.members[0].id).shape : undefined;
  }

  /** A made-up value: it must not matter. */
  #made(shape: Shape, key: string): Value<Tensor> {
    this.touched = true;
    this.beyond = true;
    let state =
      this.#invented * 7919 + [...key].reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) % 100_003, 7);
    const data = Float64Array.from({ length: sizeOf(shape) }, () => {
      state = (state * 16_807) % 2_147_483_647;
      return 0.3 + (state / 2_147_483_647) * 0.9;
    });
    return this.m.value({ shape, data });
  }

  #special(x: Expr, integers: Integers): Value<Tensor> | undefined {
    const { work, text } = this.context;
    if (++work.parts > MAX_WORK)
      throw new Unsupported('too long to be judged; take it in parts', text, x.span);
    switch (x.kind) {
      case 'derivative':
        return this.#derivative(x, integers);
      case 'differential':
        return this.#differential(x, integers);
      case 'name':
        return this.#symbol(x, integers);
      case 'sub':
      case 'index':
        return this.#slice(x, integers) ?? this.#symbol(x, integers);
      case 'sup':
        return this.#superscript(x, integers);
      case 'prime':
        return this.#slopeOf(x, integers);
      case 'call':
        return this.#call(x, integers);
      case 'big':
        return x.op === 'prod' && x.lower.length > 0 ? this.#chainProduct(x, integers) : undefined;
      case 'at':
        return this.#at(x, integers);
      case 'indicator':
        return this.#indicator(x.condition, integers);
      case 'relation':
        return this.#mask(x, integers);
      case 'inner': {
        if (this.reading.angle === 'inner' || x.items.length !== 2) return undefined;
        const [a, b] = x.items.map((item) => this.value(item, integers));
        return this.m.outer(a, b);
      }
      case 'ellipsis':
        throw new Unsupported('what the dots stand for is not certain', this.context.text, x.span);
      default:
        return undefined;
    }
  }

  /** Names that the model has are left to the interpreter. */
  #symbol(x: Expr, integers: Integers): Value<Tensor> | undefined {
    const { subject, text } = this.context;
    const { indexCount } = subject;
    if (scriptedName(x) === undefined) return this.#elementOf(x, integers);
    const reference = referenceOf(x, integers, indexCount);
    if (reference !== undefined) {
      if (subject.find(reference) !== undefined || this.#beyond(reference) !== undefined) return undefined;
      // E_0 is no element of the number E
      const arrays = elementsOf(x, integers, indexCount).filter((element) => {
        const id = subject.find(element.reference);
        return id !== undefined && subject.graph.node(id).shape.length > 0;
      });
      if (arrays.length > 0) return this.#outside(x, integers);
      throw new OutOfRange(`there is no ${text.slice(x.span.start, x.span.end)}`, text, x.span);
    }
    if (x.kind === 'name' && (integers.has(plainName(x) ?? '') || KNOWN.has(x.base))) return undefined;
    const symbol = symbolOf(x, integers);
    const meaning = symbol && this.reading.meanings.get(symbolKey(symbol));
    if (symbol !== undefined && meaning !== undefined) return this.#meant(x, meaning, symbol.indices);
    if (elementsOf(x, integers, indexCount).length > 0) return this.#outside(x, integers);
    const isAbove = scriptedName(x)?.scripts.some(({ above }) => above);
    if (symbol?.name === 'δ' && symbol.indices.length === 2 && !isAbove) {
      return this.m.number(symbol.indices[0] === symbol.indices[1] ? 1 : 0); // Kronecker's
    }
    throw new UnknownSymbol(x, text, integers);
  }

  /** X_{i,:} is a row, X[:, j] a column. */
  #slice(x: Of<'sub'> | Of<'index'>, integers: Integers): Value<Tensor> | undefined {
    const items = x.kind === 'index' ? x.items : x.index.kind === 'list' ? x.index.items : [];
    const axis = items.findIndex((item) => plainName(item) !== ':');
    if (items.length !== 2 || axis < 0 || !items.some((item) => plainName(item) === ':')) return undefined;
    const whole = this.m.plain(this.value(x.of, integers));
    const place = integerOf(items[axis], integers);
    if (place === undefined || whole.shape.length !== 2) return undefined;
    const at = place - this.reading.base;
    const { text } = this.context;
    if (at < 0 || at >= whole.shape[axis])
      throw new OutOfRange(`there is no ${text.slice(x.span.start, x.span.end)}`, text, x.span);
    const begin = axis === 0 ? [at, 0] : [0, at];
    const size = axis === 0 ? [1, whole.shape[1]] : [whole.shape[0], 1];
    const part = numbers.slice(whole.v, { begin, size });
    const shape = [whole.shape[1 - axis]];
    return this.m.value({ shape, data: part.data }, axis === 0 ? 'row' : 'column');
  }

  /** An element that the array does not have: 0 in the padding of an image. Undefined: it has it. */
  #outside(x: Expr, integers: Integers): Value<Tensor> | undefined {
    const { subject, text } = this.context;
    const { base, outside } = this.reading;
    for (const { reference, places } of elementsOf(x, integers, subject.indexCount)) {
      const id = subject.find(reference);
      if (id === undefined || places.some((place) => place === undefined)) continue;
      const { shape } = subject.graph.node(id);
      if (shape.length !== places.length) continue;
      if (places.every((i, axis) => i! >= base && i! < base + shape[axis])) return undefined;
      if (outside === 'zero' && isShifted(x)) return this.m.number(0);
      const shown = text.slice(x.span.start, x.span.end);
      const whole = `${subject.nameOf(id)}, which is ${shape.join('×')}`;
      const Kind = isShifted(x) ? OutsideElement : OutOfRange;
      throw new Kind(`${shown} is outside of ${whole}`, text, x.span);
    }
    return undefined;
  }

  /** (∇_o L)_i: left to the interpreter, unless there is no such element. */
  #elementOf(x: Expr, integers: Integers): undefined {
    if (x.kind !== 'sub' || x.of.kind !== 'bracket') return undefined;
    const place = integerOf(x.index, integers);
    const { shape } = this.m.plain(this.value(x.of, integers));
    if (place === undefined || shape.length !== 1) return undefined;
    const { base } = this.reading;
    const { text } = this.context;
    if (place < base || place >= base + shape[0])
      throw new OutOfRange(`there is no ${text.slice(x.span.start, x.span.end)}`, text, x.span);
    return undefined;
  }

  /** `δ^{(t)}` and `δ^t`: a symbol with an index above. Powers and transposes are the interpreter's. */
  #superscript(x: Of<'sup'>, integers: Integers): Value<Tensor> | undefined {
    if (x.bracket === undefined && isTransposeMark(x.exponent)) return undefined;
    if (referenceOf(x, integers, this.context.subject.indexCount) !== undefined)
      return this.#symbol(x, integers);
    const symbol = symbolOf(x, integers);
    const meaning = symbol && this.reading.meanings.get(symbolKey(symbol));
    if (meaning !== undefined) return this.#meant(x, meaning, symbol!.indices);
    const isPower = isBracketedPower(x, integers, this.context.subject.indexCount);
    const isIndex = !isPower && (x.bracket !== undefined || this.#isStep(x, integers));
    return isIndex ? this.#symbol(x, integers) : undefined;
  }

  /** Whether what stands above a symbol that is not known is a step, not a power: δ^t, δ_o^{t+1}. */
  #isStep(x: Of<'sup'>, integers: Integers): boolean {
    const { indexCount } = this.context.subject;
    const [symbol, whole] = [symbolOf(x.of, integers), symbolOf(x, integers)];
    if (symbol === undefined || whole === undefined || whole.indices.length === symbol.indices.length)
      return false; // e^z
    // δ^3 belongs to layer 3; of other symbols numbers are powers
    if (x.exponent.kind === 'number' && !/^(?:δ|delta)(?:_|$)/.test(symbol.name)) return false;
    const isKnown =
      this.reading.meanings.has(symbolKey(symbol)) ||
      KNOWN.has(symbol.name) ||
      integers.has(symbol.name) ||
      [x, x.of].some((part) => elementsOf(part, integers, indexCount).length > 0) ||
      referenceOf(x.of, integers, indexCount) !== undefined;
    return !isKnown;
  }

  #meant(x: Expr, meaning: Meaning, indices: readonly number[]): Value<Tensor> {
    const { text } = this.context;
    const key = indices.join('.');
    switch (meaning.kind) {
      case 'gradient': {
        if (meaning.losses !== undefined) {
          const [by, of] = [meaning.nodes.get(String(indices[0])), meaning.losses.get(String(indices[1]))];
          if (by === undefined || of === undefined)
            throw new OutOfRange(`there is no ${text.slice(x.span.start, x.span.end)}`, text, x.span);
          return this.m.scaled(this.#gradient(by, of), meaning.sign);
        }
        if (meaning.isElement) return this.#gradientElement(x, meaning, indices);
        const id = meaning.nodes.get(key);
        if (id !== undefined) return this.m.scaled(this.#gradient(id), meaning.sign);
        return this.#zeroBeyond(x, meaning.nodes, indices);
      }
      case 'node': {
        const id = meaning.nodes.get(key);
        if (id === undefined)
          throw new OutOfRange(`there is no ${text.slice(x.span.start, x.span.end)}`, text, x.span);
        return this.#nodeValue(id);
      }
      case 'definition':
        return this.#defined(x, meaning, indices);
      default:
        throw new Unsupported('this symbol has no value here', text, x.span);
    }
  }

  /** δ_j^t: element j of δ at t. */
  #gradientElement(
    x: Expr,
    { nodes, sign }: Meaning & { kind: 'gradient' },
    [place, step]: readonly number[],
  ): Value<Tensor> {
    const { text } = this.context;
    const id = nodes.get(String(step));
    const whole = id === undefined ? this.#zeroBeyond(x, nodes, [step]) : this.#gradient(id);
    const value = whole.v.data[place - this.reading.base];
    if (value === undefined)
      throw new OutOfRange(`there is no ${text.slice(x.span.start, x.span.end)}`, text, x.span);
    return this.m.value(scalar(sign * value));
  }

  /** Adjoints behind the last step are 0. */
  #zeroBeyond(x: Expr, nodes: ReadonlyMap<string, NodeId>, indices: readonly number[]): Value<Tensor> {
    const { text, subject } = this.context;
    const last = Math.max(...[...nodes.keys()].map((key) => Number(key.split('.')[0])));
    if (indices.length !== 1 || !(indices[0] > last) || !this.context.looksAhead) {
      throw new OutOfRange(`there is no ${text.slice(x.span.start, x.span.end)}`, text, x.span);
    }
    this.beyond = true;
    const { shape } = subject.graph.node([...nodes.values()][0]);
    return this.m.value({ shape, data: new Float64Array(sizeOf(shape)) });
  }

  #defined(x: Expr, { cases }: Meaning & { kind: 'definition' }, indices: readonly number[]): Value<Tensor> {
    const { text } = this.context;
    if (++this.#depth > MAX_DEPTH)
      throw new Unsupported('the definitions go round in a circle', text, x.span);
    try {
      for (const { indices: at, expr, text: source } of cases) {
        const bound = solved(at, indices, this.context.subject.integers);
        if (bound === undefined) continue;
        const inner = new Evaluator(
          { ...this.context, text: source },
          this.instance,
          this.reading,
          this.#invented,
        );
        inner.#depth = this.#depth;
        const value = inner.value(expr, bound);
        this.touched ||= inner.touched;
        this.beyond ||= inner.beyond;
        return value;
      }
    } finally {
      this.#depth--;
    }
    throw new OutOfRange(`${text.slice(x.span.start, x.span.end)} has no definition`, text, x.span);
  }

  /** dy_t is by the output where y_t is its target: nobody derives by targets. */
  #outputOf(id: NodeId): NodeId {
    const { subject } = this.context;
    const isTarget =
      subject.graph.node(id).op === 'input' &&
      subject.all.segments.every(({ from, to }) => from !== id || subject.losses.has(to));
    const indices = subject.referenceOf(id)?.indices ?? [];
    const outputs = isTarget ? subject.roles.get('ys')?.members : undefined;
    return outputs?.find((member) => member.indices.join() === indices.join())?.id ?? id;
  }

  /** dE/dX shaped like X, through every path. */
  #gradient(id: NodeId, of = this.context.subject.target): Value<Tensor> {
    const { subject } = this.context;
    const { shape } = subject.graph.node(id);
    const value = this.m.value({ shape, data: this.instance.total(of, id).data });
    return shape.length === 1 && subject.isRow(id) ? { ...value, standing: 'row' } : value;
  }

  #differential(x: Of<'differential'>, integers: Integers): Value<Tensor> {
    const { text } = this.context;
    const glued = undoDifferential(x);
    const symbol = glued && symbolOf(glued, integers);
    const meaning = symbol && this.reading.meanings.get(symbolKey(symbol));
    if (meaning !== undefined) return this.#meant(x, meaning, symbol!.indices);
    let place: Place;
    try {
      place = this.place(x.of, integers);
    } catch (error) {
      if (!(error instanceof UnknownSymbol) || glued === undefined) throw error;
      if (glued.kind === 'product') throw error;
      throw new UnknownSymbol(glued, text, integers);
    }
    if (x.order !== 1) throw new Unsupported('second derivatives are not judged', text, x.span);
    if (place.id === undefined) {
      this.beyond = true;
      return this.m.value({ shape: place.shape, data: new Float64Array(sizeOf(place.shape)) });
    }
    const whole = this.#gradient(this.#outputOf(place.id));
    if (place.element === undefined) return whole;
    return this.m.value(scalar(whole.v.data[place.element]));
  }

  /** Of what number by which variable an expression is the gradient, if it is nothing else: ∂E/∂W, dW, δ_t. */
  gradientPlace(
    x: Expr,
    integers: Integers,
  ): { readonly of: NodeId; readonly by: NodeId; readonly sign: 1 | -1 } | undefined {
    const { subject } = this.context;
    try {
      if (x.kind === 'derivative') {
        const [of, by] = [this.place(x.of, integers), this.place(x.by, integers)];
        const isWhole =
          of.id !== undefined && by.id !== undefined && of.element === undefined && by.element === undefined;
        return isWhole && this.isTotal(x, of) ? { of: of.id!, by: by.id!, sign: 1 } : undefined;
      }
      const symbol = symbolOf(x, integers);
      const meaning = symbol && this.reading.meanings.get(symbolKey(symbol));
      if (meaning?.kind === 'gradient') {
        if (meaning.isElement || meaning.losses !== undefined) return undefined;
        const by = meaning.nodes.get(symbol!.indices.join('.'));
        return by === undefined ? undefined : { of: subject.target, by, sign: meaning.sign };
      }
      if (x.kind !== 'differential') return undefined;
      const place = this.place(x.of, integers);
      if (place.id === undefined || place.element !== undefined) return undefined;
      return { of: subject.target, by: place.id, sign: 1 };
    } catch (error) {
      if (error instanceof NotationError) return undefined;
      throw error;
    }
  }

  /** Which variable, or which element of one, a derivative is of or by. */
  place(x: Expr, integers: Integers): Place {
    const { subject, text } = this.context;
    const { indexCount, graph } = subject;
    const label = text.slice(x.span.start, x.span.end);
    if (x.kind === 'bracket') return this.place(x.of, integers);
    if (
      x.kind === 'sup' &&
      x.bracket === undefined &&
      isTransposeMark(x.exponent) &&
      referenceOf(x, integers, indexCount) === undefined
    ) {
      const inner = this.place(x.of, integers);
      return inner.shape.length === 0 ? inner : { ...inner, isTransposed: true };
    }
    if (x.kind === 'call' && plainName(x.fn) === 'vec' && x.args.length === 1)
      return this.place(x.args[0], integers);
    const reference = referenceOf(x, integers, indexCount);
    if (reference !== undefined) {
      const id = subject.find(reference);
      if (id !== undefined)
        return { id, shape: graph.node(id).shape, element: undefined, label: subject.nameOf(id) };
      const shape = this.#beyond(reference);
      if (shape !== undefined) return { id: undefined, shape, element: undefined, label };
    }
    const step = this.#stepOf(x, integers);
    if (step !== undefined) return step;
    let isElement = false;
    for (const { reference: whole, places } of elementsOf(x, integers, indexCount)) {
      const id = subject.find(whole);
      const shape = id === undefined ? this.#beyond(whole) : graph.node(id).shape;
      isElement ||= places.every((place) => place !== undefined);
      if (shape === undefined || shape.length !== places.length || places.some((i) => i === undefined))
        continue;
      const at = places.map((i) => i! - this.reading.base);
      if (at.some((i, axis) => i < 0 || i >= shape[axis])) {
        const array = `${id === undefined ? whole.family : subject.nameOf(id)}, which is ${shape.join('×')}`;
        const Kind = isShifted(x) ? OutsideElement : OutOfRange;
        throw new Kind(`${label} is outside of ${array}`, text, x.span);
      }
      if (id === undefined) return { id, shape: [], element: undefined, label };
      const element = at.reduce((sum, i, axis) => sum * shape[axis] + i, 0);
      return { id, shape: [], element, label };
    }
    const symbol = symbolOf(x, integers);
    const meaning = symbol && this.reading.meanings.get(symbolKey(symbol));
    if (meaning?.kind === 'node') {
      const id = meaning.nodes.get(symbol!.indices.join('.'));
      if (id !== undefined) return { id, shape: graph.node(id).shape, element: undefined, label };
    }
    if (reference !== undefined || (isElement && meaning === undefined))
      throw new OutOfRange(`there is no ${label}`, text, x.span);
    if (symbol === undefined)
      throw new Unsupported('a derivative of, or by, an expression is not judged', text, x.span);
    throw new UnknownSymbol(x, text, integers);
  }

  /** W^{(t)}, b^{(t)}: a parameter without indices, as step t uses it. */
  #stepOf(x: Expr, integers: Integers): Place | undefined {
    const { subject, text } = this.context;
    if (x.kind !== 'sub' && (x.kind !== 'sup' || x.bracket === undefined)) return undefined;
    const reference = referenceOf(x.of, integers, subject.indexCount);
    const id = reference && subject.find(reference);
    const step = integerOf(x.kind === 'sup' ? x.exponent : x.index, integers);
    if (id === undefined || step === undefined || subject.graph.node(id).op !== 'parameter') return undefined;
    const { shape } = subject.graph.node(id);
    if (x.kind === 'sub' && shape.length < 2) return undefined; // an element
    return { id, shape, element: undefined, label: text.slice(x.span.start, x.span.end), step };
  }

  /** ∂of/∂W^{(t)}: by way of the variables of step t that W is used in. */
  #byStep(of: NodeId, by: NodeId, step: number): Tensor {
    const { all, graph } = this.context.subject;
    const users = all.segments
      .filter(({ from, to }) => from === by && this.context.subject.referenceOf(to)?.indices[0] === step)
      .map(({ to }) => numbers.matmul(this.instance.total(of, to), this.instance.jacobian(all, to, by)));
    const [rows, columns] = [of, by].map((id) => sizeOf(graph.node(id).shape));
    const none: Tensor = { shape: [rows, columns], data: new Float64Array(rows * columns) };
    return users.reduce((sum, part) => numbers.add(sum, part), none);
  }

  /** Whether the derivative is taken through every path, or with the other variables held fixed. */
  isTotal(x: Of<'derivative'>, of: Place): boolean {
    const { left, isMixed } = this.context;
    const { reading } = this;
    if (x.mark === 'partial+') return reading.plus === 'total';
    if (x === left && x.mark !== 'nabla') return reading.left === 'total' || this.#isLoss(of);
    if (x.mark === 'nabla') return true;
    if (isMixed) return x.mark === 'd' || this.#isLoss(of);
    return reading.factors === 'total' || this.#isLoss(of);
  }

  /** ∂⁺ says that it is immediate: without a direct way it is 0, where a mere ∂H_3/∂H_1 is the sum over the paths. */
  isStrict(x: Of<'derivative'>): boolean {
    return x.mark === 'partial+' && this.reading.plus === 'immediate';
  }

  #isLoss({ id }: Place): boolean {
    return id !== undefined && this.context.subject.losses.has(id);
  }

  #derivative(x: Of<'derivative'>, integers: Integers): Value<Tensor> {
    const inner = this.#chained(x, integers);
    if (inner !== undefined) return inner;
    const isPadded = this.reading.outside === 'zero' && (isShifted(x.of) || isShifted(x.by));
    try {
      return this.#slopeBetween(x, integers);
    } catch (error) {
      if (isPadded && error instanceof OutOfRange) return this.m.number(0);
      throw error;
    }
  }

  /** ∂ log p_i/∂z_j = log′(p_i) ∂p_i/∂z_j, for functions of numbers. */
  #chained(x: Of<'derivative'>, integers: Integers): Value<Tensor> | undefined {
    const { of } = x;
    if (of.kind === 'bracket') {
      const isFunction = of.of.kind === 'call';
      return isFunction ? this.#chained({ ...x, of: of.of }, integers) : undefined;
    }
    const name = of.kind === 'call' ? plainName(of.fn) : undefined;
    if (of.kind !== 'call' || name === undefined || of.args.length !== 1 || x.order !== 1) return undefined;
    const arg = this.m.plain(this.value(of.args[0], integers));
    const factor = arg.shape.length === 0 ? slope(this.m, functionName(name), arg) : undefined;
    if (factor === undefined) return undefined;
    const inner = { ...x, of: of.args[0] };
    const left = this.context.left === x ? inner : this.context.left;
    const evaluator = new Evaluator({ ...this.context, left }, this.instance, this.reading, this.#invented);
    const rest = evaluator.value(inner, integers);
    this.touched ||= evaluator.touched;
    this.beyond ||= evaluator.beyond;
    return this.m.matrixProduct(factor, rest);
  }

  #slopeBetween(x: Of<'derivative'>, integers: Integers): Value<Tensor> {
    const { text, left, subject } = this.context;
    if (x.order !== 1) throw new Unsupported('second derivatives are not judged', text, x.span);
    const of = this.place(x.of, integers);
    const by = this.place(x.by, integers);
    if (of.id === undefined || by.id === undefined) {
      this.beyond = true;
      const rows = sizeOf(of.shape);
      const columns = sizeOf(by.shape);
      if (of.id !== undefined && this.#isLoss(of)) {
        return this.m.jacobian(
          { shape: [rows, columns], data: new Float64Array(rows * columns) },
          of.shape,
          by.shape,
        );
      }
      const made = this.#made([rows, columns], `${of.label} ${by.label}`);
      return this.m.jacobian(made.v, of.shape, by.shape);
    }
    if (of.step !== undefined) throw new UnknownSymbol(x.of, text, integers);
    if (by.step !== undefined) {
      const matrix = this.#byStep(of.id, by.id, by.step);
      return this.m.jacobian(selected(matrix, of.element, by.element), of.shape, by.shape);
    }
    const feeds = (graph: VariableGraph) => graph.into(of.id!).some(({ from }) => from === by.id);
    // alone on the left nothing says which variables are meant to be held fixed: all that there are
    const kept = x === left && feeds(subject.all) ? subject.all : this.context.kept;
    const isDirect = feeds(kept);
    const isPathSum = of.id === by.id || this.isTotal(x, of) || (!isDirect && !this.isStrict(x));
    const matrix = isPathSum ? this.instance.total(of.id, by.id) : this.instance.jacobian(kept, of.id, by.id);
    const value = this.m.jacobian(selected(matrix, of.element, by.element), of.shape, by.shape);
    return of.isTransposed || by.isTransposed ? this.#turned(x, value, of, by) : value;
  }

  /** ∂a/∂bᵀ is the Jacobian in numerator layout, ∂aᵀ/∂b that in denominator layout; ∂E/∂Wᵀ is (∂E/∂W)ᵀ. */
  #turned(x: Of<'derivative'>, value: Value<Tensor>, of: Place, by: Place): Value<Tensor> {
    const isVector = ({ shape }: Place) => shape.length === 1;
    if (of.shape.length === 0 && by.shape.length <= 2) return this.m.transposed(value);
    if (isVector(of) && isVector(by) && (of.isTransposed ?? false) !== (by.isTransposed ?? false)) {
      const layout = by.isTransposed ? 'numerator' : 'denominator';
      if (layout === this.reading.layout) return value;
      return this.m.transposed(this.m.plain(value));
    }
    throw new Unsupported('a derivative of or by this transpose is not judged', this.context.text, x.span);
  }

  /** σ_t′: the slope of the function that makes H_t. */
  #slopeOf(x: Of<'prime'>, integers: Integers): Value<Tensor> | undefined {
    const symbol = symbolOf(x.of, integers);
    const meaning = symbol && this.reading.meanings.get(`${symbolKey(symbol)}′`);
    if (symbol !== undefined && meaning === undefined && this.#isBare(x.of, symbol, integers)) {
      throw new UnknownSymbol(x.of, this.context.text, integers, '′');
    }
    if (meaning?.kind !== 'slope' || x.count !== 1) return undefined;
    const id = meaning.nodes.get(symbol!.indices.join('.'));
    const { text, subject } = this.context;
    if (id === undefined)
      throw new OutOfRange(`there is no ${text.slice(x.span.start, x.span.end)}`, text, x.span);
    const { op, inputs } = subject.graph.node(id);
    return slope(this.m, op, this.#nodeValue(inputs[0]));
  }

  /** Whether a primed symbol is the name of a function with an index: σ_t′. */
  #isBare(
    x: Expr,
    { name, indices }: { name: string; indices: readonly number[] },
    integers: Integers,
  ): boolean {
    if (indices.length === 0 || referenceOf(x, integers, this.context.subject.indexCount) !== undefined)
      return false;
    return FUNCTION_LETTERS.has(name) || isFunction(functionName(name));
  }

  /** f′(a) where f stands for an activation, and f′ written in terms of the function's value. */
  #call(x: Of<'call'>, integers: Integers): Value<Tensor> | undefined {
    const isPrimed = x.fn.kind === 'prime' && x.fn.count === 1;
    const fn = x.fn.kind === 'prime' ? x.fn.of : x.fn;
    const name = plainName(fn);
    if (name === undefined || x.args.length !== 1) return undefined;
    const meaning = this.reading.meanings.get(`${name}()`);
    const { subject, text } = this.context;
    const isLetter = FUNCTION_LETTERS.has(name) && !isFunction(functionName(name));
    if (meaning === undefined && isLetter && subject.indexCount(name).length === 0)
      throw new UnknownSymbol(fn, text, integers, '()');
    const known = meaning?.kind === 'function' ? meaning.name : name;
    if (isPrimed && (meaning !== undefined || this.reading.prime === 'value')) {
      const arg = this.m.plain(this.value(x.args[0], integers));
      return this.reading.prime === 'value' ? inValue(this.m, known, arg) : slope(this.m, known, arg);
    }
    if (meaning === undefined || isPrimed) return undefined;
    return this.value({ ...x, fn: { kind: 'name', base: known, accents: [], span: fn.span } }, integers);
  }

  /**
   * Π of Jacobians: in the order in which they chain. Of other factors that need not commute the reading says which
   * end is left.
   */
  #chainProduct(x: Of<'big'>, integers: Integers): Value<Tensor> {
    const values = [...this.#each(x, integers)];
    const order = this.#chainOrder(x.body, values) ?? this.reading.order;
    if (order === 'descending') values.reverse();
    return values.reduce<Value<Tensor>>(
      (product, known) => this.m.matrixProduct(product, this.value(x.body, known)),
      this.m.identity(),
    );
  }

  *#each(x: Of<'big'>, integers: Integers): Generator<Integers> {
    let all: Integers[] = [integers];
    for (const { index, values } of this.rangesOf(x, integers)) {
      all = all.flatMap((known) => values.map((value) => new Map(known).set(index, value)));
    }
    for (const known of all) {
      this.#interpreter.count(x.span);
      yield known;
    }
  }

  /** Which neighbours of a Π of derivatives share the variable between them. */
  #chainOrder(body: Expr, values: readonly Integers[]): Reading['order'] | undefined {
    if (values.length < 2) return undefined;
    const derivatives = [...derivativesIn(body)];
    if (derivatives.length === 0) return undefined;
    const [first, last] = [derivatives[0], derivatives[derivatives.length - 1]];
    const at = (part: Expr, known: Integers) => {
      const { id, label } = this.place(part, known);
      return id ?? label;
    };
    const [a, b] = values;
    const [left, right] =
      this.reading.layout === 'numerator' ? (['by', 'of'] as const) : (['of', 'by'] as const);
    if (at(last[left], a) === at(first[right], b)) return 'ascending';
    if (at(last[left], b) === at(first[right], a)) return 'descending';
    return undefined;
  }

  /** FL|_{γ=0}: the same point with γ = 0. */
  #at(x: Of<'at'>, integers: Integers): Value<Tensor> {
    const { subject, text } = this.context;
    const changed = new Map<NodeId, readonly number[]>();
    const sizes = new Map<string, number>();
    const known = new Map(integers);
    for (const condition of x.conditions) {
      const [name, given] = condition.kind === 'relation' ? condition.members : [condition, undefined];
      const reference = referenceOf(name, integers, subject.indexCount);
      const id = reference && subject.find(reference);
      const letter = plainName(name);
      if (given === undefined)
        throw new Unsupported('expected a condition such as γ = 0', text, condition.span);
      const whole = integerOf(given, integers);
      if (id !== undefined && this.instance.leaves.has(id)) {
        const value = this.m.plain(this.value(given, integers));
        const n = sizeOf(subject.graph.node(id).shape);
        const data = [...value.v.data];
        changed.set(id, data.length === 1 ? new Array(n).fill(data[0]) : data);
      } else if (letter !== undefined && whole !== undefined) {
        known.set(letter, whole);
        if (subject.integers.has(letter)) sizes.set(letter, whole);
      } else throw new UnknownSymbol(name, text, integers);
    }
    const key = [...changed, ...sizes].map(([what, v]) => `${what}:${v}`).join(';');
    const point = (this.instance.cache.get(key) as Instance | undefined) ?? this.#changed(changed, sizes);
    this.instance.cache.set(key, point);
    const inner = new Evaluator(
      { ...this.context, subject: point.subject },
      point,
      this.reading,
      this.#invented,
    );
    const value = inner.value(x.of, known);
    this.touched ||= inner.touched;
    this.beyond ||= inner.beyond;
    return value;
  }

  /** The point with other values of leaves, in the model with other numbers for its names. */
  #changed(leaves: ReadonlyMap<NodeId, readonly number[]>, sizes: ReadonlyMap<string, number>): Instance {
    const point = leaves.size === 0 ? this.instance : this.instance.with(leaves);
    const other = this.context.subject.withSizes(sizes);
    return other === undefined ? point : point.in(other);
  }

  /** 1 where i = j; y_i where i = y for a one-hot y. */
  #indicator(condition: Expr, integers: Integers): Value<Tensor> {
    const { text } = this.context;
    if (condition.kind === 'relation' && condition.members.length === 2) {
      const [a, b] = condition.members.map((member) => integerOf(member, integers));
      const same = condition.relations[0] === '=' || condition.relations[0] === '==';
      if (a !== undefined && b !== undefined && (same || condition.relations[0] === '≠')) {
        return this.m.number((a === b) === same ? 1 : 0);
      }
      const place = a ?? b;
      if (same && place !== undefined) {
        const label = this.m.plain(this.value(condition.members[a === undefined ? 0 : 1], integers));
        const at = place - this.reading.base;
        if (label.shape.length === 1 && at >= 0 && at < label.shape[0])
          return this.m.number(label.v.data[at]);
      }
    }
    if (condition.kind === 'relation') return this.#mask(condition, integers);
    throw new Unsupported('this condition is not understood', text, condition.span);
  }

  /** 𝟏[y s < 1], (H > 0): 1 where the numbers compare so, element by element. */
  #mask({ members, relations, span }: Of<'relation'>, integers: Integers): Value<Tensor> {
    const values = members.map((member) => this.m.plain(this.value(member, integers)));
    return relations
      .map((relation, i) => {
        const [sign, isStrict] = COMPARISONS[relation] ?? [];
        if (sign === undefined)
          throw new Unsupported(`${relation} between values is not understood`, this.context.text, span);
        const gap = this.m.scaled(this.m.sum(values[i], values[i + 1], -1), sign); // > 0, or ≥ 0
        const data = Float64Array.from(gap.v.data, (v) => (v > 0 || (v === 0 && !isStrict) ? 1 : 0));
        return this.m.value({ shape: gap.v.shape, data }, gap.standing);
      })
      .reduce((all, holds) => this.m.hadamard(all, holds));
  }
}

/** The sign of a − b for which a relation holds, and whether equality is left out. */
const COMPARISONS: Readonly<Record<string, readonly [1 | -1, boolean]>> = {
  '>': [1, true],
  '≥': [1, false],
  '<': [-1, true],
  '≤': [-1, false],
};

/** Letters that stand for the activation of a step: σ_t′, f_t′. */
const FUNCTION_LETTERS: ReadonlySet<string> = new Set(['f', 'g', 'φ', 'ϕ', 'ψ', 'σ', 'θ', 'act']);

const KNOWN: ReadonlySet<string> = new Set(['𝟏', 'I', 'π', '∞']);

/** Whether places of elements are counted from one another: X_{i+m,j+n}. */
function isShifted(x: Expr): boolean {
  const scripts = x.kind === 'name' ? [] : (scriptedName(x)?.scripts ?? []);
  return scripts.some(({ at }) => {
    const items = at.kind === 'list' ? at.items : [at];
    return items.some((item) => item.kind === 'sum' && new Set(namesIn(item)).size > 1);
  });
}

/** The derivatives of an expression from left to right. */
function* derivativesIn(x: Expr): Generator<Of<'derivative'>> {
  if (x.kind === 'derivative') yield x;
  else for (const part of children(x)) yield* derivativesIn(part);
}

/** A row, a column or an element of a Jacobian. */
function selected(matrix: Tensor, row: number | undefined, column: number | undefined): Tensor {
  const [rows, columns] = matrix.shape;
  if (row === undefined && column === undefined) return matrix;
  const size = [row === undefined ? rows : 1, column === undefined ? columns : 1];
  return numbers.slice(matrix, { begin: [row ?? 0, column ?? 0], size });
}

/** The derivative of a function written in its value. */
function inValue(m: ChainArithmetic, name: string, y: Value<Tensor>): Value<Tensor> | undefined {
  const one = m.number(1);
  switch (name.toLowerCase()) {
    case 'tanh':
      return m.sum(one, m.hadamard(y, y), -1);
    case 'sigmoid':
    case 'σ':
      return m.hadamard(y, m.sum(one, y, -1));
    case 'relu':
      return m.value(numbers.step(y.v), y.standing);
    case 'exp':
      return y;
    default:
      return undefined;
  }
}

/** The letters' values for which the places of a definition are at the given indices. */
function solved(places: readonly Expr[], indices: readonly number[], sizes: Integers): Integers | undefined {
  if (places.length !== indices.length) return undefined;
  const known = new Map(sizes);
  for (let k = 0; k < places.length; k++) {
    const fixed = integerOf(places[k], known);
    if (fixed !== undefined) {
      if (fixed !== indices[k]) return undefined;
      continue;
    }
    const letter = [...namesIn(places[k])].find((name) => !known.has(name));
    if (letter === undefined) return undefined;
    const offset = integerOf(places[k], new Map(known).set(letter, 0));
    if (offset === undefined) return undefined;
    known.set(letter, indices[k] - offset);
    if (integerOf(places[k], known) !== indices[k]) return undefined;
  }
  return known;
}

function* namesIn(x: Expr): Generator<string> {
  const name = plainName(x);
  if (name !== undefined) yield name;
  for (const part of children(x)) yield* namesIn(part);
}
