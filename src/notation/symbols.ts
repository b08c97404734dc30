/** The signs of mathematics in their three spellings: LaTeX commands, Unicode characters, plain words. */

import type { Accent, ProductOperator, Relation, Style } from './tree.ts';

/** Greek letters that look the same as each other or as plain words are one letter: ϵ and ε, ϕ and φ. */
const GREEK =
  'alpha α beta β gamma γ delta δ epsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ nu ν xi ξ pi π ' +
  'rho ρ sigma σ tau τ upsilon υ phi φ chi χ psi ψ omega ω ' +
  'Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω';

/** Names with a sign of their own, by the word that stands for them in plain text and, with `\`, in LaTeX. */
export const LETTERS: ReadonlyMap<string, string> = new Map([
  ...pairs(GREEK),
  ...pairs('infty ∞ ell ℓ ones 𝟏'),
]);

/** Further LaTeX commands for names. */
const NAME_COMMANDS = pairs(
  'varepsilon ε vartheta θ varphi φ varrho ρ varsigma σ varpi π top ⊤ intercal ⊤ dagger † hbar ħ emptyset ∅',
);

/** Characters that stand for another one. */
export const SAME: ReadonlyMap<string, string> = new Map(
  pairs('ϵ ε ϑ θ ϕ φ ϱ ρ ς σ ϖ π ∆ Δ Ω Ω µ μ ⊺ ⊤ 𝟙 𝟏 𝟭 𝟏 𝜕 ∂ 𝛁 ∇ 𝛛 ∂'),
);

export const RELATIONS: ReadonlyMap<string, Relation> = new Map<string, Relation>([
  ...(
    [
      '=',
      ':=',
      '+=',
      '-=',
      '*=',
      '/=',
      '==',
      '≈',
      '≡',
      '≜',
      '∝',
      '≠',
      '<',
      '>',
      '≤',
      '≥',
      '←',
      '→',
      '∈',
      '∼',
    ] as const
  ).map((r): [string, Relation] => [r, r]),
]);

export const PRODUCT_OPERATORS: ReadonlyMap<string, ProductOperator> = new Map<string, ProductOperator>([
  ['·', 'dot'],
  ['*', 'asterisk'],
  ['×', 'times'],
  ['⊙', 'hadamard'],
  ['⊗', 'outer'],
  ['@', 'at'],
  ['⋆', 'star'],
]);

export const ACCENTS: ReadonlyMap<string, Accent> = new Map<string, Accent>([
  ['hat', 'hat'],
  ['widehat', 'hat'],
  ['tilde', 'tilde'],
  ['widetilde', 'tilde'],
  ['bar', 'bar'],
  ['overline', 'bar'],
  ['dot', 'dot'],
  ['ddot', 'ddot'],
  ['check', 'check'],
  ['breve', 'breve'],
  ['acute', 'acute'],
  ['grave', 'grave'],
]);

/** Combining marks. */
export const MARKS: ReadonlyMap<string, Accent> = new Map<string, Accent>([
  ['\u0302', 'hat'],
  ['\u0303', 'tilde'],
  ['\u0304', 'bar'],
  ['\u0305', 'bar'],
  ['\u0307', 'dot'],
  ['\u0308', 'ddot'],
  ['\u030c', 'check'],
  ['\u0306', 'breve'],
  ['\u0301', 'acute'],
  ['\u0300', 'grave'],
]);

export const STYLES: ReadonlyMap<string, Style> = new Map<string, Style>([
  ...['mathrm', 'text', 'textrm', 'mbox', 'operatorname', 'mathsf', 'texttt', 'mathtt', 'mathop'].map(
    (command): [string, Style] => [command, 'roman'],
  ),
  ...['mathbf', 'boldsymbol', 'bm', 'textbf', 'pmb', 'mathbb', 'mathbbm', 'mathds'].map(
    (command): [string, Style] => [command, 'bold'],
  ),
  ...['mathcal', 'mathscr', 'mathfrak'].map((command): [string, Style] => [command, 'script']),
]);

/** Commands that set the style of what follows in the braces. */
export const SWITCHES: ReadonlyMap<string, Style> = new Map<string, Style>([
  ['rm', 'roman'],
  ['sf', 'roman'],
  ['bf', 'bold'],
  ['cal', 'script'],
]);

