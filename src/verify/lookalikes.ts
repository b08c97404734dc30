/** Letters that a model does not have and that look like, or go for, one of its own: o for O, ω for W, p for ŷ. */

import { canonical, scriptedName } from '../model/equations/names.ts';
import { print } from '../notation/print.ts';
import { children, type Expr, type Span, type Statement } from '../notation/tree.ts';
import type { Derivation } from './check.ts';
import { hasIdentities } from './faults/garbled-faults.ts';
import { defines } from './order.ts';
import type { StatementReport, Term, Verdict } from './report.ts';
import { withParts } from './rewrite.ts';
import type { Subject } from './subject.ts';
import { ADJOINTS } from './symbols.ts';
import { familyExpr, formOf, shown, slice } from './wording.ts';

type Reports = Derivation['statements'];

/** A name that is not in the model, where it stands, and what it may be meant for. */
interface Strange {
  readonly name: string;
  /** With its scripts, and without. */
  readonly places: readonly { readonly whole: Expr; readonly base: Expr }[];
  readonly meant: readonly string[];
}

/** Letters that are taken for one another on paper and by those who read it. */
const ALIKE: Readonly<Record<string, string>> = {
  ω: 'wW',
  ν: 'vV',
  υ: 'uUv',
  ε: 'eE',
  e: 'E',
  ο: 'oO',
  ρ: 'p',
  χ: 'xX',
  κ: 'kK',
  μ: 'u',
  η: 'nh',
  Ω: 'O',
  '0': 'Oo',
};
const STATES: ReadonlySet<string> = new Set(['h', 'H', 's', 'S']);
const PROBABILITIES: ReadonlySet<string> = new Set(['p', 'P', 'π', 'phat', 'q']);
const SCORES: ReadonlySet<string> = new Set(['z', 'Z', 'o', 'O', 's', 'a']);
/** Most ways to take the strange names of a derivation. */
const MOST_WAYS = 4;

/** The reports, with those that are right with another letter in place of a strange one. */
export function withLookalikes(
  reports: Reports,
  statements: readonly Statement[],
  text: string,
  subject: Subject,
  judged: (renamed: readonly Statement[]) => Reports,
): Reports {
  if (reports.every(({ verdict }) => verdict === 'right')) return reports;
  const strange = strangeIn(statements, subject);
  const ways = strange.reduce<readonly (readonly string[])[]>(
    (all, { meant }) => all.flatMap((way) => meant.map((name) => [...way, name])),
    [[]],
  );
  if (strange.length === 0 || ways.length > MOST_WAYS) return reports;
  const found = ways.flatMap((way) => {
    const names = new Map(way.map((name, i) => [strange[i].name, name]));
    const renamed = statements.map((statement) => renamedIn(statement, names));
    const isIdle = renamed.some(
      (one, i) => hasIdentities(one.members) && !hasIdentities(statements[i].members),
    );
    const asked = new Set(renamed.filter((_, i) => isAsked(statements[i], reports, strange)));
    const found = isIdle ? [] : judged(renamed.filter((one) => asked.has(one)));
    const isOfAsked = ({ span }: StatementReport) =>
      statements.some((statement, i) => asked.has(renamed[i]) && isWithin(span, statement.span));
    if (found.length !== reports.filter(isOfAsked).length) return [];
    const next = found.values();
    const own = reports.map((report) => (isOfAsked(report) ? next.next().value! : report));
    const isHeld = own.every(
      ({ verdict, span }) => isHolding(verdict) || placesIn(strange, span).length === 0,
    );
    const made = own.map((report, i) => better(reports[i], report, isHeld, strange, names, text, statements));
    return made.some((report, i) => report !== reports[i]) ? [made] : [];
  });
  const score = (made: Reports) => made.filter(({ verdict }) => verdict === 'ambiguous').length;
  const [best, second] = [...found].sort((a, b) => score(b) - score(a));
  const isOpen = second !== undefined && score(second) === score(best);
  return best === undefined || isOpen ? reports : best;
}

/** Whether it has strange names, or may say what a symbol is: what derivatives alone make up says nothing of others. */
const isAsked = ({ span }: Statement, reports: Reports, strange: readonly Strange[]): boolean =>
  placesIn(strange, span).length > 0 ||
  reports.some((report) => isWithin(report.span, span) && report.level !== 1);

/** Ambiguous if it is right with the other letters; wrong if it could not be judged and is wrong with them, too. */
function better(
  old: StatementReport,
  renamed: StatementReport,
  areHeld: boolean,
  strange: readonly Strange[],
  names: ReadonlyMap<string, string>,
  text: string,
  statements: readonly Statement[],
): StatementReport {
  const own = placesIn(strange, old.span);
  if (isHolding(old.verdict)) return old;
  if (own.length === 0) return areHeld && renamed.verdict === 'right' ? renamed : old;
  const isHeld = areHeld && isHolding(renamed.verdict);
  const isChain = renamed.verdict === 'wrong' && renamed.level === 1 && old.verdict === 'unverifiable';
  if (!isHeld && !isChain) return old;
  const statement = statements.find(({ span }) => isWithin(old.span, span) || isWithin(span, old.span))!;
  const form = formOf({ text, members: statement.members });
  const changes = own.map(({ name, places: [{ base }] }) => `${shown(base)} → ${names.get(name)}`);
  const missing = own.map(({ places: [{ base }] }) => slice(text, base.span)).join(' and ');
  const problem = `${missing} ${own.length === 1 ? 'is' : 'are'} not in the model`;
  const detail = `${problem}; ${isHeld ? 'right after' : 'perhaps'} ${changes.join(', ')}`;
  const faults = own.map(({ places: [{ whole }] }) => ({
    kind: 'garbled' as const,
    term: slice(text, whole.span),
    span: whole.span,
    detail,
  }));
  const all = own
    .flatMap(({ name, places }) => places.map(({ base }) => ({ base, by: names.get(name)! })))
    .sort((a, b) => a.base.span.start - b.base.span.start);
  const span = { start: all[0].base.span.start, end: all.at(-1)!.base.span.end };
  let [replacement, at] = ['', span.start];
  for (const { base, by } of all) {
    replacement += text.slice(at, base.span.start) + print(familyExpr(by), form);
    at = base.span.end;
  }
  const repair = { label: changes.join(', '), span, replacement };
  const marked = (term: Term): Term =>
    all.some(({ base }) => isWithin(base.span, term.span))
      ? { ...term, verdict: 'garbled', message: detail }
      : term;
  if (!isHeld) {
    const message = `${detail}; ${renamed.message}`;
    return {
      ...renamed,
      message,
      terms: renamed.terms.map(marked),
      faults: [...faults, ...renamed.faults],
      repair: undefined,
    };
  }
  return {
    ...renamed,
    verdict: 'ambiguous',
    message: detail,
    terms: renamed.terms.map(marked),
    faults: [...faults, ...renamed.faults],
    repair,
  };
}

