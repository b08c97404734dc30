/** How names and signs are spelt in each of the three forms. */

import { FUNCTIONS, LETTERS, MARKS, QUALIFIERS, SUBSCRIPTS, SUPERSCRIPTS, WORD_SIGNS } from './symbols.ts';
import type { Accent, Of, ProductOperator, Relation } from './tree.ts';

/** LaTeX, Unicode on one line, or ASCII only. */
export type Form = 'latex' | 'unicode' | 'ascii';

const inverse = (map: ReadonlyMap<string, string>) => new Map([...map].map(([from, to]) => [to, from]));
const WORD_OF = inverse(LETTERS);
const SUBSCRIPT_OF = inverse(SUBSCRIPTS);
const SUPERSCRIPT_OF = inverse(SUPERSCRIPTS);
const MARK_OF = new Map([...MARKS].reverse().map(([mark, accent]) => [accent, mark]));

const OPERATORS: Readonly<Record<ProductOperator, Readonly<Record<Form, string>>>> = {
  juxtaposed: { latex: '', unicode: '', ascii: '' },
  dot: { latex: '\\cdot', unicode: '·', ascii: 'cdot' },
  asterisk: { latex: '*', unicode: '*', ascii: '*' },
  times: { latex: '\\times', unicode: '×', ascii: 'times' },
  hadamard: { latex: '\\odot', unicode: '⊙', ascii: '.*' },
  outer: { latex: '\\otimes', unicode: '⊗', ascii: 'otimes' },
  at: { latex: '@', unicode: '@', ascii: '@' },
  star: { latex: '\\star', unicode: '⋆', ascii: 'star' },
};

export const operatorSign = (operator: ProductOperator, form: Form) => OPERATORS[operator][form];

const RELATION_COMMANDS: Partial<Record<Relation, string>> = {
  '≈': '\\approx',
  '≡': '\\equiv',
  '≜': '\\triangleq',
  '∝': '\\propto',
  '≠': '\\ne',
  '≤': '\\le',
  '≥': '\\ge',
  '←': '\\leftarrow',
  '→': '\\to',
  '∈': '\\in',
  '∼': '\\sim',
};
const PLAIN_RELATIONS: Partial<Record<Relation, string>> = {
  '≠': '!=',
  '≤': '<=',
  '≥': '>=',
  '→': '->',
  '∈': 'in',
};

export function relationSign(relation: Relation, form: Form): string {
  if (form === 'unicode') return relation;
  const plain = form === 'ascii' ? PLAIN_RELATIONS[relation] : undefined;
  return plain ?? RELATION_COMMANDS[relation] ?? relation;
}

const NAME_COMMANDS: Readonly<Record<string, string>> = {
  '⊤': '\\top',
  '𝟏': '\\mathbf{1}',
  '†': '\\dagger',
  ħ: '\\hbar',
  '∅': '\\emptyset',
  '∂': '\\partial',
  '∇': '\\nabla',
};
const FUNCTION_COMMANDS = new Set('tanh exp log ln sin cos tan sinh cosh max min det'.split(' '));

/** A name with its accents. */
export function spellName(name: Of<'name'>, form: Form): string {
  const { base, accents } = name;
  let spelt = spellBase(name, form);
  for (const [i, accent] of accents.entries()) {
    const suffix = accent === 'hat' || accent === 'tilde' || accent === 'bar';
    const isLetter = /^\p{L}$/u.test(base) && base !== 'Σ' && base !== 'Π';
    if (form === 'unicode' && isLetter && i < 2) spelt = `${spelt}${MARK_OF.get(accent)}`.normalize('NFC');
    else if (form !== 'latex' && suffix && /^[\p{L}_]+$/u.test(spelt)) spelt = `${spelt}_${accent}`;
    else spelt = `${accentCommand(accent, base)}{${spelt}}`;
  }
  return spelt;
}

function accentCommand(accent: Accent, base: string): string {
  const isWide = base.length > 1 && (accent === 'hat' || accent === 'tilde');
  return isWide ? `\\wide${accent}` : `\\${accent === 'bar' && base.length > 1 ? 'overline' : accent}`;
}

const isWord = (base: string) => WORD_SIGNS.has(base) || QUALIFIERS.has(base);

function spellBase({ base, style }: Of<'name'>, form: Form): string {
  const word = WORD_OF.get(base);
  const command = NAME_COMMANDS[base] ?? (word === undefined ? undefined : `\\${word}`);
  if (form === 'unicode' && base !== 'Σ' && base !== 'Π' && command !== undefined) return base;
  if (form !== 'latex' && word !== undefined) return word;
  if (command !== undefined) return style === 'bold' && base !== '𝟏' ? `\\boldsymbol{${command}}` : command;
  // letters that would be read as a differential, an index or a sign
  const mustStay = !FUNCTIONS.has(base) && (/^d[A-Za-z]|[A-Za-z][_0-9]/.test(base) || isWord(base));
  if (form !== 'latex' && !mustStay) return base;
  if (FUNCTION_COMMANDS.has(base)) return `\\${base}`;
  if (FUNCTIONS.has(base) && base.length > 1) return `\\operatorname{${base.replace(/_/g, '\\_')}}`;
  if (style === 'roman' || mustStay) return `\\mathrm{${base.replace(/_/g, '\\_')}}`;
  if (style === 'bold') return `\\mathbf{${base}}`;
  return style === 'script' ? `\\mathcal{${base}}` : base;
}

/** The text in subscript or superscript characters; undefined if one of them does not exist. */
export function raised(text: string, kind: 'sub' | 'sup'): string | undefined {
  const signs = kind === 'sub' ? SUBSCRIPT_OF : SUPERSCRIPT_OF;
  const compact = text.replace(/−/g, '-');
  const characters = Array.from(compact, (character) => signs.get(character));
  return characters.every((character) => character !== undefined) ? characters.join('') : undefined;
}
