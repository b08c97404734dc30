/** The expression tree of mathematics as people type it: what was written and where, not yet what it means. */

/** Offsets into the text, in UTF-16 code units; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** `y` with a hat is the name y with the accent 'hat'; accents go from the inside out. */
export type Accent = 'hat' | 'tilde' | 'bar' | 'dot' | 'ddot' | 'check' | 'breve' | 'acute' | 'grave';

/** How a name was set. Typography only: it does not tell two names apart. */
export type Style = 'roman' | 'bold' | 'script';

/** What stands between two factors; nothing is 'juxtaposed'. Which product it is, the shapes decide later. */
export type ProductOperator =
  | 'juxtaposed'
  | 'dot' // ·
  | 'asterisk' // *
  | 'times' // ×
  | 'hadamard' // ⊙ ∘ .*
  | 'outer' // ⊗
  | 'at' // @
  | 'star'; // ⋆

export type DerivativeMark = 'partial' | 'partial+' | 'd' | 'nabla';

/** `δ gates_t` and `Δ out_t` are how some write the gradients `dgates_t`. */
export type DifferentialMark = DerivativeMark | 'delta' | 'Delta';

export type Relation =
  | ('=' | ':=' | '+=' | '-=' | '*=' | '/=' | '==' | '≈' | '≡' | '≜' | '∝' | '≠')
  | ('<' | '>' | '≤' | '≥' | '←' | '→' | '∈' | '∼');

export interface Term {
  readonly sign: '+' | '-';
  readonly term: Expr;
}

export interface Factor {
  readonly operator: ProductOperator;
  /** The subscript of the operator: `full` in `⋆_full`. */
  readonly mode?: Expr;
  readonly factor: Expr;
}

type Node =
  | { readonly kind: 'number'; readonly text: string }
  /** Greek letters by their Unicode letter, however they were typed: `\delta`, `delta` and `δ` are `δ`. */
  | {
      readonly kind: 'name';
      readonly base: string;
      readonly accents: readonly Accent[];
      readonly style?: Style;
    }
  /** `glued`: typed without `_`, as `E3`, which may be a name too. */
  | { readonly kind: 'sub'; readonly of: Expr; readonly index: Expr; readonly glued?: true }
  /** A power, a transpose, or an index; `bracket` of `h^{(t)}`, `a^{<t>}`, `a^{[l]}`; `elementwise` of `H.^2`. */
  | {
      readonly kind: 'sup';
      readonly of: Expr;
      readonly exponent: Expr;
      readonly bracket?: '(' | '<' | '[';
      readonly elementwise?: true;
    }
  | { readonly kind: 'prime'; readonly of: Expr; readonly count: number }
  /** `x[t-1]`. */
  | { readonly kind: 'index'; readonly of: Expr; readonly items: readonly Expr[] }
  /** `bare`: applied without brackets, as `tanh a_t`. */
  | { readonly kind: 'call'; readonly fn: Expr; readonly args: readonly Expr[]; readonly bare?: true }
  /** ∂of/∂by: one node, never a quotient. As quotients chains telescope, and every wrong chain looks right. */
  | {
      readonly kind: 'derivative';
      readonly mark: DerivativeMark;
      readonly of: Expr;
      readonly by: Expr;
      readonly order: number;
    }
  /** `dW`, `∂W`, `∇W`, `δW`. `word` is what the mark was taken from and may be a name itself: `dhraw`, `d`, `δ`. */
  | {
      readonly kind: 'differential';
      readonly mark: DifferentialMark;
      readonly of: Expr;
      readonly order: number;
      readonly word?: string;
    }
  | { readonly kind: 'neg'; readonly of: Expr }
  | { readonly kind: 'sum'; readonly terms: readonly Term[] }
  | { readonly kind: 'product'; readonly factors: readonly Factor[] }
  | {
      readonly kind: 'quotient';
      readonly style: 'frac' | '/' | 'elementwise';
      readonly over: Expr;
      readonly under: Expr;
    }
  /** Σ and Π. `lower` holds what stands below: `t = 1`, `t`, `i, j` or `t ≥ i > k`. */
  | {
      readonly kind: 'big';
      readonly op: 'sum' | 'prod';
      readonly lower: readonly Expr[];
      readonly upper?: Expr;
      readonly body: Expr;
    }
  | { readonly kind: 'matrix'; readonly rows: readonly (readonly Expr[])[]; readonly style: string }
  | { readonly kind: 'norm'; readonly of: Expr }
  | { readonly kind: 'abs'; readonly of: Expr }
  | { readonly kind: 'inner'; readonly items: readonly Expr[] }
  | { readonly kind: 'bracket'; readonly style: '(' | '[' | '{'; readonly of: Expr }
  /** `a, b` where a list may stand: in brackets and scripts. */
  | { readonly kind: 'list'; readonly items: readonly Expr[] }
  /** `1..T`, `T, T-1, …, 1` (then with `next`), `1:t`. */
  | { readonly kind: 'interval'; readonly from: Expr; readonly next?: Expr; readonly to: Expr }
  /** `FL|_{γ=0}`. */
  | { readonly kind: 'at'; readonly of: Expr; readonly conditions: readonly Expr[] }
  /** 1 where the condition holds, else 0. */
  | { readonly kind: 'indicator'; readonly condition: Expr }
  /** `t ≥ i > k`: one relation fewer than members. */
  | { readonly kind: 'relation'; readonly members: readonly Expr[]; readonly relations: readonly Relation[] }
  | { readonly kind: 'ellipsis' }
  /** Words between formulas, as in `\text{otherwise}`. */
  | { readonly kind: 'text'; readonly text: string };

