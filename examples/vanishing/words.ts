/** A sentence as a task: each word is to predict the next. */

import { GradpathError } from '../../src/graph/error.ts';

export const DEFAULT_SENTENCE = 'How the the the green color flag';

export interface Task {
  /** The words that are read, w_1 … w_T, as typed. */
  readonly words: readonly string[];
  /** The different words in the order of their first use, in lower case. */
  readonly vocabulary: readonly string[];
  /** Of w_1 … w_T in the vocabulary. */
  readonly inputs: readonly number[];
  /** Of w_2 … w_{T+1}. */
  readonly targets: readonly number[];
}

/**
 * Words are runs of letters, digits, apostrophes and hyphens; `The` and `the` are one word. By default T is the number of
 * words less one; a larger T reads the sentence again from its beginning.
 */
export function taskOf(sentence: string, steps?: number): Task {
  const found = sentence.normalize('NFC').match(/[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}'’-]*/gu) ?? [];
  if (found.length < 2) {
    const count = found.length === 0 ? 'no word' : 'one word';
    const shown = sentence.length > 40 ? `${sentence.slice(0, 39)}…` : sentence;
    throw new GradpathError(
      'value',
      `the sentence "${shown}" has ${count}, expected at least 2: each word is to predict the next`,
      'sentence',
    );
  }
  const lower = found.map((word) => word.toLowerCase());
  const vocabulary = [...new Set(lower)];
  if (vocabulary.length < 2) {
    const message = `the sentence has only the word "${lower[0]}", expected 2 different ones: there is nothing to predict`;
    throw new GradpathError('value', message, 'sentence');
  }
  const T = steps ?? found.length - 1;
  const at = (t: number) => vocabulary.indexOf(lower[t % found.length]);
  const times = Array.from({ length: T }, (_, t) => t);
  return {
    words: times.map((t) => found[t % found.length]),
    vocabulary,
    inputs: times.map((t) => at(t)),
    targets: times.map((t) => at(t + 1)),
  };
}
