/** The view survives the address bar, and the address bar cannot break the view. */

import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { openHash } from '../../viz/state/models.ts';
import * as store from '../../viz/state/store.ts';
import { formatHash, pageKeys, parseHash } from '../../viz/state/url.ts';

beforeEach(() => openHash(''));

test('what is written is what is read', () => {
  const text = fc.string({ minLength: 1 });
  const states = fc.record({
    model: fc.constantFrom('rnn', 'served'),
    rest: fc.uniqueArray(
      fc.tuple(
        text.filter((key) => !pageKeys.includes(key)),
        fc.string(),
      ),
      { selector: ([key]) => key, maxLength: 5 },
    ),
    target: fc.option(text, { nil: undefined }),
    wrt: fc.option(text, { nil: undefined }),
    paths: fc.uniqueArray(fc.integer({ min: 0, max: 98 }), { maxLength: 6 }),
    step: fc.option(fc.nat(999), { nil: undefined }),
    selection: fc.option(text, { nil: undefined }),
    open: fc.uniqueArray(fc.constantFrom('t=1', 't=2', 't=10', 'layer & 1', 'a+b')),
    formula: fc.constantFrom('expanded' as const, 'nested' as const),
    panel: fc.constantFrom('graph' as const, 'charts' as const, 'write' as const),
    theme: fc.constantFrom('auto' as const, 'light' as const, 'dark' as const),
    equations: fc.string(),
    derivation: fc.string(),
  });
  fc.assert(
    fc.property(states, (state) => {
      expect(parseHash(formatHash(state))).toEqual({ state, problems: [] });
    }),
  );
});

test('a hash is legible, and holds the settings that were given as they were typed', async () => {
  await openHash('#steps=2&seed=007&path=1,2&sel=W→H_2&open=t=1,t=2&step=3');
  expect(decodeURIComponent(store.hash.value)).toBe(
    '#model=rnn&steps=2&seed=007&target=E_2&wrt=W&path=1,2&step=3&sel=W→H_2&open=t=1,t=2',
  );
});

test.for([
  ['#steps=999', 'steps is 999, expected a whole number from 1 to 10; using 3'],
  ['#steps=', 'steps is "", expected a whole number'],
  ['#steps=1e1', 'steps is "1e1", expected'],
  ['#seed=-1e9', 'seed is "-1e9", expected'],
  ['#loss=hinge', 'loss is "hinge", expected cross-entropy or squared-error; using cross-entropy'],
  ['#T=4', 'rnn has no setting T'],
  ['#stpes=4', 'rnn has no setting stpes; did you mean steps?'],
  ['#weights=w.json', 'rnn has no setting weights'],
  ['#target=E_9', 'there is no target E_9; using E_3'],
  ['#target=H_1', 'there is no target H_1'],
  ['#wrt=__proto__', 'there is no parameter __proto__; using W'],
  ['#path=4', 'there are only 3 paths'],
  ['#path=0', "path=0 is not a path's number"],
  ['#step=1000', 'step 1000 is beyond the last, 22'],
  ['#step=-1', 'step=-1 is not'],
  ['#sel=Q', 'there is no node Q'],
  ['#sel=%25999999999', 'there is no node %999999999'],
  ['#open=t=9', 'some of the steps to open do not exist'],
  ['#formula=latex', 'formula=latex is not one of'],
  ['#model=rnm', 'there is no model rnm (did you mean rnn?); using rnn'],
  ['#model=abc', 'there is no model abc; using rnn'],
  ['#panel=left', 'panel=left is not one of graph, charts'],
  ['#theme=pink', 'theme=pink is not one of'],
  [`#sel=${'x'.repeat(5000)}`, 'there is no node xxxxxxxxxxxxxxxxxxxxxxxx…'],
] as const)('%s: a default, and a line that says so', async ([hash, problem]) => {
  await openHash(hash);
  expect(store.message.value).toContain(problem);
  const { target, wrt, step, lastStep, explanation } = store;
  expect([target.value, wrt.value, step.value]).toEqual(['E_3', 'W', lastStep.value]);
  expect(explanation.value.count).toBe(3n);
});

test('unknown keys are told, and kept', async () => {
  await openHash('#steps=2&scale=log&note=a%26b');
  expect(store.message.value).toBe('rnn has no setting scale · rnn has no setting note');
  expect(parseHash(store.hash.value).state.rest).toEqual([
    ['steps', '2'],
    ['scale', 'log'],
    ['note', 'a&b'],
  ]);
});

test('no hash throws', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (text) => {
      await openHash(`#${text}`);
      expect(store.explanation.value.count).toBeGreaterThanOrEqual(0n);
    }),
    { numRuns: 60 },
  );
});