/** LaTeX commands and characters → the token that they are. */
export const SIGNS: ReadonlyMap<string, string> = new Map([
  ...pairs(
    '\\cdot · \\bullet · ⋅ · • · ∙ · ∗ * \\ast * \\times × ✕ × \\odot ⊙ \\circ ⊙ ∘ ⊙ ◦ ⊙ ○ ⊙ .* ⊙ ⨀ ⊙ \\otimes ⊗ ⨂ ⊗ ' +
      '\\star ⋆ ★ ⋆ ⭑ ⋆ ☆ ⋆ \\oslash ./ ⊘ ./ ÷ / ∕ / ⁄ / \\div / − - – - — - \\plus + ' +
      '\\partial ∂ \\nabla ∇ \\sum Σ ∑ Σ \\prod Π ∏ Π \\dfrac \\frac \\tfrac \\frac \\cfrac \\frac √ \\sqrt ' +
      "\\prime ' ′ ' ’ ' ‘ ' \\| ‖ \\Vert ‖ \\lVert ‖ \\rVert ‖ \\parallel ‖ ∥ ‖ || ‖ " +
      '\\vert | \\lvert | \\rvert | \\mid | ∣ | \\langle ⟨ \\rangle ⟩ 〈 ⟨ 〉 ⟩ \\lbrace \\{ \\rbrace \\} ' +
      '\\lbrack [ \\rbrack ] ⟦ [ ⟧ ] \\cdots … \\ldots … \\dots … \\dotsb … \\dotsc … \\vdots … \\ddots … ... … ⋯ … ⋮ … ⋱ … ‥ .. ' +
      '\\le ≤ \\leq ≤ \\leqslant ≤ <= ≤ \\lt < \\ge ≥ \\geq ≥ \\geqslant ≥ >= ≥ \\gt > \\ne ≠ \\neq ≠ != ≠ ' +
      '\\approx ≈ \\simeq ≈ \\cong ≈ ≃ ≈ \\equiv ≡ \\triangleq ≜ \\coloneqq := ≔ := \\colon : \\propto ∝ ' +
      '\\leftarrow ← \\gets ← \\to → \\rightarrow → -> → ⟶ → \\longrightarrow → \\mapsto → \\in ∈ \\sim ∼ ' +
      '** ** .^ .^ ./ ./ .. .. := := += += -= -= *= *= /= /= == ==',
  ),
  ...'+ - * / ^ _ ( ) [ ] { } | , ; : & @ = < > ·×⊙⊗⋆∂∇ΣΠ‖⟨⟩…≤≥≠≈≡≜∝←→∈∼'
    .split('')
    .filter((character) => character !== ' ')
    .map((character): [string, string] => [character, character]),
  ["'", "'"],
  ['\\{', '\\{'],
  ['\\}', '\\}'],
  ['\\frac', '\\frac'],
  ['\\over', '\\over'],
  ['\\sqrt', '\\sqrt'],
]);

/** Plain words that stand for a sign. */
export const WORD_SIGNS: ReadonlyMap<string, string> = new Map(
  pairs('partial ∂ del ∂ nabla ∇ cdot · odot ⊙ otimes ⊗ oslash ./ times × star ⋆ in ∈ to ..'),
);

/** Commands for names and signs without `\`. */
export const NAMES: ReadonlyMap<string, string> = new Map([...LETTERS, ...NAME_COMMANDS]);

