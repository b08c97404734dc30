/** Average precision of a ranking with its settings. */

import { GradpathError } from '../../src/graph/error.ts';
import { defineExample, type SettingsOf } from '../example.ts';
import { readNumbers } from '../literals.ts';
import {
  type AveragePrecisionOptions,
  averagePrecisionModel,
  DEFAULT_RANKING,
  DEFAULT_TEMPERATURE,
} from './average-precision.ts';
import { readItems } from './files.ts';
import { MAX_ITEMS } from './ranking.ts';
import { studyAveragePrecision } from './study.ts';

const settings = {
  ranking: {
    kind: 'text',
    default: DEFAULT_RANKING.join(','),
    maxLength: 2 * MAX_ITEMS,
    optional: true,
    label: 'ranking',
    help: '1 for a relevant item, 0 for another, from the first rank',
  },
  relevant: {
    kind: 'integer',
    default: DEFAULT_RANKING.filter((value) => value === 1).length,
    min: 1,
    max: 100_000,
    optional: true,
    label: 'relevant items',
    help: 'how many relevant items there are, ranked or not (default: those in the ranking)',
  },
  scores: {
    kind: 'text',
    default: '',
    maxLength: 10_000,
    label: 'scores',
    help: 'a score for each item, all different; items are ranked by them (default: 1, …, 1/n in even steps)',
  },
  items: {
    kind: 'file',
    label: 'items',
    help: 'CSV, a row per item: relevant, or score,relevant; in place of the ranking and the scores',
  },
  temperature: {
    kind: 'number',
    default: DEFAULT_TEMPERATURE,
    min: 0.001,
    max: 10,
    step: 0.001,
    label: 'temperature τ',
    help: 'width of the sigmoids of the smooth AP, in the unit of the scores',
  },
} as const;

type Chosen = SettingsOf<typeof settings>;

function optionsFrom(chosen: Chosen): AveragePrecisionOptions {
  const { items, ranking = settings.ranking.default } = chosen;
  const typed = chosen.scores.trim() !== '';
  if (items !== undefined && typed)
    throw new GradpathError('option', 'scores are given twice: leave out --scores or --items', 'items');
  if (items !== undefined && chosen.ranking !== undefined)
    throw new GradpathError('option', 'the ranking is given twice: leave out --ranking or --items', 'items');
  const read = items && readItems(items.text, items.source);
  const relevant = read?.relevant ?? readNumbers(ranking, 'ranking', '1,1,0,0,1');
  const scores = read?.scores ?? (typed ? readNumbers(chosen.scores, 'scores', '0.9,0.7,0.4') : undefined);
  return {
    relevant,
    temperature: chosen.temperature,
    ...(scores === undefined ? {} : { scores }),
    ...(chosen.relevant === undefined ? {} : { total: chosen.relevant }),
  };
}

/** Names the file in an error about what it holds. */
function blaming<T>({ items }: Chosen, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const isOfFile = error instanceof GradpathError && /^(ranking|scores)$/.test(error.where ?? '');
    if (items === undefined || !isOfFile) throw error;
    throw new GradpathError(error.code, `${items.source}: ${error.message}`, items.source);
  }
}

export const example = defineExample({
  name: 'average-precision',
  settings,
  build: (chosen, note) =>
    blaming(chosen, () => {
      const options = optionsFrom(chosen);
      const model = averagePrecisionModel(options);
      if (options.scores?.some((score, i, scores) => i > 0 && score > scores[i - 1]))
        note('note: the items are ranked by their scores, so the order of the ranks is not the one given');
      return model;
    }),
  study: (chosen) => blaming(chosen, () => studyAveragePrecision(optionsFrom(chosen))),
});
