/** Sums that do not say over what: `Σ E_t`, `sum (ŷ_t − y_t) H_tᵀ` run over the one index that the left side has not. */

import { plainName } from '../model/equations/integers.ts';
import type { Expr, Of } from '../notation/tree.ts';
import { boundNames, freeIndices } from './free-indices.ts';
import { parts } from './rewrite.ts';
import type { Subject } from './subject.ts';

/** A sum over no such index is one over elements. */
export class OpenSums {
  readonly #subject: Subject;
  /** The indices of the left side, and those that another sum runs over. */
  readonly #taken: ReadonlySet<string>;
  /** What was typed as a function: the factors behind its bracket may belong to it. */
  readonly #called = new Set<Expr>();

  constructor([left, ...others]: readonly Expr[], subject: Subject) {
    this.#subject = subject;
    const bound = others
      .flatMap((member) => [...parts(member)])
      .flatMap((x) => (x.kind === 'big' ? boundNames(x) : []));
    this.#taken = new Set([...freeIndices([left], subject, subject.integers), ...bound]);
  }

  /** `Σ E_t`, `Σ Σ a_{tk}`. */
  big(x: Of<'big'> & Expr): Expr {
    if (!isOpen(x)) return x;
    const sums = [x];
    for (let { body } = x; isOpen(body); { body } = body) sums.push(body);
    const letters = this.#openIndices([x.body]);
    if (letters.length !== sums.length) return x;
    const innermost = sums.at(-1)!.body;
    return sums.reduceRight<Expr>(
      (body, sum, i) => ({ ...sum, lower: [letterAt(letters[i], sum)], body }),
      innermost,
    );
  }

  /** `sum E_t`, `sum(E_t)`. */
  call(x: Expr): Expr {
    if (x.kind !== 'call' || plainName(x.fn) !== 'sum' || x.args.length !== 1) return x;
    const [letter, ...others] = this.#openIndices(x.args);
    if (letter === undefined || others.length > 0) return x;
    const { span } = x;
    const sum: Expr = { kind: 'big', op: 'sum', lower: [letterAt(letter, x)], body: x.args[0], span };
    this.#called.add(sum);
    return sum;
  }

  /** `sum (a_t) b_t`: the sum of the products. */
  product(x: Expr): Expr {
    if (x.kind !== 'product') return x;
    const at = x.factors.findIndex(({ factor }) => this.#called.has(factor));
    const sum = at < 0 ? undefined : x.factors[at].factor;
    const behind = x.factors.slice(at + 1);
    if (sum?.kind !== 'big' || behind.length === 0) return x;
    const letters = this.#openIndices([sum.body, ...behind.map(({ factor }) => factor)]);
    if (letters.join() !== plainName(sum.lower[0])) return x;
    const span = { start: sum.span.start, end: x.span.end };
    const [first] = x.factors;
    const body: Expr = { kind: 'product', factors: [{ ...first, factor: sum.body }, ...behind], span };
    const whole: Expr = { ...sum, body, span };
    if (at === 0) return whole;
    return { ...x, factors: [...x.factors.slice(0, at), { ...x.factors[at], factor: whole }] };
  }

  /** The free indices that are not taken. */
  #openIndices(parts: readonly Expr[]): readonly string[] {
    const free = freeIndices(parts, this.#subject, this.#subject.integers);
    return [...free].filter((name) => !this.#taken.has(name));
  }
}

const isOpen = (x: Expr): x is Of<'big'> & Expr =>
  x.kind === 'big' && x.op === 'sum' && x.lower.length === 0 && x.upper === undefined;

const letterAt = (base: string, { span }: Expr): Expr => ({ kind: 'name', base, accents: [], span });
