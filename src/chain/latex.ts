/** Formulas as LaTeX. */

import type { Formula } from './formula.ts';

/** Wraps the LaTeX of a part of the formula, so that a page can tell which part was pointed at. */
export type Annotate = (latex: string, part: Formula) => string;

const plain: Annotate = (latex) => latex;

export function formulaToLatex(formula: Formula, annotate: Annotate = plain): string {
  return annotate(bare(formula, annotate), formula);
}

function bare(formula: Formula, annotate: Annotate): string {
  switch (formula.kind) {
    case 'factor':
      return derivative('\\partial', formula.of, formula.by, formula.isEdge === true ? '^{+}' : '');
    case 'total':
      return derivative('\\mathrm{d}', formula.of, formula.by);
    case 'general':
      return derivative(formula.total ? '\\mathrm{d}' : '\\partial', formula.of, formula.by);
    case 'big': {
      const sign = `\\${formula.op}_{${formula.index}=${formula.from}}^{${formula.to}}`;
      const body = formulaToLatex(formula.body, annotate);
      return formula.op === 'sum' ? `${sign} ${body}` : `\\left(${sign} ${body}\\right)`;
    }
    case 'product':
      if (formula.factors.length === 0) return '1';
      return formula.factors
        .map((part) =>
          part.kind === 'sum'
            ? `\\left(${formulaToLatex(part, annotate)}\\right)`
            : formulaToLatex(part, annotate),
        )
        .join(' ');
    case 'sum':
      return formula.terms.map((term) => formulaToLatex(term, annotate)).join(' + ');
    case 'one':
      return '1';
    case 'zero':
      return '0';
    case 'more':
      return `\\cdots\\;(${formula.terms}\\text{ more})`;
  }
}

/** `\frac{\partial E_3}{\partial W}`; d is `\partial` or `\mathrm{d}`, `mark` stands behind the upper one. */
export function derivative(d: string, of: string, by: string, mark = ''): string {
  return `\\frac{${d}${mark} ${nameToLatex(of)}}{${d} ${nameToLatex(by)}}`;
}

/** `H_10` → `H_{10}`, `loss` → `\mathit{loss}`; anything that LaTeX would take for a command is escaped. */
export function nameToLatex(name: string): string {
  const [base, ...subscripts] = name.split('_');
  const head = base.length === 1 ? escapeLatex(base) : `\\mathit{${escapeLatex(base)}}`;
  if (subscripts.length === 0) return head;
  const subscript = subscripts.map(escapeLatex).join('\\_');
  return /^[A-Za-z0-9]$/.test(subscript) ? `${head}_${subscript}` : `${head}_{${subscript}}`;
}

function escapeLatex(text: string): string {
  return text.replace(/[\\{}$&#^_%~]/g, (c) =>
    c === '\\' ? '\\backslash ' : c === '^' || c === '~' ? `\\text{\\${c}{}}` : `\\${c}`,
  );
}
