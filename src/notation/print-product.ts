/** Products → text: factors side by side, in brackets where they would be read as something else. */

import { type Form, operatorSign, spellName } from './spelling.ts';
import { endsOpen, opensBracket, PRODUCT, strengthOf } from './strength.ts';
import { CALLED, FUNCTIONS } from './symbols.ts';
import type { Expr, Of } from './tree.ts';
import type { Writer } from './writer.ts';

export function printProduct(writer: Writer, { factors }: Of<'product'>): string {
  // from the last to the first: whether a factor needs brackets depends on how the next one is written
  const parts: string[] = [];
  for (const [i, { operator, factor }] of [...factors.entries()].reverse()) {
    const next = factors[i + 1];
    const part = factorText(writer, factor, i === 0, next === undefined);
    const joinsBefore =
      operator === 'juxtaposed' && factor.kind === 'number' && factors[i - 1]?.factor.kind === 'number';
    const takesNext = next?.operator === 'juxtaposed' && takesWhatFollows(writer.form, factor, parts[i + 1]);
    parts[i] = joinsBefore || takesNext ? writer.enclosed(part) : part;
  }
  return factors
    .map(({ operator, mode }, i) => {
      if (i === 0) return parts[0];
      const sign = operatorSign(operator, writer.form);
      if (sign !== '') return ` ${sign}${mode === undefined ? '' : `_{${writer.print(mode)}}`} ${parts[i]}`;
      const isName = /^(?:name|sub|sup)$/.test(factors[i - 1].factor.kind);
      return isName && opensBracket(parts[i]) ? parts[i] : ` ${parts[i]}`;
    })
    .join('');
}

function factorText(writer: Writer, x: Expr, isFirst: boolean, isLast: boolean): string {
  const isStroke = x.kind === 'quotient' && strengthOf(x, writer.form) === PRODUCT;
  if (x.kind === 'product' || (isStroke && !isFirst) || (endsOpen(x) && !isLast))
    return writer.enclosed(writer.print(x));
  return writer.within(x, PRODUCT);
}

/** Whether a name would be read as a function, differential or mark of the next factor. */
function takesWhatFollows(form: Form, x: Expr, next: string): boolean {
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
  const isRoman = base.length > 1 && (style === 'roman' || /^\\mathrm/.test(spellName(last, form)));
  const isCalled = CALLED.has(base) || isRoman || base === '𝟏' || (isPrimed && /^[fgφψθ]$/.test(base));
  return isCalled && opensBracket(next);
}
