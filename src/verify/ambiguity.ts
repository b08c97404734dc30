/** What a verdict depends on: the readings that matter, their verdicts, and why right is not simply right. */

import type { Expr } from '../notation/tree.ts';
import type { Aspect } from './aspects.ts';
import { hasOtherGradients, structuresOf } from './chain-expansion.ts';
import { boundToGiven } from './given.ts';
import type { Outcome } from './outcome.ts';
import { readingText, usual } from './reading.ts';
import type { Fault, ReadingVerdict } from './report.ts';
import type { Attempt, Searched } from './search.ts';
import type { Trial } from './trial.ts';
import { slice } from './wording.ts';

/** The aspects that a reading text names: those that matter and that have a verdict of their own. */
export function aboutOf(aspects: ReadonlySet<Aspect>, best: Attempt | undefined): ReadonlySet<Aspect> {
  const told = new Set<Aspect>();
  for (const aspect of aspects) {
    if (aspect === 'factors' || aspect === 'plus' || aspect === 'left' || aspect === 'layout')
      told.add(aspect);
    else if (best !== undefined && best.reading[aspect] !== usual[aspect]) told.add(aspect);
  }
  return told;
}

/** The verdict under each reading in use that differs in one aspect from the one that was taken. */
export function readingsOf(trial: Trial, { best, aspects }: Searched): readonly ReadingVerdict[] {
  const found: ReadingVerdict[] = [];
  const about = aboutOf(aspects, best);
  const verdictOf = (reading: Attempt['reading'], outcome: Outcome): 'right' | 'wrong' => {
    if (outcome.kind !== 'holds') return 'wrong';
    const structures = structuresOf(trial, { ...best, reading, outcome });
    if (structures === undefined || hasOtherGradients(structures)) return 'right';
    return structures.every(({ structure }) => structure.isRight) ? 'right' : 'wrong';
  };
  const others: Partial<Record<Aspect, readonly string[]>> = {
    factors: ['immediate', 'total'],
    plus: ['immediate', 'total'],
    left: ['total', 'immediate'],
    layout: ['numerator', 'denominator'],
  };
  for (const aspect of about) {
    for (const value of others[aspect] ?? []) {
      const reading = { ...best.reading, [aspect]: value };
      const outcome = best.reading[aspect] === value ? best.outcome : trial.judge(reading);
      if (outcome.kind === 'undecided') continue;
      found.push({
        reading: readingText({ ...usual, [aspect]: value }, new Set([aspect])),
        verdict: verdictOf(reading, outcome),
      });
    }
  }
  return found;
}

/** Why a formula that holds is not simply right. */
export function doubtOf(
  trial: Trial,
  found: Searched,
  best: Attempt,
  guessed: readonly Expr[],
): Fault | undefined {
  const { text } = trial.statement;
  const [dots] = guessed;
  if (dots !== undefined) {
    const term = slice(text, dots.span);
    return {
      kind: 'ambiguous',
      term,
      span: dots.span,
      detail: 'right if the dots stand for nothing: there is no factor left between their neighbours',
    };
  }
  if (best.isCustomary) {
    const { assumed, members } = trial.statement;
    const given = boundToGiven(trial, best.reading);
    const { span } = members[1];
    const detail =
      assumed !== undefined
        ? `right if ${assumed}, wrong for other numbers`
        : `right for ${given} as it is given, wrong for other numbers`;
    const isOpen = assumed !== undefined || given !== undefined;
    return isOpen ? { kind: 'ambiguous', term: slice(text, span), span, detail } : undefined;
  }
  const changed = [...found.aspects].filter((aspect) => best.reading[aspect] !== usual[aspect]);
  const under = readingText(best.reading, new Set(changed));
  return {
    kind: 'ambiguous',
    term: termOf(changed, text),
    detail: `right with ${under}, wrong as it is usually read`,
  };
}

function termOf(changed: readonly Aspect[], text: string): string {
  if (changed.includes('plus')) return text.includes('\\partial') ? '\\partial^+' : '∂⁺';
  if (changed.includes('layout')) return 'layout';
  return changed.join(', ');
}
