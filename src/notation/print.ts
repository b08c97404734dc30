/** Tree → text, in LaTeX, in Unicode on one line, or in ASCII: what is printed is read as the same tree. */

import { printDerivative, printDifferential } from './print-derivative.ts';
import { printProduct } from './print-product.ts';
import { type Form, relationSign, spellName } from './spelling.ts';
import { ATOM, endsOpen, FACTOR, isAccent, isBareMark, PRODUCT } from './strength.ts';
import { type Expr, isTransposeMark, type Of, type Statement } from './tree.ts';
import { Writer } from './writer.ts';

/**
 * The text of an expression. Reading it gives the same tree, up to places, typography and redundant brackets, if the
 * reader is told the same functions.
 */
export function print(x: Expr, form: Form): string {
  return new Printer(form).print(x);
}

export type Around = (text: string, x: Expr) => string;

/** `around` may wrap the text of each part, to link it to its place. */
export function printStatement(
  { members, relations, conditions }: Statement,
  form: Form,
  around?: Around,
): string {
  const printer = new Printer(form, around);
  const chain = members
    .map(
      (member, i) => `${i === 0 ? '' : ` ${relationSign(relations[i - 1], form)} `}${printer.print(member)}`,
    )
    .join('');
  return [chain, ...conditions.map((condition) => printer.print(condition))].join(', ');
}

class Printer extends Writer {
  readonly #around: Around;

  constructor(form: Form, around: Around = (text) => text) {
    super(form);
    this.#around = around;
  }

  override print(x: Expr): string {
    return this.#around(this.#plain(x), x);
  }