/** Superscripts and subscripts of Unicode. */
export const SUPERSCRIPTS: ReadonlyMap<string, string> = new Map(
  pairs(
    '⁰ 0 ¹ 1 ² 2 ³ 3 ⁴ 4 ⁵ 5 ⁶ 6 ⁷ 7 ⁸ 8 ⁹ 9 ⁺ + ⁻ - ⁼ = ⁽ ( ⁾ ) ᵀ ⊤ ᵃ a ᵇ b ᶜ c ᵈ d ᵉ e ᶠ f ᵍ g ʰ h ⁱ i ʲ j ᵏ k ˡ l ' +
      'ᵐ m ⁿ n ᵒ o ᵖ p ʳ r ˢ s ᵗ t ᵘ u ᵛ v ʷ w ˣ x ʸ y ᶻ z ᵝ β ᵞ γ ᵟ δ ᶿ θ ᵠ φ',
  ),
);
export const SUBSCRIPTS: ReadonlyMap<string, string> = new Map(
  pairs(
    '₀ 0 ₁ 1 ₂ 2 ₃ 3 ₄ 4 ₅ 5 ₆ 6 ₇ 7 ₈ 8 ₉ 9 ₊ + ₋ - ₌ = ₍ ( ₎ ) ₐ a ₑ e ₕ h ᵢ i ⱼ j ₖ k ₗ l ₘ m ₙ n ₒ o ₚ p ᵣ r ₛ s ' +
      'ₜ t ᵤ u ᵥ v ₓ x ᵦ β ᵧ γ ᵨ ρ ᵩ φ',
  ),
);

/** Vulgar fractions. */
export const FRACTIONS: ReadonlyMap<string, readonly [string, string]> = new Map(
  pairs('½ 1/2 ⅓ 1/3 ⅔ 2/3 ¼ 1/4 ¾ 3/4 ⅕ 1/5 ⅙ 1/6 ⅛ 1/8').map(([character, text]) => {
    const [over, under] = text.split('/');
    return [character, [over, under] as const] as const;
  }),
);

/** Functions that are known by name, with or without `\`: `f(x)` is a call, and `f x` too. */
export const FUNCTIONS: ReadonlySet<string> = new Set(
  (
    'tanh sigmoid softmax log_softmax logsoftmax logsumexp relu ReLU leaky_relu elu gelu silu swish softplus softsign ' +
    'exp log ln sqrt square abs sign sgn sin cos tan sinh cosh sech arctan atan arctanh atanh erf logit max min argmax ' +
    'argmin clip diag Diag vec unvec rot rot180 rot90 flip tr trace det transpose inv norm dot outer inner sum prod mean ' +
    'var std conv conv2d convolve2d correlate2d full_conv corr corr2d cross_correlate pad matmul einsum kron hadamard reshape flatten concat cat stack ' +
    'onehot one_hot zeros zeros_like ones_like eye cross_entropy crossentropy mse multiply subtract add'
  ).split(' '),
);

/** Functions only when a bracket follows. */
export const CALLED: ReadonlySet<string> = new Set(['σ']);

/** Words that open the conditions of a statement. */
export const QUALIFIERS: ReadonlySet<string> = new Set('for where if with when and forall'.split(' '));

/** What stands with the case that is left. */
export const OTHERWISE: ReadonlySet<string> = new Set('otherwise else elsewhere'.split(' '));

/** Commands without meaning here, and those whose braced argument is dropped with them. */
export const SILENT: ReadonlySet<string> = new Set(
  (
    'left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm Bigm limits nolimits ' +
    'displaystyle textstyle scriptstyle nonumber notag boxed mathstrut strut mathord ' +
    'mathbin mathrel mathit ensuremath normalsize'
  ).split(' '),
);
export const DROPPED_WITH_ARGUMENT: ReadonlySet<string> = new Set(
  'label tag hspace vspace phantom hphantom vphantom'.split(' '),
);

/** Environments that hold a matrix; all others only arrange statements. */
export const MATRICES: ReadonlySet<string> = new Set(
  'matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix smallmatrix array cases dcases'.split(' '),
);

/** Spaces between formulas, not within one. */
export const WIDE_SPACES: ReadonlySet<string> = new Set(['quad', 'qquad', 'enspace']);

/** Commands that end a statement. */
export const SEPARATORS: ReadonlySet<string> = new Set(
  'iff Leftrightarrow therefore because newline'.split(' '),
);

/** Commands that end a statement which leads to the next one, and the text of their token. */
export const IMPLICATIONS: ReadonlySet<string> = new Set('Rightarrow implies Longrightarrow'.split(' '));
export const IMPLIES = '⇒';

function pairs(text: string): [string, string][] {
  const words = text.trim().split(/\s+/);
  return words.flatMap((word, i): [string, string][] => (i % 2 === 0 ? [[word, words[i + 1]]] : []));
}
