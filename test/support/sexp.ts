/** Expression trees in a short form for tests: `(+ (_ h t) -(⊤ W))`. Spans, brackets and typography are left out. */

import type { Expr, ProductOperator, Statement } from '../../src/notation/tree.ts';

const OPERATOR: Record<ProductOperator, string> = {
  juxtaposed: '',
  dot: '· ',
  asterisk: '* ',
  times: '× ',
  hadamard: '⊙ ',
  outer: '⊗ ',
  at: '@ ',
  star: '⋆ ',
};
const MARK = { partial: '∂', 'partial+': '∂+', d: 'd', nabla: '∇', delta: 'δ', Delta: 'Δ' } as const;

/** `(∂ E W)` is ∂E/∂W, `(^ W ⊤)` Wᵀ, `(d: W)` dW, `-x` a negative term, `(* a ⊙ b)` a product with its operators. */
export function sexp(x: Expr): string {
  const all = (items: readonly Expr[]) => items.map(sexp).join(' ');
  switch (x.kind) {
    case 'number':
      return x.text;
    case 'name':
      return x.accents.reduce((base, accent) => `${accent}.${base}`, x.base);
    case 'ellipsis':
      return '…';
    case 'text':
      return `“${x.text}”`;
    case 'sub':
      return `(_ ${sexp(x.of)} ${sexp(x.index)})`;
    case 'sup':
      return `(${x.elementwise ? '.' : ''}^${x.bracket ?? ''} ${sexp(x.of)} ${sexp(x.exponent)})`;
    case 'prime':
      return `(${"'".repeat(x.count)} ${sexp(x.of)})`;
    case 'index':
      return `([] ${sexp(x.of)} ${all(x.items)})`;
    case 'call':
      return `(call ${sexp(x.fn)}${x.args.map((arg) => ` ${sexp(arg)}`).join('')})`;
    case 'derivative':
      return `(${MARK[x.mark]}${x.order === 1 ? '' : x.order} ${sexp(x.of)} ${sexp(x.by)})`;
    case 'differential':
      return `(${MARK[x.mark]}${x.order === 1 ? '' : x.order}: ${sexp(x.of)})`;
    case 'neg':
      return `-${sexp(x.of)}`;
    case 'sum':
      return `(+ ${x.terms.map(({ sign, term }) => (sign === '-' ? '-' : '') + sexp(term)).join(' ')})`;
    case 'product':
      return `(* ${x.factors
        .map(({ operator, mode, factor }) => {
          const scripted =
            mode === undefined ? OPERATOR[operator] : `${OPERATOR[operator].trim()}_${sexp(mode)} `;
          return scripted + sexp(factor);
        })
        .join(' ')})`;
    case 'quotient':
      return `(${x.style === 'elementwise' ? './' : '/'} ${sexp(x.over)} ${sexp(x.under)})`;
    case 'big': {
      const upper = x.upper === undefined ? '' : `${sexp(x.upper)} `;
      return `(${x.op === 'sum' ? 'Σ' : 'Π'} [${all(x.lower)}] ${upper}${sexp(x.body)})`;
    }
    case 'matrix':
      return `[${x.rows.map(all).join('; ')}]`;
    case 'norm':
      return `(‖ ${sexp(x.of)})`;
    case 'abs':
      return `(| ${sexp(x.of)})`;
    case 'inner':
      return `(⟨⟩ ${all(x.items)})`;
    case 'bracket':
      return sexp(x.of);
    case 'list':
      return `(, ${all(x.items)})`;
    case 'interval':
      return `(.. ${sexp(x.from)} ${x.next === undefined ? '' : `${sexp(x.next)} `}${sexp(x.to)})`;
    case 'at':
      return `(at ${sexp(x.of)} ${all(x.conditions)})`;
    case 'indicator':
      return `(1 ${sexp(x.condition)})`;
    case 'relation':
      return `(${x.members.map((member, i) => (i === 0 ? '' : `${x.relations[i - 1]} `) + sexp(member)).join(' ')})`;
  }
}

/** `E = (+ a b) | (t < T)`: members, relations, conditions. */
export function statementSexp({ members, relations, conditions }: Statement): string {
  const chain = members.map((member, i) => (i === 0 ? '' : `${relations[i - 1]} `) + sexp(member)).join(' ');
  return conditions.length === 0 ? chain : `${chain} | ${conditions.map(sexp).join(', ')}`;
}
