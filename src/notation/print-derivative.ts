/** Derivatives and differentials → text: ∂E/∂W, ∇_W E, dh, δ². */

import { isSimple } from './strength.ts';
import { FUNCTIONS } from './symbols.ts';
import type { DifferentialMark, Expr, Of } from './tree.ts';
import type { Writer } from './writer.ts';

export function printDerivative(writer: Writer, { mark, of, by, order }: Of<'derivative'>): string {
  if (mark === 'nabla')
    return `${withOrder(writer, writer.choose('\\nabla', '∇', 'nabla'), order)}_{${writer.print(by)}} ${marked(writer, of)}`;
  const above = signOf(writer, mark, order);
  const below = signOf(writer, mark === 'partial+' ? 'partial' : mark, 1);
  const operand = marked(writer, of);
  const variable = withOrder(writer, marked(writer, by), order);
  if (writer.form === 'latex') return `\\frac{${above} ${operand}}{${below} ${variable}}`;
  return `${above}${gap(writer, above, of)}${operand}/${below}${gap(writer, below, by)}${variable}`;
}

export function printDifferential(writer: Writer, { mark, of, order, word }: Of<'differential'>): string {
  const isItalic = word !== undefined && mark === 'd' && writer.form === 'latex';
  const sign = isItalic ? withOrder(writer, 'd', order) : signOf(writer, mark, order);
  const isBracketed = mark === 'd' && !isSimple(of);
  if (isBracketed) return `${withOrder(writer, '\\mathrm{d}', order)}${marked(writer, of)}`;
  return `${sign}${writer.form === 'latex' && !isItalic ? ' ' : gap(writer, sign, of)}${marked(writer, of)}`;
}

function signOf(writer: Writer, mark: DifferentialMark, order: number): string {
  if (mark === 'delta') return writer.choose('\\delta', 'δ', 'delta');
  if (mark === 'Delta') return writer.choose('\\Delta', 'Δ', 'Delta');
  if (mark === 'd') return withOrder(writer, writer.choose('\\mathrm{d}', 'd'), order);
  if (mark === 'nabla') return withOrder(writer, writer.choose('\\nabla', '∇', 'nabla'), order);
  if (mark === 'partial+') return writer.choose('\\partial^{+}', '∂⁺', 'partial+');
  return withOrder(writer, writer.choose('\\partial', '∂', 'partial'), order);
}

/** `∂²` of the second order. */
function withOrder(writer: Writer, sign: string, order: number): string {
  return order === 1 ? sign : `${sign}${writer.scriptText('^', String(order))}`;
}

/** A blank between mark and operand where they would run together: `d delta`, `partial E`. */
function gap(writer: Writer, mark: string, of: Expr): string {
  const text = marked(writer, of);
  if (!/^[A-Za-z\\]/.test(text)) return /^\d/.test(text) ? ' ' : '';
  if (mark !== 'd') return /[A-Za-z0-9+}]$/.test(mark) ? ' ' : '';
  const [word] = /^[A-Za-z]*/.exec(text)!;
  const isSafe = word !== '' && !FUNCTIONS.has(`d${word}`) && !/^(?:elta|[A-Za-z]*\d)/.test(word);
  const isPlainName = nameAtHead(of);
  return isSafe && isPlainName ? '' : ' ';
}

/** Whether an operand begins with a name in plain letters, so that `d` may be glued to it. */
function nameAtHead(of: Expr): boolean {
  let head = of;
  while (head.kind === 'sub' || head.kind === 'sup' || head.kind === 'index') head = head.of;
  return head.kind === 'name' && /^[A-Za-z]+$/.test(head.base) && head.style !== 'roman';
}

/** The operand of a mark: a name with its indices, or in brackets. */
function marked(writer: Writer, of: Expr): string {
  return isSimple(of) || of.kind === 'bracket' ? writer.print(of) : writer.enclosed(writer.print(of));
}
