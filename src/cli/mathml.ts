/** Formulas as MathML, with marks below some of their parts. */

import { operatorSign, spellName } from '../notation/spelling.ts';
import { PRODUCT, strengthOf } from '../notation/strength.ts';
import {
  type DifferentialMark,
  type Expr,
  isTransposeMark,
  type Of,
  type Statement,
} from '../notation/tree.ts';

/** What stands below a part: its class, and the text of its mark. */
export interface Below {
  readonly className: string;
  readonly label: string;
}

export type MarkOf = (x: Expr) => Below | undefined;

/** The statement in pieces between which a line may end: the sides, and the terms of each. */
export function mathPieces({ members, relations, conditions }: Statement, markOf: MarkOf): readonly string[] {
  const writer = new Writer(markOf);
  const pieces = members.flatMap((member, i) => {
    const sign = i === 0 ? '' : between(relations[i - 1]);
    if (member.kind !== 'sum' || markOf(member) !== undefined) return [sign + writer.write(member)];
    return member.terms.map((_, j) => (j === 0 ? sign : '') + writer.term(member, j));
  });
  return [...pieces, ...conditions.map((condition) => operator(',') + writer.write(condition))].map(
    (piece) => `<math display="block">${piece}</math>`,
  );
}

export function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (character) => entities[character]);
}

const tag = (name: string, ...content: readonly string[]) => `<${name}>${content.join('')}</${name}>`;
/** At the head of a piece a relation has space on both sides still. */
const between = (sign: string) => `<mo form="infix">${escaped(sign)}</mo>`;
const operator = (sign: string) => tag('mo', escaped(sign));
const row = (...content: readonly string[]) => (content.length === 1 ? content[0] : tag('mrow', ...content));
const fence = (open: string, content: string, close: string) => row(operator(open), content, operator(close));
const MINUS = operator('−');

class Writer {
  constructor(private readonly markOf: MarkOf) {}

  write(x: Expr): string {
    const text = this.plain(x);
    const below = this.markOf(x);
    if (below === undefined) return text;
    const { className, label } = below;
    return `<munder class="${className}"><mrow class="term">${text}</mrow>${tag('mtext', escaped(label))}</munder>`;
  }

  /** The sign and the text of one term of a sum. */
  term({ terms }: Of<'sum'>, i: number): string {
    const { sign, term } = terms[i];
    const text = this.within(term);
    if (i === 0) return sign === '-' ? row(MINUS, text) : text;
    return row(`<mo form="infix">${sign === '-' ? '−' : '+'}</mo>`, text);
  }

  private plain(x: Expr): string {
    switch (x.kind) {
      case 'number':
        return tag('mn', escaped(x.text));
      case 'name':
        return tag('mi', escaped(spellName(x, 'unicode')));
      case 'sub':
        return tag('msub', this.write(x.of), this.write(x.index));
      case 'sup':
        return this.superscript(x);
      case 'prime':
        return tag('msup', this.write(x.of), operator('′'.repeat(Math.min(x.count, 3))));
      case 'index':
        return row(this.write(x.of), fence('[', this.list(x.items), ']'));
      case 'call':
        return row(this.write(x.fn), fence('(', this.list(x.args), ')'));
      case 'derivative':
        return this.derivative(x);
      case 'differential':
        return row(this.mark(x.mark, x.order), this.write(x.of));
      case 'neg':
        return row(MINUS, this.within(x.of));
      case 'sum':
        return row(...x.terms.map((_, i) => this.term(x, i)));
      case 'product':
        return row(...x.factors.map((factor, i) => this.factor(factor, i === 0)));
      case 'quotient':
        if (x.style === 'elementwise') return row(this.within(x.over), operator('⊘'), this.within(x.under));
        return tag('mfrac', this.write(x.over), this.write(x.under));
      case 'big':
        return this.big(x);
      case 'matrix':
        return fence('[', this.table(x), ']');
      case 'norm':
        return fence('‖', this.write(x.of), '‖');
      case 'abs':
        return fence('|', this.write(x.of), '|');
      case 'inner':
        return fence('⟨', this.list(x.items), '⟩');
      case 'bracket': {
        const [open, close] = { '(': '()', '[': '[]', '{': '{}' }[x.style];
        return fence(open, this.write(x.of), close);
      }
      case 'list':
        return this.list(x.items);
      case 'interval': {
        const next = x.next === undefined ? [] : [operator(','), this.write(x.next)];
        return row(this.write(x.from), ...next, operator('…'), this.write(x.to));
      }
      case 'at':
        return tag('msub', row(this.write(x.of), operator('|')), this.list(x.conditions));
      case 'indicator':
        return row(tag('mi', '𝟏'), fence('[', this.write(x.condition), ']'));
      case 'relation':
        return row(
          ...x.members.flatMap((member, i) => [
            ...(i === 0 ? [] : [operator(x.relations[i - 1])]),
            this.write(member),
          ]),
        );
      case 'ellipsis':
        return operator('…');
      case 'text':
        return tag('mtext', escaped(` ${x.text} `));
    }
  }

