/** The chain-rule formula of ∂target/∂parameter, as data: factors carry the segments that they stand for. */

import type { NodeId } from '../graph/graph.ts';
import { derivative } from './latex.ts';
import { type Cone, type Path, variablesOf } from './paths.ts';
import type { Segment } from './variables.ts';

export type Formula =
  /** ∂B/∂A of a segment A→B; `isEdge`: one path of several from A to B, ∂⁺B/∂A beside the ∂B/∂A that is written out. */
  | {
      readonly kind: 'factor';
      readonly segment: string;
      readonly of: string;
      readonly by: string;
      readonly isEdge?: true;
    }
  /** `path` is the index of the path that the product stands for, where it stands for one. */
  | { readonly kind: 'product'; readonly factors: readonly Formula[]; readonly path?: number }
  | { readonly kind: 'sum'; readonly terms: readonly Formula[] }
  /** dB/dA through every path: stands for a formula too long to be written out. */
  | { readonly kind: 'total'; readonly of: string; readonly by: string }
  /** Σ and Π over time; names in it may have the letter as index. */
  | {
      readonly kind: 'big';
      readonly op: 'sum' | 'prod';
      readonly index: string;
      readonly from: string;
      readonly to: string;
      readonly body: Formula;
    }
  /** ∂H_j/∂H_{j−1} for any j: stands for no segment of its own. */
  | { readonly kind: 'general'; readonly of: string; readonly by: string; readonly total: boolean }
  | { readonly kind: 'one' }
  | { readonly kind: 'zero' }
  /** Terms of a sum that are left out, or factors of a product. */
  | { readonly kind: 'more'; readonly terms: bigint };

/** Most letters of LaTeX that one formula takes, with the marks of a page on its parts: what can still be typeset. */
const MAX_LETTERS = 22_500;
/** Letters of the marks on a factor, of a pair of parentheses, and of what stands for terms left out. */
const MARKS = 23;
const PARENTHESES = 14;
const LEFT_OUT = 28;
/** Letters that are kept for the terms of sums already begun, which end with ∂H_3/∂W as it stands. */
const RESERVE = 9_000;
/** Most terms of one sum. */
const MAX_TERMS = 24;
/** Factors at the end of a product that is cut. */
const LAST = 3;

/** The sum over the given paths, each with its index in some list; `omitted` counts the paths not given. */
export function expanded(
  cone: Cone,
  paths: readonly { readonly path: Path; readonly index: number }[],
  omitted = 0n,
): Formula {
  if (cone.target === cone.wrt) return { kind: 'one' };
  if (cone.count() === 0n) return { kind: 'zero' };
  const terms: Formula[] = [];
  let left = MAX_LETTERS;
  for (const { path, index } of paths) {
    left -= MARKS + path.reduce((sum, segment) => sum + lettersOf(cone, segment), 0);
    if (terms.length > 0 && (left < 0 || terms.length >= MAX_TERMS)) break;
    terms.push({ ...(left < 0 ? cutProduct(cone, path) : productOf(cone, path)), path: index });
  }
  return sumOf(terms, omitted + BigInt(paths.length - terms.length));
}

/** Of a product too long to be written out as many factors as there is room for, and the last ones. */
function cutProduct(cone: Cone, path: Path): Formula & { readonly kind: 'product' } {
  let left = MAX_LETTERS - LEFT_OUT;
  const last = path.slice(-LAST);
  for (const segment of last) left -= lettersOf(cone, segment);
  const first = path.slice(0, -LAST).filter((segment) => (left -= lettersOf(cone, segment)) >= 0);
  const missing = BigInt(path.length - first.length - last.length);
  const factors = (part: Path) => productOf(cone, part).factors;
  return {
    kind: 'product',
    factors: [...factors(first), { kind: 'more', terms: missing }, ...factors(last)],
  };
}

/** The product of the immediate Jacobians along a path. */
export function productOf(cone: Cone, path: Path): Formula & { readonly kind: 'product' } {
  return { kind: 'product', factors: path.map((segment) => factor(cone, segment)) };
}

/** The same sum over all paths, factored from the target on: `∂H_3/∂W + ∂H_3/∂H_2 (∂H_2/∂W + …)`. */
export function nested(cone: Cone): Formula {
  if (cone.target === cone.wrt) return { kind: 'one' };
  if (cone.count() === 0n) return { kind: 'zero' };
  return nestedFrom(cone, cone.target, { letters: MAX_LETTERS });
}

/** Each factor written costs some of the budget, so the recursion is no deeper than the budget. */
function nestedFrom(cone: Cone, id: NodeId, budget: { letters: number }): Formula {
  const segments = cone.into(id);
  const terms: Formula[] = [];
  budget.letters -= PARENTHESES + LEFT_OUT;
  for (const segment of segments.slice(0, MAX_TERMS)) {
    if (terms.length > 0 && budget.letters < 0) break;
    budget.letters -= lettersOf(cone, segment);
    const head = factor(cone, segment);
    if (segment.from === cone.wrt) {
      terms.push(head);
      continue;
    }
    const inner =
      budget.letters > RESERVE ? nestedFrom(cone, segment.from, budget) : total(cone, segment.from);
    terms.push({ kind: 'product', factors: [head, ...(inner.kind === 'product' ? inner.factors : [inner])] });
  }
  return sumOf(terms, BigInt(segments.length - terms.length));
}

/** `E_3 ← O_3 ← H_3 ← W`, for people. */
export function pathText(cone: Cone, path: Path): string {
  return variablesOf(cone, path)
    .map((id) => cone.variables.name(id))
    .join(' ← ');
}

function sumOf(terms: readonly Formula[], omitted: bigint): Formula {
  if (omitted > 0n) return { kind: 'sum', terms: [...terms, { kind: 'more', terms: omitted }] };
  return terms.length === 1 ? terms[0] : { kind: 'sum', terms };
}

function total(cone: Cone, id: NodeId): Formula {
  return { kind: 'total', of: cone.variables.name(id), by: cone.variables.name(cone.wrt) };
}

function factor(cone: Cone, segment: Segment): Formula {
  const [of, by] = [cone.variables.name(segment.to), cone.variables.name(segment.from)];
  const isEdge = segment.to === cone.target && segment.from === cone.wrt && cone.count() > 1n;
  return { kind: 'factor', segment: segment.id, of, by, ...(isEdge ? { isEdge } : {}) };
}

/** Letters that a factor takes on a page. */
function lettersOf(cone: Cone, { to, from }: Segment): number {
  return MARKS + derivative('\\partial', cone.variables.name(to), cone.variables.name(from)).length;
}