const isHolding = (verdict: Verdict): boolean => verdict === 'right' || verdict === 'ambiguous';

/** The strange names in a stretch of the text. */
const placesIn = (strange: readonly Strange[], span: Span): readonly Strange[] =>
  strange
    .map((one) => ({ ...one, places: one.places.filter(({ whole }) => isWithin(whole.span, span)) }))
    .filter(({ places }) => places.length > 0);

const isWithin = (inner: Span, outer: Span): boolean => outer.start <= inner.start && inner.end <= outer.end;

function strangeIn(statements: readonly Statement[], subject: Subject): readonly Strange[] {
  const found = new Map<string, { whole: Expr; base: Expr }[]>();
  const derived = new Set<string>();
  const visit = (x: Expr): void => {
    const name = nameIn(x);
    if (name !== undefined)
      found.set(name.name, [...(found.get(name.name) ?? []), { whole: x, base: name.base }]);
    else if (x.kind === 'call') for (const arg of x.args) visit(arg);
    else if (x.kind === 'big') visit(x.body);
    else for (const part of children(x)) visit(part);
    if (x.kind === 'derivative') derived.add(nameIn(x.of)?.name ?? '');
  };
  for (const { members } of statements) for (const member of members) visit(member);
  return [...found].flatMap(([name, places]) => {
    const isAdjoint = ADJOINTS.test(name) && !derived.has(name);
    const isKnown =
      canonical(name, subject.indexCount) !== undefined ||
      hasFamilyOf(name, subject) ||
      subject.integers.has(name);
    if (isAdjoint || isKnown || statements.some((statement) => defines(statement, name))) return [];
    const meant = meantBy(name, subject);
    return meant.length === 0 ? [] : [{ name, places, meant }];
  });
}

const hasFamilyOf = (name: string, { families }: Subject): boolean =>
  [...families.values()].some((family) => family.name.startsWith(`${name}_`));

/** A name with its scripts; a 0 with an index is one that looks like an O. */
function nameIn(x: Expr): { readonly name: string; readonly base: Expr } | undefined {
  let base = x;
  while (base.kind === 'sub' || base.kind === 'sup' || base.kind === 'index') base = base.of;
  if (base.kind === 'number') return base.text === '0' && x.kind === 'sub' ? { name: '0', base } : undefined;
  const name = base.kind === 'name' ? scriptedName(base)?.base : undefined;
  return name === undefined ? undefined : { name, base };
}

/** The families that a name may be meant for: first those whose name looks like it. */
function meantBy(name: string, subject: Subject): readonly string[] {
  const [first] = name;
  const other = first === first.toLowerCase() ? first.toUpperCase() : first.toLowerCase();
  const tiers = [[other + name.slice(1)], [...(ALIKE[name] ?? '')], customary(name, subject)];
  const known = tiers.map((tier) => tier.filter((one) => one !== name && subject.indexCount(one).length > 0));
  return known.find((tier) => tier.length > 0) ?? [];
}

/** By what they are: the state of a network, its probabilities and what these are made of. */
function customary(name: string, subject: Subject): string[] {
  const state = STATES.has(name) ? subject.roles.get('hs')?.name : undefined;
  const made = [...subject.families.values()].filter(
    ({ members: [{ id }] }) => subject.graph.node(id).op === 'softmax',
  );
  const [output] = made.length === 1 ? made : [];
  const scores = output && subject.referenceOf(subject.graph.node(output.members[0].id).inputs[0])?.family;
  const names = [
    state,
    PROBABILITIES.has(name) ? output?.name : undefined,
    SCORES.has(name) ? scores : undefined,
  ];
  return [...new Set(names.flatMap((one) => one ?? []))];
}

/** With other names in place of some. */
export function renamedIn(statement: Statement, names: ReadonlyMap<string, string>): Statement {
  const walk = (x: Expr): Expr => {
    const name = nameIn(x);
    if (name === undefined) {
      if (x.kind === 'call') return { ...x, args: x.args.map(walk) };
      return x.kind === 'big' ? { ...x, body: walk(x.body) } : withParts(x, walk);
    }
    const by = names.get(name.name);
    if (by === undefined) return x;
    const replaced = (part: Expr): Expr =>
      part === name.base
        ? { ...familyExpr(by), span: part.span }
        : part.kind === 'sub' || part.kind === 'sup' || part.kind === 'index'
          ? { ...part, of: replaced(part.of) }
          : part;
    return replaced(x);
  };
  return { ...statement, members: statement.members.map(walk), conditions: statement.conditions.map(walk) };
}
