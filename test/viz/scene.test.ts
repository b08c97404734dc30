/** Which nodes and edges are shown, and which of them carry which path. */

import { beforeEach, expect, test } from 'vitest';
import { choosePath, cyclePath, pickTarget, pickWrt, stepBy, toggleStep } from '../../viz/state/actions.ts';
import { changeSetting, openHash } from '../../viz/state/models.ts';
import { outlineOf } from '../../viz/state/outline.ts';
import { scene } from '../../viz/state/scene.ts';
import * as store from '../../viz/state/store.ts';

beforeEach(() => openHash(''));

/** Names of edges by path class. */
function marked(): Record<string, string[]> {
  const { edges } = scene.value;
  const marks: Record<string, string[]> = {};
  for (const { key, name } of store.view.value.edges) {
    for (const mark of edges.get(key)!) if (mark.startsWith('path-')) (marks[mark] ??= []).push(name);
  }
  for (const names of Object.values(marks)) names.sort();
  return marks;
}

const shared = ['H_3→O_3', 'O_3→E_3'];

test('three paths lie beneath ∂E_3/∂W, and each marks its own edges', () => {
  expect(marked()).toEqual({
    'path-0': [...shared, 'W→H_3'].sort(),
    'path-1': [...shared, 'H_2→H_3', 'W→H_2'].sort(),
    'path-2': [...shared, 'H_1→H_2', 'H_2→H_3', 'W→H_1'].sort(),
  });
});

test('a path chosen is lit alone; with Shift it joins; chosen again it is put out', () => {
  choosePath(1);
  expect(Object.keys(marked())).toEqual(['path-1']);
  choosePath(2, true);
  expect(Object.keys(marked()).sort()).toEqual(['path-1', 'path-2']);
  choosePath(1, true);
  expect(Object.keys(marked())).toEqual(['path-2']);
  choosePath(2);
  expect(Object.keys(marked()).sort()).toEqual(['path-0', 'path-1', 'path-2']);
});

test('the brackets go round the paths and past them to all', () => {
  const lit = () => store.litPaths.value.join();
  const seen = [1, 2, 3, 4].map(() => {
    cyclePath(1);
    return lit();
  });
  expect(seen).toEqual(['0', '1', '2', '0,1,2']);
  cyclePath(-1);
  expect(lit()).toBe('2');
});

test('beyond six paths none is coloured until one is asked for', () => {
  changeSetting('steps', '7');
  expect(store.explanation.value.count).toBe(7n);
  expect(marked()).toEqual({});
  expect(scene.value.edges.get(store.view.value.edges.find((e) => e.name === 'W→H_7')!.key)).toContain(
    'cone',
  );
  choosePath(6);
  expect(Object.keys(marked())).toEqual(['path-6']);
});

test('what is not between the parameter and the target is dimmed', () => {
  const classes = (name: string) =>
    scene.value.nodes.get(store.view.value.nodes.find((n) => n.name === name)!.key);
  const bright = store.view.value.nodes.filter((n) => classes(n.name)!.includes('cone')).map((n) => n.name);
  expect(bright.sort()).toEqual(['E_3', 'H_1', 'H_2', 'H_3', 'O_3', 'W']);
  pickTarget('E_1');
  pickWrt('V');
  const now = store.view.value.nodes.filter((n) => classes(n.name)!.includes('cone')).map((n) => n.name);
  expect(now.sort()).toEqual(['E_1', 'O_1', 'V']);
});

test('an open step shows its operations, and a path marks the op edges beneath its segments', () => {
  toggleStep('t=2');
  const ops = store.view.value.nodes.filter((node) => node.role === 'op');
  expect(ops.map((node) => node.label)).toEqual(['×', '×', '+', 'softmax']);
  const id = (op: string, other: string) =>
    store.document.value.graph.nodes.find(
      (node) =>
        node.scope === 't=2' &&
        node.op === op &&
        node.inputs.includes(store.document.value.graph.idOf(other)),
    )!.id;
  const product = `%${id('matmul', 'W')}`;
  const sum = `%${ops.find((node) => node.label === '+')!.id}`;
  expect(marked()['path-1']).toEqual(
    [...shared, 'H_2→H_3', `W→${product}`, `${product}→${sum}`, `${sum}→H_2`].sort(),
  );
  expect(marked()['path-2']).toContain(`H_1→${product}`);
  expect(marked()['path-0']).not.toContain(`${sum}→H_2`);
});

test('hovering is a set of segments, whoever does it', () => {
  store.hover.value = { segments: ['H_2→H_3'] };
  const hovered = store.view.value.edges.filter((e) => scene.value.edges.get(e.key)!.includes('hover'));
  expect(hovered.map((e) => e.name)).toEqual(['H_2→H_3']);
});

test('from the overview one step back is the last event', () => {
  expect(store.moment.value.event).toBeUndefined();
  stepBy(-1);
  expect(store.step.value).toBe(store.lastStep.value);
  expect(store.moment.value.event).toMatchObject({ kind: 'flow', segment: 'U→H_1', index: 3, of: 3 });
  stepBy(-1);
  expect(store.step.value).toBe(store.lastStep.value - 1);
});

test('another T goes on to ask about the last loss', () => {
  changeSetting('steps', '5');
  expect(store.target.value).toBe('E_5');
  pickTarget('E');
  changeSetting('steps', '2');
  expect(store.target.value).toBe('E');
});

test('the outline lists what the picture shows, and numbers the rows of each family', () => {
  const { document, view } = store;
  const closed = outlineOf(document.value, view.value, new Set(), new Set(), new Set());
  expect(closed.filter((row) => row.level === 0).map((row) => row.label)).toEqual([
    'Parameters',
    'Given',
    't = 1',
    't = 2',
    't = 3',
    'Over all steps',
  ]);
  const named = closed.flatMap((row) => (row.kind === 'node' ? [row.name] : []));
  expect(named.sort()).toEqual(view.value.nodes.map((node) => node.name).sort());
  toggleStep('t=1');
  const h2 = view.value.nodes.find((node) => node.name === 'H_2')!.key;
  const opened = outlineOf(document.value, view.value, store.openSteps.value, new Set(), new Set([h2]));
  const edges = opened.filter((row) => row.kind === 'edge');
  expect(edges.map((row) => [row.label, row.words])).toEqual([
    ['← U', 'from U: derivative of H 2 by U'],
    ['← W', 'from W: derivative of H 2 by W'],
    ['← H₁', 'from H 1: derivative of H 2 by H 1'],
    ['← x₂', 'from x 2: derivative of H 2 by x 2'],
  ]);
  expect(edges.map((row) => `${row.position}/${row.siblings}`)).toEqual(['1/4', '2/4', '3/4', '4/4']);
});
