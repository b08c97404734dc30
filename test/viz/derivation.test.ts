/** A derivation and a report made by hand: places that follow the text, paths in the graph, changes that are offered. */

import { beforeEach, expect, test } from 'vitest';
import * as state from '../../viz/state/derivation.ts';
import { openHash } from '../../viz/state/models.ts';
import { type FormulaReport, type Judgement, segmentsOf } from '../../viz/state/report.ts';
import * as store from '../../viz/state/store.ts';

const FIRST = '∂E_3/∂W = ∂E_3/∂H_3 ∂⁺H_3/∂W';
const SECOND = '∂E_3/∂V = ∂E_3/∂O_3 ∂O_3/∂V';

/** What a checker would say of `FIRST`, wherever it stands in the text. */
function reportOf(text: string): FormulaReport {
  const start = text.indexOf(FIRST);
  const term = text.indexOf('∂E_3/∂H_3');
  return {
    span: { start, end: start + FIRST.length },
    verdict: 'wrong',
    message: '',
    reading: 'total',
    terms: [
      {
        span: { start: term, end: start + FIRST.length },
        verdict: 'right',
        path: 'W → H_3 → O_3 → E_3',
        variables: ['W', 'H_3', 'O_3', 'E_3'],
        message: '',
      },
    ],
    missing: [
      {
        path: 'W → H_2 → H_3 → O_3 → E_3',
        variables: ['W', 'H_2', 'H_3', 'O_3', 'E_3'],
        latex: '\\frac{\\partial E_3}{\\partial H_3} \\frac{\\partial H_3}{\\partial H_2}',
      },
    ],
    repair: {
      label: 'W → U',
      span: { start, end: start + FIRST.length },
      replacement: FIRST.replaceAll('W', 'U'),
    },
  };
}

async function write(text: string): Promise<void> {
  store.derivation.value = text;
  await state.rest();
}

beforeEach(async () => {
  await openHash('');
  state.forget();
  state.judge.value = async (text) => ({ reports: text.includes(FIRST) ? [reportOf(text)] : [] });
});

test('a path is the segments that the graph has for it', () => {
  const { document } = store;
  const of = (...names: string[]) => segmentsOf(document.value, names);
  expect(of('W', 'H_3', 'O_3', 'E_3')).toEqual(['W→H_3', 'H_3→O_3', 'O_3→E_3']);
  expect(of('H_2', 'Q', 'H_3')).toEqual([]);
  expect(of('E_3')).toEqual([]);
  expect(segmentsOf(document.value)).toEqual([]);
  // variables left out: every way between those that are named
  expect(of('H_2', 'E_3')).toEqual(['H_2→H_3', 'H_3→O_3', 'O_3→E_3']);
  expect(of('H_2', 'E').sort()).toEqual(
    ['H_2→O_2', 'O_2→E_2', 'H_2→H_3', 'H_3→O_3', 'O_3→E_3', 'E_2→E', 'E_3→E'].sort(),
  );
  expect(of('E_3', 'H_2')).toEqual([]);
});

test('verdicts stand where their statements are, and outlive edits elsewhere', async () => {
  await write(FIRST);
  expect(state.judged.value[0].report?.terms[0].span).toEqual({ start: 10, end: FIRST.length });
  state.judge.value = () => new Promise(() => {}); // the next answer takes its time
  void write(`${SECOND}\n${FIRST}`);
  const [second, first] = state.judged.value;
  expect(second.report).toBeUndefined();
  const by = SECOND.length + 1;
  expect(first.report?.span).toEqual({ start: by, end: by + FIRST.length });
  expect(first.report?.terms[0].span).toEqual({ start: by + 10, end: by + FIRST.length });
  expect(state.judging.value).toBe(true);
  void write(`${FIRST} + 1`);
  expect(state.judged.value[0].report).toBeUndefined();
});

test('an answer to a text that has changed meanwhile is not shown', async () => {
  let answer: (judgement: Judgement) => void = () => {};
  state.judge.value = () =>
    new Promise((resolve) => {
      answer = resolve;
    });
  store.derivation.value = FIRST;
  const slow = state.rest();
  state.judge.value = async () => ({ reports: [] });
  await write(FIRST);
  answer({ reports: [reportOf(FIRST)] });
  await slow;
  expect(state.judged.value[0].report).toBeUndefined();
});

test('a checker that fails says why, and the formulas stay', async () => {
  state.judge.value = async () => {
    throw new Error('the model has no H_7');
  };
  await write(FIRST);
  expect(state.failure.value).toBe('the model has no H_7');
  expect(state.judging.value).toBe(false);
  expect(state.judged.value).toHaveLength(1);
  state.judge.value = async () => ({ reports: [] });
  await write(FIRST);
  expect(state.failure.value).toBe('');
});

test.for([
  [FIRST, ' + ∂E₃/∂H₃ ∂H₃/∂H₂'],
  [
    '\\frac{\\partial E_3}{\\partial W} = x',
    ' + \\frac{\\partial E_3}{\\partial H_3} \\frac{\\partial H_3}{\\partial H_2}',
  ],
  ['dE_3/dW = x, for t = 3', ' + partial E_3/partial H_3 partial H_3/partial H_2'],
] as const)('what is missing from %s is inserted in its notation', async ([text, inserted]) => {
  await write(text);
  const [item] = state.judged.value;
  const { span, text: added } = state.insertion(item, reportOf(FIRST).missing[0]);
  expect(added).toBe(inserted);
  const end = text.includes(',') ? text.indexOf(',') : text.length;
  expect(span).toEqual({ start: end, end });
  await write(text.slice(0, end) + added + text.slice(end));
  expect(state.reading.value.problems).toEqual([]);
  expect(state.reading.value.statements[0].statement.members.at(-1)?.kind).toBe('sum');
});

test('a repair replaces its statement', async () => {
  await write(`${SECOND}\n${FIRST}`);
  const edit = state.repairOf(state.judged.value[1]);
  const start = SECOND.length + 1;
  expect(edit).toEqual({ span: { start, end: start + FIRST.length }, text: FIRST.replaceAll('W', 'U') });
  expect(state.repairOf(state.judged.value[0])).toBeUndefined();
});

test('what cannot be read keeps neither the rest from being read nor the text from the address', async () => {
  await write(`${FIRST}\n∂E_3/∂U = (\n${SECOND}`);
  expect(state.reading.value.problems).toHaveLength(1);
  expect(state.judged.value.map(({ text }) => text)).toEqual([FIRST, SECOND]);
  expect(new URLSearchParams(store.hash.value.slice(1)).get('derivation')).toBe(store.derivation.value);
});
