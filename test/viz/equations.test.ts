/** Equations on the page: a text makes a graph, a text that cannot be read leaves the graph, and no text is lost. */

import { beforeEach, expect, test } from 'vitest';
import { problem, STARTER } from '../../viz/state/equations.ts';
import { chooseModel, drawEquations, openHash } from '../../viz/state/models.ts';
import { networks } from '../../viz/state/networks.ts';
import { packHash } from '../../viz/state/pack.ts';
import * as store from '../../viz/state/store.ts';

const own = (text: string) => `#model=equations&${new URLSearchParams([['equations', text]])}`;
const names = () =>
  store.document.value.graph.nodes.flatMap(({ name }) => (name === undefined ? [] : [name]));

async function type(text: string): Promise<void> {
  store.equations.value = text;
  await drawEquations();
}

beforeEach(() => openHash('#model=equations'));

test('the first text is the network of the first example', async () => {
  expect(store.equations.value).toBe(STARTER);
  expect([store.target.value, store.wrt.value]).toEqual(['E_3', 'W']);
  const typed = names();
  await openHash('#model=rnn');
  expect(new Set(typed)).toEqual(new Set(names()));
});

test('the graph follows the text', async () => {
  await type(STARTER.replace('T = 3', 'T = 5'));
  expect(problem.value).toBeUndefined();
  expect(names()).toContain('H_5');
  expect(store.target.value).toBe('E_5'); // still the last loss
  store.wantedTarget.value = 'E_2';
  await type(STARTER.replace('T = 3', 'T = 4'));
  expect(store.target.value).toBe('E_2');
});

test('a text that cannot be read is told with its place, and the last graph stays', async () => {
  const { document } = store;
  const before = document.value;
  const text = STARTER.replace('V H_t', 'V H_t + (');
  await type(text);
  expect(document.value).toBe(before);
  expect(problem.value?.line).toMatch(/^line 8, column \d+: /);
  expect(problem.value?.line).not.toContain('\n');
  const { start } = problem.value!.span!;
  expect(text.slice(0, start).split('\n')).toHaveLength(8);
  expect(store.equations.value).toBe(text);
  await type(STARTER);
  expect(problem.value).toBeUndefined();
});

test.for([
  ['nothing at all', ''],
  ['no parameter', 'input x: 2\nE = sum(x)\n'],
  ['no scalar', 'param W: 2\ny = 2 W\n'],
  ['too much to draw', STARTER.replace('T = 3', 'T = 900')],
])('%s is told in one line', async ([_what, text]) => {
  const before = store.document.value;
  await type(text);
  expect(problem.value?.line).toMatch(/^\S.+$/);
  expect(store.document.value).toBe(before);
});

test('an address holds the text, good or bad, beside any model', async () => {
  const bad = `${STARTER}y = (`;
  await openHash(await packHash(own(bad)));
  expect(store.equations.value).toBe(bad);
  expect(problem.value?.line).toMatch(/^line 11/);
  expect(names()).toContain('H_3');
  await chooseModel('lstm');
  expect(store.equations.value).toBe(bad);
  expect(new URLSearchParams(store.hash.value.slice(1)).get('equations')).toBe(bad);
  await chooseModel('equations');
  expect(store.equations.value).toBe(bad);
  expect(store.panel.value).toBe('write');
});

test('of two texts, one right after the other, the later is drawn', async () => {
  store.equations.value = STARTER.replace('T = 3', 'T = 2');
  const slow = drawEquations();
  store.equations.value = STARTER.replace('T = 3', 'T = 6');
  await Promise.all([slow, drawEquations()]);
  expect(names()).toContain('H_6');
});

test('every network of the list is drawn', async () => {
  expect(networks.length).toBeGreaterThan(25);
  for (const { title, text } of networks) {
    await type(text);
    expect([title, problem.value]).toEqual([title, undefined]);
    expect(store.explanation.value.count).toBeGreaterThan(0n);
  }
});