  #plain(x: Expr): string {
    switch (x.kind) {
      case 'number':
        return x.text;
      case 'name': {
        const name = spellName(x, this.form);
        return isBareMark(x) ? `{${name}}` : name;
      }
      case 'sub':
        return this.#script(x, '_', x.index);
      case 'sup':
        return this.#superscript(x);
      case 'prime':
        return `${this.#base(x)}${this.choose("'", '′', "'").repeat(x.count)}`;
      case 'index':
        return `${this.#base(x)}[${this.items(x.items)}]`;
      case 'call':
        if (x.fn.kind === 'name' && isAccent(x.fn) && x.args.length === 1) {
          return `\\${x.fn.base}{${this.print(x.args[0])}}`;
        }
        return `${this.#functionName(x.fn)}${this.enclosed(this.items(x.args))}`;
      case 'derivative':
        return printDerivative(this, x);
      case 'differential':
        return printDifferential(this, x);
      case 'neg':
        return `${this.minus}${this.within(x.of, PRODUCT)}`;
      case 'sum':
        return this.#sum(x);
      case 'product':
        return printProduct(this, x);
      case 'quotient':
        return this.#quotient(x);
      case 'big':
        return this.#big(x);
      case 'matrix':
        return this.#matrix(x);
      case 'norm':
        return this.#bars(x.of, this.choose('\\|', '‖', '||'));
      case 'abs':
        return this.#bars(x.of, '|');
      case 'inner':
        return this.choose(
          `\\left\\langle ${this.items(x.items)}\\right\\rangle`,
          `⟨${this.items(x.items)}⟩`,
          `(<${this.items(x.items)}>)`,
        );
      case 'bracket':
        return this.enclosed(this.print(x.of), x.style);
      case 'list':
        return this.items(x.items);
      case 'interval':
        return this.#interval(x);
      case 'at': {
        const conditions = this.items(x.conditions);
        const of = this.within(x.of, FACTOR);
        return this.choose(`\\left.${of}\\right|_{${conditions}}`, `${of}|_{${conditions}}`);
      }
      case 'indicator': {
        const condition = this.print(x.condition);
        return this.choose(`\\mathbf{1}_{${condition}}`, `𝟏[${condition}]`, `1[${condition}]`);
      }
      case 'relation':
        return x.members
          .map(
            (member, i) =>
              `${i === 0 ? '' : ` ${relationSign(x.relations[i - 1], this.form)} `}${this.print(member)}`,
          )
          .join('');
      case 'ellipsis':
        return this.choose('\\cdots', '…', '...');
      case 'text':
        return `\\text{${x.text}}`;
    }
  }

  /** What scripts stand on. LaTeX takes one subscript and one superscript; a further one needs braces. */
  #base(x: Of<'sub' | 'sup' | 'prime' | 'index'>): string {
    const { of } = x;
    const isPower =
      x.kind === 'prime' ||
      (x.kind === 'sup' && (isTransposeMark(x.exponent) || x.exponent.kind === 'number'));
    if (of.kind === 'differential' && isPower) return this.print(of);
    if (this.form === 'latex' && x.kind !== 'index') {
      const place = x.kind === 'sub' ? ['sub'] : ['sup', 'prime'];
      for (let inner = of; 'of' in inner && /^(?:sub|sup|prime)$/.test(inner.kind); inner = inner.of) {
        if (place.includes(inner.kind)) return `{${this.print(of)}}`;
      }
    }
    const isMark = of.kind === 'name' && /^[d∂∇δΔ]$/.test(of.base) && x.kind === 'sup';
    return isMark ? `{${this.print(of)}}` : this.within(of, ATOM);
  }

  /** `_t`, `^2`, `_{t-1}`, `ₜ₋₁`. */
  #script(x: Of<'sub' | 'sup'>, sign: '_' | '^', index: Expr): string {
    return `${this.#base(x)}${this.scriptText(sign, this.print(index), x.of.kind !== x.kind)}`;
  }

  #superscript(x: Of<'sup'>): string {
    const { exponent, bracket, of } = x;
    if (x.elementwise) {
      const text = this.print(exponent);
      return this.choose(`${this.#base(x)}^{\\circ ${text}}`, `${this.#base(x)}.^{${text}}`);
    }
    if (bracket !== undefined) {
      const text = this.print(exponent);
      const angles = this.choose(`\\langle ${text}\\rangle`, `<${text}>`);
      return `${this.#base(x)}${this.scriptText('^', { '(': `(${text})`, '[': `[${text}]`, '<': angles }[bracket], of.kind !== 'sup')}`;
    }
    if (exponent.kind === 'name' && exponent.base === '⊤' && this.form !== 'latex') {
      return `${this.#base(x)}${this.choose('', of.kind === 'sup' ? '^⊤' : 'ᵀ', '.T')}`;
    }
    return this.#script(x, '^', exponent);
  }

  #functionName(fn: Expr): string {
    const text = this.within(fn, ATOM);
    return fn.kind === 'bracket' ? `{${text}}` : text;
  }

  #sum({ terms }: Of<'sum'>): string {
    return terms
      .map(({ sign, term }, i) => {
        const text = this.within(term, PRODUCT);
        if (i === 0) return sign === '-' ? `${this.minus}${text}` : text;
        return ` ${sign === '-' ? this.minus : '+'} ${text}`;
      })
      .join('');
  }

  #quotient({ style, over, under }: Of<'quotient'>): string {
    // a product with a differential would be read as the numerator of a derivative
    const isMarked =
      over.kind === 'product' && over.factors.some(({ factor }) => factor.kind === 'differential');
    if (this.form === 'latex' && style !== 'elementwise') {
      const above = isMarked ? this.enclosed(this.print(over)) : this.print(over);
      return `\\frac{${above}}{${this.print(under)}}`;
    }
    const sign = style === 'elementwise' ? this.choose(' \\oslash ', ' ⊘ ', ' ./ ') : '/';
    const above = endsOpen(over) || isMarked ? this.enclosed(this.print(over)) : this.within(over, PRODUCT);
    return `${above}${sign}${this.within(under, FACTOR)}`;
  }

  #big({ op, lower, upper, body }: Of<'big'>): string {
    const isBare = lower.length === 0 && upper === undefined;
    const word = op === 'sum' ? this.choose('\\sum', 'Σ', 'sum') : this.choose('\\prod', 'Π', 'prod');
    const sign = isBare && this.form === 'ascii' ? `\\${word}` : word;
    const below = lower.length === 0 ? '' : this.scriptText('_', this.items(lower));
    const above = upper === undefined ? '' : this.scriptText('^', this.print(upper));
    return `${sign}${below}${above} ${this.within(body, PRODUCT)}`;
  }

  #matrix({ rows, style }: Of<'matrix'>): string {
    const isPlain = rows.flat().every(({ kind }) => !/^(?:text|list|matrix|bracket|interval)$/.test(kind));
    const isSingle = rows.length === 1 && rows[0].length === 1;
    if (this.form !== 'latex' && isPlain && !isSingle)
      return `[${rows.map((row) => this.items(row)).join('; ')}]`;
    const environment = style === '[' || style === 'array' ? 'bmatrix' : style;
    const cells = rows.map((row) =>
      row.map((cell) => this.print(cell).replace(/^\\text\{\}$/, '')).join(' & '),
    );
    return `\\begin{${environment}} ${cells.join(' \\\\ ')} \\end{${environment}}`;
  }

  #bars(of: Expr, bar: string): string {
    const text = this.print(of);
    const safe = /[|‖]/.test(text) ? this.enclosed(text) : text;
    return this.form === 'latex' ? `\\left${bar}${safe}\\right${bar}` : `${bar}${safe}${bar}`;
  }

  #interval({ from, next, to }: Of<'interval'>): string {
    const dots = this.choose('\\ldots', '…', '...');
    if (next !== undefined) return `${this.print(from)}, ${this.print(next)}, ${dots}, ${this.print(to)}`;
    return `${this.print(from)}..${this.print(to)}`;
  }
}