export type Expr = Node & { readonly span: Span };

export type Kind = Expr['kind'];
export type Of<K extends Kind> = Extract<Expr, { readonly kind: K }>;

/** `a = b = c, t < T`: one relation fewer than members; an expression alone has one member. */
export interface Statement {
  readonly members: readonly Expr[];
  readonly relations: readonly Relation[];
  /** What follows a comma, wide space or `for`, `where`, `if`: `t < T`, `t = 1..T`, `W = Wᵀ`. */
  readonly conditions: readonly Expr[];
  /** Places read in the likelier of two ways: `h_t-1` (as h_t − 1), `W_hx` (as one subscript), `log a b` (as log(a b)). */
  readonly doubtful: readonly Span[];
  /** A ⇒ leads from it to the next. */
  readonly implies?: true;
  readonly span: Span;
}

/** The parts of an expression, in the order in which they were typed. */
export function children(x: Expr): readonly Expr[] {
  switch (x.kind) {
    case 'number':
    case 'name':
    case 'ellipsis':
    case 'text':
      return [];
    case 'sub':
      return [x.of, x.index];
    case 'sup':
      return [x.of, x.exponent];
    case 'prime':
    case 'differential':
    case 'neg':
    case 'norm':
    case 'abs':
    case 'bracket':
      return [x.of];
    case 'index':
      return [x.of, ...x.items];
    case 'call':
      return [x.fn, ...x.args];
    case 'derivative':
      return [x.of, x.by];
    case 'sum':
      return x.terms.map(({ term }) => term);
    case 'product':
      return x.factors.flatMap(({ mode, factor }) => (mode === undefined ? [factor] : [mode, factor]));
    case 'quotient':
      return [x.over, x.under];
    case 'big':
      return x.upper === undefined ? [...x.lower, x.body] : [...x.lower, x.upper, x.body];
    case 'matrix':
      return x.rows.flat();
    case 'inner':
    case 'list':
      return x.items;
    case 'interval':
      return x.next === undefined ? [x.from, x.to] : [x.from, x.next, x.to];
    case 'at':
      return [x.of, ...x.conditions];
    case 'indicator':
      return [x.condition];
    case 'relation':
      return x.members;
  }
}

/** Whether a superscript may mean "transposed": ⊤ always does; T does if its base is an array. */
export function isTransposeMark(exponent: Expr): boolean {
  return (
    exponent.kind === 'name' &&
    exponent.accents.length === 0 &&
    (exponent.base === '⊤' || exponent.base === 'T')
  );
}

/** Index and limits of a Σ or Π that has them, and runs in steps of 1: `\sum_{t=1}^{T}`, `sum_{t=1..T}`. */
export function rangeOf(
  big: Of<'big'>,
): { readonly index: Expr; readonly from: Expr; readonly to: Expr } | undefined {
  const [condition] = big.lower;
  if (big.lower.length !== 1 || condition.kind !== 'relation' || condition.members.length !== 2) {
    return undefined;
  }
  const [index, value] = condition.members;
  if (condition.relations[0] !== '=') return undefined;
  if (value.kind === 'interval' && value.next === undefined && big.upper === undefined)
    return { index, from: value.from, to: value.to };
  return big.upper === undefined ? undefined : { index, from: value, to: big.upper };
}
