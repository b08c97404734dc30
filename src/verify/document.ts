/** A document: prose with formulas in LaTeX, Markdown or plain text. Finds those that are about a model. */

import { shifted } from '../model/equations/line.ts';
import { halfWidth } from '../notation/lex.ts';
import { definitionsIn, type Macros, writtenOut } from '../notation/macro.ts';
import { parseNotation } from '../notation/parse.ts';
import { NotationError } from '../notation/problem.ts';
import type { Statement } from '../notation/tree.ts';
import { choose } from './document-choice.ts';
import { withoutHtml } from './document-html.ts';
import { formulasOfLines, isMarked } from './document-lines.ts';
import { beginsWithOperator, clean, endsOpen, hasRelation, Mask } from './document-mask.ts';
import { type DeclaredModel, modelText } from './document-model.ts';
import { type Region, regionsOf } from './document-regions.ts';
import type { Subject } from './subject.ts';

export interface Formulas {
  /** The document with blanks for what is no mathematics. The spans of statements are places in it, and in the document. */
  readonly text: string;
  readonly statements: readonly Statement[];
  /** Formulas about derivatives that cannot be read. */
  readonly problems: readonly NotationError[];
  /** With derivatives of nothing in the model. */
  readonly foreign: readonly Statement[];
}

/** $`…`$ */
const GITLAB = /\$`([^`\n]{1,1000})`\$/g;

/** Longest formula that is read. */
const LONGEST = 50_000;

export class MathDocument {
  readonly text: string;
  /**
   * The equations that the document declares a model with, at their places; undefined if it declares none. They are in a
   * fence ```gradpath, or follow `param W: 4x4` and the like in the text, before the first formula about derivatives.
   */
  readonly model: DeclaredModel | undefined;
  readonly #regions: readonly Region[];
  /** The text without definitions of macros and HTML, in characters of the usual width, and as long. */
  readonly #plain: string;
  readonly #macros: Macros;

  constructor(text: string) {
    this.text = text;
    const { macros, spans } = definitionsIn(text);
    const mask = new Mask(withoutHtml(halfWidth(text)).replace(GITLAB, ' $$$1$$ '));
    for (const { start, end } of spans) mask.blank(start, end);
    const plain = mask.slice(0, text.length);
    this.#plain = plain;
    this.#macros = macros;
    this.#regions = regionsOf(plain);
    this.model = modelText(plain, this.#regions, this.#isMarked, () => {
      const mask = new Mask(plain);
      return this.#blocks(mask, new Set()).map(({ start, end, region }) => ({
        start,
        end,
        text: mask.slice(start, end),
        isDelimited: region !== undefined,
      }));
    });
  }

  /** The formulas that are about a model, and those that cannot be read. */
  formulas(subject: Subject): Formulas {
    const names = new Set([...subject.families.values()].map(({ name }) => name));
    const mask = new Mask(this.#plain);
    const statements: Statement[] = [];
    const problems: NotationError[] = [];
    const declared = new Set(this.model?.spans.map(({ start }) => start));
    for (const { start, end } of this.#blocks(mask, names)) {
      if (declared.has(start)) continue;
      if (end - start > LONGEST) {
        const message = `more than ${LONGEST} characters in one formula; take it in parts`;
        problems.push(new NotationError(message, this.text, { start, end }));
        continue;
      }
      const source = mask.slice(start, end);
      const reading = parseNotation(source, { names, macros: this.#macros });
      for (const statement of reading.statements) statements.push(shifted(statement, start));
      for (const { message, span } of reading.problems) {
        if (!this.#isMarked(source) || !source.includes('=') || !mentions(source, names)) continue;
        problems.push(
          new NotationError(message, this.text, { start: start + span.start, end: start + span.end }),
        );
      }
    }
    const { judged, foreign } = choose(statements, subject);
    return { text: mask.slice(0, this.text.length), statements: judged, problems, foreign };
  }

  /** Whether a formula speaks of derivatives, possibly by a macro. */
  readonly #isMarked = (formula: string): boolean =>
    isMarked(writtenOut(formula, this.#macros)?.text ?? formula);

  /** The places of formulas in the order of the document; `mask` is cleaned there. */
  #blocks(mask: Mask, names: ReadonlySet<string>): readonly Block[] {
    const blocks: Block[] = [];
    for (const region of this.#regions) {
      if (region.kind === 'text') {
        for (const { start, end } of formulasOfLines(mask, region, names)) blocks.push({ start, end });
      } else if (region.kind === 'math') {
        clean(mask, region);
        const before = blocks.at(-1);
        if (before?.region !== undefined && goesOn(mask, before, before.region, region)) {
          const sign = operatorBetween(mask.text, before.end, region.start);
          mask.blank(before.end, region.start);
          if (sign !== undefined) mask.put(sign.at, sign.operator);
          before.end = region.end;
          before.region = region;
        } else blocks.push({ start: region.start, end: region.end, region });
      }
    }
    return blocks;
  }
}

interface Block {
  readonly start: number;
  end: number;
  /** The last one of those that it stands in; undefined if it has no delimiters. */
  region?: Region;
}

/** Whether a formula continues the one before: nothing but an operator stands between, or it begins or ends with one. */
function goesOn(mask: Mask, before: Block, last: Region, next: Region): boolean {
  const gap = mask.text.slice(last.outer.end, next.outer.start);
  const between = gap.trim();
  const left = mask.slice(before.start, before.end).trimEnd();
  const right = mask.slice(next.start, next.end).trim();
  // `- $a = b$` on a line of its own is an item of a list
  if (/\n[ \t]*[-+][ \t]+$/.test(gap) && hasRelation(right)) return false;
  if (/^[-+=×−]$/.test(between)) return true;
  if (between !== '') return false;
  if (right === '' || left === '') return false;
  if (endsOpen(left)) return true;
  return beginsWithOperator(right) && (!/^[-−]/.test(right) || !hasRelation(right));
}

/** The operator that stands alone between two formulas. */
function operatorBetween(
  text: string,
  start: number,
  end: number,
): { at: number; operator: string } | undefined {
  const found = /(?:^|\s)([-+=×−])(?:\s|$)/.exec(text.slice(start, end));
  return found === null
    ? undefined
    : { at: start + found.index + found[0].indexOf(found[1]), operator: found[1] };
}

/** Whether a name of the model occurs in a text, by itself or as an index or derivative has it. */
function mentions(text: string, names: ReadonlySet<string>): boolean {
  const words = text.match(/[\p{L}]+/gu) ?? [];
  return words.some((word) => names.has(word) || (word.startsWith('d') && names.has(word.slice(1))));
}