  /** In brackets if it binds more weakly than a product. */
  private within(x: Expr): string {
    const text = this.write(x);
    return strengthOf(x, 'latex') < PRODUCT ? fence('(', text, ')') : text;
  }

  private factor(
    { operator: sign, mode, factor }: Of<'product'>['factors'][number],
    isFirst: boolean,
  ): string {
    const text = factor.kind === 'product' ? fence('(', this.write(factor), ')') : this.within(factor);
    if (isFirst) return text;
    const shown = operatorSign(sign, 'unicode');
    if (shown === '') return `<mspace width="0.2em"/>${text}`;
    return (mode === undefined ? operator(shown) : tag('msub', operator(shown), this.write(mode))) + text;
  }

  private superscript({ of, exponent, bracket, elementwise }: Of<'sup'>): string {
    const above = isTransposeMark(exponent) ? operator('⊤') : this.write(exponent);
    const pair = bracket === undefined ? undefined : { '(': '()', '[': '[]', '<': '⟨⟩' }[bracket];
    const framed = pair === undefined ? above : fence(pair[0], above, pair[1]);
    const shown = elementwise ? row(operator('⊙'), framed) : framed;
    if (of.kind === 'sub' && this.markOf(of) === undefined) {
      return tag('msubsup', this.write(of.of), this.write(of.index), shown);
    }
    return tag('msup', this.write(of), shown);
  }

  private derivative({ mark, of, by, order }: Of<'derivative'>): string {
    if (mark === 'nabla') return row(tag('msub', operator('∇'), this.write(by)), this.write(of));
    const power = order === 1 ? this.write(by) : tag('msup', this.write(by), tag('mn', String(order)));
    const below = this.mark(mark === 'partial+' ? 'partial' : mark, 1);
    return tag('mfrac', row(this.mark(mark, order), this.write(of)), row(below, power));
  }

  private mark(mark: DifferentialMark, order: number): string {
    const sign = { partial: '∂', 'partial+': '∂', d: 'd', nabla: '∇', delta: 'δ', Delta: 'Δ' }[mark];
    const text = mark === 'd' ? `<mi mathvariant="normal">${sign}</mi>` : tag('mi', sign);
    if (mark === 'partial+') return tag('msup', text, operator('+'));
    return order === 1 ? text : tag('msup', text, tag('mn', String(order)));
  }

  private big({ op, lower, upper, body }: Of<'big'>): string {
    const sign = operator(op === 'sum' ? '∑' : '∏');
    const below = lower.length === 0 ? undefined : this.list(lower);
    const above = upper === undefined ? undefined : this.write(upper);
    const ranged =
      below !== undefined && above !== undefined
        ? tag('munderover', sign, below, above)
        : below !== undefined
          ? tag('munder', sign, below)
          : above !== undefined
            ? tag('mover', sign, above)
            : sign;
    return row(ranged, this.within(body));
  }

  private table({ rows }: Of<'matrix'>): string {
    const cells = rows.map((cellsOf) => tag('mtr', ...cellsOf.map((cell) => tag('mtd', this.write(cell)))));
    return tag('mtable', ...cells);
  }

  private list(items: readonly Expr[]): string {
    return row(...items.flatMap((item, i) => [...(i === 0 ? [] : [operator(',')]), this.write(item)]));
  }
}
