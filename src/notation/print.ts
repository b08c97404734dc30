/** Tree → text, in LaTeX, in Unicode on one line, or in ASCII: what is printed is read as the same tree. */

import { type Form, operatorSign, raised, relationSign, spellName } from './spelling.ts';
import {
  ATOM,
  endsOpen,
  FACTOR,
  isAccent,
  isBareMark,
  isSimple,
  opensBracket,
  PRODUCT,
  strengthOf,
} from './strength.ts';
import { CALLED, FUNCTIONS } from './symbols.ts';
import { type DifferentialMark, type Expr, isTransposeMark, type Of, type Statement } from './tree.ts';

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

class Printer {
  constructor(
    private readonly form: Form,
    private readonly around: Around = (text) => text,
  ) {}

  private choose(latex: string, unicode: string, ascii = unicode): string {
    return { latex, unicode, ascii }[this.form];
  }

  print(x: Expr): string {
    return this.around(this.plain(x), x);
  }

  private plain(x: Expr): string {
    switch (x.kind) {
      case 'number':
        return x.text;
      case 'name': {
        const name = spellName(x, this.form);
        return isBareMark(x) ? `{${name}}` : name;
      }
      case 'sub':
        return this.script(x, '_', x.index);
      case 'sup':
        return this.superscript(x);
      case 'prime':
        return `${this.base(x)}${this.choose("'", '′', "'").repeat(x.count)}`;
      case 'index':
        return `${this.base(x)}[${this.items(x.items)}]`;
      case 'call':
        if (x.fn.kind === 'name' && isAccent(x.fn) && x.args.length === 1) {
          return `\\${x.fn.base}{${this.print(x.args[0])}}`;
        }
        return `${this.functionName(x.fn)}${this.enclosed(this.items(x.args))}`;
      case 'derivative':
        return this.derivative(x);
      case 'differential':
        return this.differential(x);
      case 'neg':
        return `${this.minus}${this.within(x.of, PRODUCT)}`;
      case 'sum':
        return this.sum(x);
      case 'product':
        return this.product(x);
      case 'quotient':
        return this.quotient(x);
      case 'big':
        return this.big(x);
      case 'matrix':
        return this.matrix(x);
      case 'norm':
        return this.bars(x.of, this.choose('\\|', '‖', '||'));
      case 'abs':
        return this.bars(x.of, '|');
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
        return this.interval(x);
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

  private get minus(): string {
    return this.choose('-', '−', '-');
  }

  private items(items: readonly Expr[]): string {
    return items.map((item) => this.print(item)).join(', ');
  }

  private enclosed(text: string, style: '(' | '[' | '{' = '('): string {
    const [open, close] = { '(': ['(', ')'], '[': ['[', ']'], '{': ['\\{', '\\}'] }[style];
    return this.form === 'latex' ? `\\left${open}${text}\\right${close}` : `${open}${text}${close}`;
  }

  /** In brackets if it binds more weakly than `strength`. */
  private within(x: Expr, strength: number): string {
    return strengthOf(x, this.form) < strength ? this.enclosed(this.print(x)) : this.print(x);
  }

  /** What scripts stand on. LaTeX takes one subscript and one superscript; a further one needs braces. */
  private base(x: Of<'sub' | 'sup' | 'prime' | 'index'>): string {
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
  private script(x: Of<'sub' | 'sup'>, sign: '_' | '^', index: Expr): string {
    return `${this.base(x)}${this.scriptText(sign, this.print(index), x.of.kind !== x.kind)}`;
  }

  /** Subscript characters join to one index, so that the second of two indices is written otherwise. */
  private scriptText(sign: '_' | '^', spaced: string, mayRaise = true): string {
    const text = spaced.includes('_') ? spaced : spaced.replace(/ ([-+−=]) /g, '$1');
    if (this.form === 'unicode' && mayRaise) {
      const characters = raised(text, sign === '_' ? 'sub' : 'sup');
      if (characters !== undefined) return characters;
    }
    const isShort = /^(?:[A-Za-z0-9]|\\[a-zA-Z]+)$/.test(text);
    return isShort ? `${sign}${text}` : `${sign}{${text}}`;
  }

  private superscript(x: Of<'sup'>): string {
    const { exponent, bracket, of } = x;
    if (x.elementwise) {
      const text = this.print(exponent);
      return this.choose(`${this.base(x)}^{\\circ ${text}}`, `${this.base(x)}.^{${text}}`);
    }
    if (bracket !== undefined) {
      const text = this.print(exponent);
      const angles = this.choose(`\\langle ${text}\\rangle`, `<${text}>`);
      return `${this.base(x)}${this.scriptText('^', { '(': `(${text})`, '[': `[${text}]`, '<': angles }[bracket], of.kind !== 'sup')}`;
    }
    if (exponent.kind === 'name' && exponent.base === '⊤' && this.form !== 'latex') {
      return `${this.base(x)}${this.choose('', of.kind === 'sup' ? '^⊤' : 'ᵀ', '.T')}`;
    }
    return this.script(x, '^', exponent);
  }

  private functionName(fn: Expr): string {
    const text = this.within(fn, ATOM);
    return fn.kind === 'bracket' ? `{${text}}` : text;
  }

  private sum({ terms }: Of<'sum'>): string {
    return terms
      .map(({ sign, term }, i) => {
        const text = this.within(term, PRODUCT);
        if (i === 0) return sign === '-' ? `${this.minus}${text}` : text;
        return ` ${sign === '-' ? this.minus : '+'} ${text}`;
      })
      .join('');
  }

  private product({ factors }: Of<'product'>): string {
    // from the last to the first: whether a factor needs brackets depends on how the next one is written
    const parts: string[] = [];
    for (const [i, { operator, factor }] of [...factors.entries()].reverse()) {
      const next = factors[i + 1];
      const part = this.factor(factor, i === 0, next === undefined);
      const joinsBefore =
        operator === 'juxtaposed' && factor.kind === 'number' && factors[i - 1]?.factor.kind === 'number';
      const takesNext = next?.operator === 'juxtaposed' && this.takesWhatFollows(factor, parts[i + 1]);
      parts[i] = joinsBefore || takesNext ? this.enclosed(part) : part;
    }
    return factors
      .map(({ operator, mode }, i) => {
        if (i === 0) return parts[0];
        const sign = operatorSign(operator, this.form);
        if (sign !== '') return ` ${sign}${mode === undefined ? '' : `_{${this.print(mode)}}`} ${parts[i]}`;
        const isName = /^(?:name|sub|sup)$/.test(factors[i - 1].factor.kind);
        return isName && opensBracket(parts[i]) ? parts[i] : ` ${parts[i]}`;
      })
      .join('');
  }

  private factor(x: Expr, isFirst: boolean, isLast: boolean): string {
    const isStroke = x.kind === 'quotient' && strengthOf(x, this.form) === PRODUCT;
    if (x.kind === 'product' || (isStroke && !isFirst) || (endsOpen(x) && !isLast))
      return this.enclosed(this.print(x));
    return this.within(x, PRODUCT);
  }

  /** Whether a name would be read as a function, differential or mark of the next factor. */
  private takesWhatFollows(x: Expr, next: string): boolean {
    let last: Expr = x;
    let isPrimed = false;
    let isIndexed = false;
    while (
      last.kind === 'derivative' ||
      last.kind === 'differential' ||
      last.kind === 'sub' ||
      last.kind === 'sup' ||
      last.kind === 'prime'
    ) {
      isPrimed ||= last.kind === 'prime';
      isIndexed ||= last.kind === 'sub' || last.kind === 'sup' || last.kind === 'prime';
      last = last.kind === 'derivative' ? last.by : last.of;
    }
    if (last.kind !== 'name') return false;
    const { base, style } = last;
    if (FUNCTIONS.has(base) || /^[∂∇]$/.test(base) || (!isIndexed && /^[dδΔ]$/.test(base))) return true;
    const isRoman = base.length > 1 && (style === 'roman' || /^\\mathrm/.test(spellName(last, this.form)));
    const isCalled = CALLED.has(base) || isRoman || base === '𝟏' || (isPrimed && /^[fgφψθ]$/.test(base));
    return isCalled && opensBracket(next);
  }

  private quotient({ style, over, under }: Of<'quotient'>): string {
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

  private big({ op, lower, upper, body }: Of<'big'>): string {
    const isBare = lower.length === 0 && upper === undefined;
    const word = op === 'sum' ? this.choose('\\sum', 'Σ', 'sum') : this.choose('\\prod', 'Π', 'prod');
    const sign = isBare && this.form === 'ascii' ? `\\${word}` : word;
    const below = lower.length === 0 ? '' : this.scriptText('_', this.items(lower));
    const above = upper === undefined ? '' : this.scriptText('^', this.print(upper));
    return `${sign}${below}${above} ${this.within(body, PRODUCT)}`;
  }

  private matrix({ rows, style }: Of<'matrix'>): string {
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

  private bars(of: Expr, bar: string): string {
    const text = this.print(of);
    const safe = /[|‖]/.test(text) ? this.enclosed(text) : text;
    return this.form === 'latex' ? `\\left${bar}${safe}\\right${bar}` : `${bar}${safe}${bar}`;
  }

  private interval({ from, next, to }: Of<'interval'>): string {
    const dots = this.choose('\\ldots', '…', '...');
    if (next !== undefined) return `${this.print(from)}, ${this.print(next)}, ${dots}, ${this.print(to)}`;
    return `${this.print(from)}..${this.print(to)}`;
  }

  private derivative({ mark, of, by, order }: Of<'derivative'>): string {
    if (mark === 'nabla')
      return `${this.choose('\\nabla', '∇', 'nabla')}_{${this.print(by)}} ${this.marked(of)}`;
    const above = this.mark(mark, order);
    const below = this.mark(mark === 'partial+' ? 'partial' : mark, 1);
    const power = order === 1 ? '' : this.scriptText('^', String(order));
    if (this.form === 'latex')
      return `\\frac{${above} ${this.marked(of)}}{${below} ${this.marked(by)}${power}}`;
    return `${above}${this.gap(above, of)}${this.marked(of)}/${below}${this.gap(below, by)}${this.marked(by)}${power}`;
  }

  private differential({ mark, of, order, word }: Of<'differential'>): string {
    const isItalic = word !== undefined && mark === 'd' && this.form === 'latex';
    const sign = isItalic ? this.scriptedMark('d', order) : this.mark(mark, order);
    const isBracketed = mark === 'd' && !isSimple(of);
    if (isBracketed) return `\\mathrm{d}${this.orderText(order)}${this.marked(of)}`;
    return `${sign}${this.form === 'latex' && !isItalic ? ' ' : this.gap(sign, of)}${this.marked(of)}`;
  }

  private mark(mark: DifferentialMark, order: number): string {
    if (mark === 'delta') return this.choose('\\delta', 'δ', 'delta');
    if (mark === 'Delta') return this.choose('\\Delta', 'Δ', 'Delta');
    if (mark === 'd') return this.scriptedMark(this.choose('\\mathrm{d}', 'd'), order);
    if (mark === 'nabla') return this.choose('\\nabla', '∇', 'nabla');
    if (mark === 'partial+') return this.choose('\\partial^{+}', '∂⁺', 'partial+');
    return this.scriptedMark(this.choose('\\partial', '∂', 'partial'), order);
  }

  private scriptedMark(sign: string, order: number): string {
    return `${sign}${this.orderText(order)}`;
  }

  private orderText(order: number): string {
    return order === 1 ? '' : this.scriptText('^', String(order));
  }

  /** A blank between mark and operand where they would run together: `d delta`, `partial E`. */
  private gap(mark: string, of: Expr): string {
    const text = this.marked(of);
    if (!/^[A-Za-z\\]/.test(text)) return /^\d/.test(text) ? ' ' : '';
    if (mark !== 'd') return /[A-Za-z0-9+}]$/.test(mark) ? ' ' : '';
    const [word] = /^[A-Za-z]*/.exec(text)!;
    const isSafe = word !== '' && !FUNCTIONS.has(`d${word}`) && !/^(?:elta|[A-Za-z]*\d)/.test(word);
    const isPlainName = this.nameAtHead(of);
    return isSafe && isPlainName ? '' : ' ';
  }

  /** Whether an operand begins with a name in plain letters, so that `d` may be glued to it. */
  private nameAtHead(of: Expr): boolean {
    let head = of;
    while (head.kind === 'sub' || head.kind === 'sup' || head.kind === 'index') head = head.of;
    return head.kind === 'name' && /^[A-Za-z]+$/.test(head.base) && head.style !== 'roman';
  }

  /** The operand of a mark: a name with its indices, or in brackets. */
  private marked(of: Expr): string {
    return isSimple(of) || of.kind === 'bracket' ? this.print(of) : this.enclosed(this.print(of));
  }
}
