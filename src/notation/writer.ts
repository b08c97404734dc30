/** What every part of a text is written with: spelling, brackets, lists and scripts. */

import { type Form, raised } from './spelling.ts';
import { strengthOf } from './strength.ts';
import type { Expr } from './tree.ts';

export abstract class Writer {
  readonly form: Form;

  constructor(form: Form) {
    this.form = form;
  }

  /** The text of a part. */
  abstract print(x: Expr): string;

  choose(latex: string, unicode: string, ascii = unicode): string {
    return { latex, unicode, ascii }[this.form];
  }

  get minus(): string {
    return this.choose('-', '−', '-');
  }

  items(items: readonly Expr[]): string {
    return items.map((item) => this.print(item)).join(', ');
  }

  enclosed(text: string, style: '(' | '[' | '{' = '('): string {
    const [open, close] = { '(': ['(', ')'], '[': ['[', ']'], '{': ['\\{', '\\}'] }[style];
    return this.form === 'latex' ? `\\left${open}${text}\\right${close}` : `${open}${text}${close}`;
  }

  /** In brackets if it binds more weakly than `strength`. */
  within(x: Expr, strength: number): string {
    return strengthOf(x, this.form) < strength ? this.enclosed(this.print(x)) : this.print(x);
  }

  /** Subscript characters join to one index, so that the second of two indices is written otherwise. */
  scriptText(sign: '_' | '^', spaced: string, mayRaise = true): string {
    const text = spaced.includes('_') ? spaced : spaced.replace(/ ([-+−=]) /g, '$1');
    if (this.form === 'unicode' && mayRaise) {
      const characters = raised(text, sign === '_' ? 'sub' : 'sup');
      if (characters !== undefined) return characters;
    }
    const isShort = /^(?:[A-Za-z0-9]|\\[a-zA-Z]+)$/.test(text);
    return isShort ? `${sign}${text}` : `${sign}{${text}}`;
  }
}
