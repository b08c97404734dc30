/** The view survives the address bar, and the address bar cannot break the view. */

import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import * as store from '../../viz/state/store.ts';
import { formatHash, parseHash } from '../../viz/state/url.ts';

beforeEach(() => store.readHash(''));

test('what is written is what is read', () => {
  const states = fc.record({
    model: fc.constantFrom('rnn' as const, 'served' as const),
    settings: fc.record({
      T: fc.integer({ min: 1, max: 10 }),
      seed: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
      loss: fc.constantFrom('cross-entropy' as const, 'squared-error' as const),
    }),
    target: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
    wrt: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
    paths: fc.uniqueArray(fc.integer({ min: 0, max: 98 }), { maxLength: 6 }),
    step: fc.option(fc.nat(999), { nil: undefined }),
    selection: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
    open: fc.uniqueArray(fc.constantFrom('t=1', 't=2', 't=10', 'layer & 1', 'a+b')),
    formula: fc.constantFrom('expanded' as const, 'nested' as const),
    theme: fc.constantFrom('auto' as const, 'light' as const, 'dark' as const),
    unknown: fc.constantFrom(
      [],
      [['scale', 'log']] as const,
      [
        ['x', '1'],
        ['y', '→&='],
      ] as const,
    ),
  });
  fc.assert(
    fc.property(states, (state) => {
      const back = parseHash(formatHash(state));
      expect(back.problems).toEqual([]);
      const settings = state.model === 'rnn' ? state.settings : back.state.settings;
      expect(back.state).toEqual({ ...state, settings });
    }),
  );
});

test('a hash is legible', () => {
  store.readHash('#T=2&path=1,2&sel=W→H_2&open=t=1,t=2&step=3');
  expect(decodeURIComponent(store.hash.value)).toBe(
    '#model=rnn&T=2&seed=1&loss=cross-entropy&target=E_2&wrt=W&path=1,2&step=3&sel=W→H_2&open=t=1,t=2',
  );
});

test.for([
  ['#T=999', 'T=999 is not a whole number from 1 to 10; using 3'],
  ['#T=', 'T= is not a whole number'],
  ['#T=1e1', 'T=1e1 is not'],
  ['#seed=-1', 'seed=-1 is not'],
  ['#loss=hinge', 'loss=hinge is not one of cross-entropy, squared-error'],
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
  ['#model=lstm', 'there is no model lstm; using rnn'],
  ['#theme=pink', 'theme=pink is not one of'],
  [`#sel=${'x'.repeat(5000)}`, 'there is no node xxxxxxxxxxxxxxxxxxxxxxxx…'],
] as const)('%s: a default, and a line that says so', ([hash, problem]) => {
  store.readHash(hash);
  expect(store.message.value).toContain(problem);
  const { target, wrt, step, lastStep, explanation } = store;
  expect([target.value, wrt.value, step.value]).toEqual(['E_3', 'W', lastStep.value]);
  expect(explanation.value.count).toBe(3n);
});

test('unknown keys are kept', () => {
  store.readHash('#T=2&scale=log&note=a%26b');
  expect(parseHash(store.hash.value).state.unknown).toEqual([
    ['scale', 'log'],
    ['note', 'a&b'],
  ]);
});

test('no hash throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      store.readHash(`#${text}`);
      expect(store.explanation.value.count).toBeGreaterThanOrEqual(0n);
    }),
    { numRuns: 60 },
  );
});
