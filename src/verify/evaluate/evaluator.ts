/** The value of a formula at a point, under a reading. */

import type { NodeId } from '../../graph/graph.ts';
import type { Integers } from '../../model/equations/integers.ts';
import { Interpreter, TooLong } from '../../model/equations/interpret.ts';
import type { Reference } from '../../model/equations/names.ts';
import type { Value } from '../../model/equations/value.ts';
import type { Expr, Of, Span } from '../../notation/tree.ts';
import type { Tensor } from '../../run/eager.ts';
import type { Instance } from '../instance.ts';
import { ChainArithmetic } from '../jacobian.ts';
import type { Reading } from '../reading.ts';
import { Unsupported } from '../symbols.ts';
import { callValue, slopeValue } from './activation.ts';
import { chainProduct } from './chain-product.ts';
import { indicatorValue, maskValue, requireAgreement, valueAt } from './condition.ts';
import { derivativeValue } from './derivative.ts';
import { differentialValue, productWithMark } from './differential.ts';
import { sliceValue } from './element.ts';
import type { Context, DefinedValues, Evaluation, Surroundings } from './evaluation.ts';
import { superscriptValue, symbolValue } from './symbol.ts';
import { symbolBounds } from './symbol-element.ts';
import { likeBehind, madeUpLike, variableValue } from './values.ts';

/** Most parts that are evaluated for one statement: about a second. A count, not a clock: the verdict must not vary. */
const MAX_WORK = 60_000;

export class Evaluator implements Evaluation {
  readonly context: Context;
  readonly instance: Instance;
  readonly reading: Reading;
  readonly m: ChainArithmetic;
  readonly invented: number;
  readonly depth: number;
  readonly defined: DefinedValues;
  touched = false;
  beyond = false;
  readonly #interpreter: Interpreter<Tensor>;

  constructor(context: Context, instance: Instance, reading: Reading, invented = 1, depth = 0) {
    this.context = context;
    this.instance = instance;
    this.reading = reading;
    this.invented = invented;
    this.depth = depth;
    this.defined = definedAt(context, instance, reading, invented);
    const { subject, text } = context;
    const conventions = { asterisk: reading.asterisk, dot: 'elementwise' } as const;
    const { algebra } = context;
    this.m = new ChainArithmetic(reading.layout, conventions, subject.hasImages, algebra, reading.beside);
    this.#interpreter = new Interpreter<Tensor>({
      m: this.m,
      text,
      indexCount: subject.indexCount,
      functions: subject.functions,
      members: subject.members,
      isFirst: subject.isFirst,
      ...(subject.steps.size > 0 ? { steps: subject.steps } : {}),
      elementBase: reading.base,
      lengths: (context.work.lengths ??= new Map()),
      variable: (reference, at) => this.#variable(reference, at),
      bounds: (index, body, integers) => symbolBounds(this, index, body, integers),
      special: (x, integers) => this.#special(x, integers),
      cases: (cases, x) => requireAgreement(this, cases, x),
    });
  }

  value(x: Expr, integers: Integers): Value<Tensor> {
    return this.#interpreter.value(x, integers);
  }

  valueWithin({ context, instance, depth }: Surroundings, x: Expr, integers: Integers): Value<Tensor> {
    const inner = new Evaluator(
      { ...this.context, ...context },
      instance ?? this.instance,
      this.reading,
      this.invented,
      depth ?? this.depth,
    );
    const value = inner.value(x, integers);
    this.touched ||= inner.touched;
    this.beyond ||= inner.beyond;
    return value;
  }

  bindings(x: Of<'big'>, integers: Integers): readonly Integers[] {
    let all: Integers[] = [integers];
    for (const { index, values } of this.#interpreter.rangesOf(x, integers)) {
      all = all.flatMap((known) => values.map((value) => new Map(known).set(index, value)));
    }
    return all;
  }

  count(span: Span): void {
    this.#interpreter.count(span);
  }

  #variable(reference: Reference, at: Expr): Value<Tensor> | undefined {
    const id: NodeId | undefined = this.context.subject.find(reference);
    if (id !== undefined) return variableValue(this, id);
    const like = likeBehind(this, reference, at);
    return like === undefined ? undefined : madeUpLike(this, like);
  }

  /** What means something else in a derivation than in equations; undefined: the interpreter knows it. */
  #special(x: Expr, integers: Integers): Value<Tensor> | undefined {
    const { work, text } = this.context;
    if (++work.parts > MAX_WORK) throw new TooLong('too long to be judged; take it in parts', text, x.span);
    const product = productWithMark(this, x, integers);
    if (product !== undefined) return this.value(product, integers);
    switch (x.kind) {
      case 'derivative':
        return derivativeValue(this, x, integers);
      case 'differential':
        return differentialValue(this, x, integers);
      case 'name':
        return symbolValue(this, x, integers);
      case 'sub':
      case 'index':
        return sliceValue(this, x, integers) ?? symbolValue(this, x, integers);
      case 'sup':
        return superscriptValue(this, x, integers);
      case 'prime':
        return slopeValue(this, x, integers);
      case 'call':
        return callValue(this, x, integers);
      case 'big':
        return x.op === 'prod' && x.lower.length > 0 ? chainProduct(this, x, integers) : undefined;
      case 'at':
        return valueAt(this, x, integers);
      case 'indicator':
        return indicatorValue(this, x.condition, integers);
      case 'relation':
        return maskValue(this, x, integers);
      case 'inner': {
        if (this.reading.angle === 'inner' || x.items.length !== 2) return undefined;
        const [a, b] = x.items.map((item) => this.value(item, integers));
        return this.m.outer(a, b);
      }
      case 'ellipsis':
        throw new Unsupported('what the dots stand for is not certain', text, x.span);
      default:
        return undefined;
    }
  }
}

function definedAt(
  { definitions }: Context,
  instance: Instance,
  reading: Reading,
  invented: number,
): DefinedValues {
  const points = definitions.get(reading) ?? new Map<Instance, Map<number, DefinedValues>>();
  definitions.set(reading, points);
  const found = points.get(instance) ?? new Map<number, DefinedValues>();
  points.set(instance, found);
  const values = found.get(invented) ?? new Map();
  found.set(invented, values);
  return values;
}
