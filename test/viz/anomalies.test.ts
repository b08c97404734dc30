/** What the page remarks on the numbers of the gradient that it shows. */

import { beforeEach, describe, expect, test } from 'vitest';
import { examples } from '../../examples/index.ts';
import { modelFromJSON, modelToJSON } from '../../src/model/json.ts';
import { Builder } from '../../src/ops/builder.ts';
import { pickTarget, pickWrt } from '../../viz/state/actions.ts';
import { marked, remarks } from '../../viz/state/anomalies.ts';
import { documentOf } from '../../viz/state/document.ts';
import { changeSetting, openHash } from '../../viz/state/models.ts';
import { scene } from '../../viz/state/scene.ts';
import * as store from '../../viz/state/store.ts';

beforeEach(() => openHash(''));

/** Shows a model that no example is. */
function show(build: (b: Builder) => Record<string, number[]>): void {
  const builder = new Builder();
  const values = build(builder);
  const model = { name: 'own', title: 'own', builder, values, target: 'E' };
  store.shown.value = documentOf(modelFromJSON(modelToJSON(model)));
}

const classes = (name: string) =>
  scene.value.nodes.get(store.view.value.nodes.find((node) => node.name === name)!.key);

describe.for(examples.map(({ name }) => name))('%s', (name) => {
  test('whatever gradient is asked for, the remarks do not break the page', async () => {
    await openHash(`#model=${name}`);
    const { targets, parameters } = store.document.value;
    for (const target of [targets[0], targets.at(-1)!]) {
      pickTarget(target);
      for (const parameter of parameters) {
        pickWrt(parameter);
        for (const { line } of remarks.value) expect(line).toMatch(/^\S[^\n]+$/);
        expect(scene.value.nodes.size).toBe(store.view.value.nodes.length);
      }
    }
  });
});

test('an overflow is told by the variable where it began, and the variable is marked', () => {
  show((b) => {
    const w = b.parameter('w', []);
    const a = b.define('a', () => b.exp(w));
    b.define('E', () => b.mul(a, a));
    return { w: [800] };
  });
  expect(remarks.value[0]).toMatchObject({ kind: 'non-finite', variable: 'a' });
  expect(remarks.value[0].line).toContain('a = exp(w) is Infinity');
  expect(classes('a')).toContain('anomaly');
  expect(classes('w')).not.toContain('kink');
});

test('a gradient that vanishes over time is told with its norm', async () => {
  await openHash('#model=vanishing&steps=10&radius=0.1');
  expect(remarks.value.map(({ kind }) => kind)).toContain('vanished');
  expect(remarks.value.find(({ kind }) => kind === 'vanished')!.line).toMatch(/‖∂E₁₀\/∂H₁‖/);
  expect(classes('H_1')).toContain('anomaly');
  changeSetting('radius', '1');
  expect(remarks.value.map(({ kind }) => kind)).not.toContain('vanished');
});

test('a node on a kink is marked as such, and says what is taken for the derivative', () => {
  show((b) => {
    const w = b.parameter('w', [2]);
    b.define('E', () =>
      b.sum(
        b.define('h', () => b.relu(w)),
        { axes: [0], keepDims: false },
      ),
    );
    return { w: [0, 1] };
  });
  expect(remarks.value).toMatchObject([{ kind: 'kink', variable: 'h' }]);
  expect(remarks.value[0].line).toBe('relu at 0 in h[1]: the derivative there is taken as 0');
  expect(classes('h')).toContain('kink');
  expect(marked.value.size).toBe(1);
});
