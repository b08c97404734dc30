/** The published schema of graph documents agrees with the reader, and mutated documents never surprise it. */

import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rnn } from '../examples/rnn/rnn.ts';
import { GradpathError } from '../src/graph/error.ts';
import { modelFromEquations } from '../src/model/equations/unroll.ts';
import { modelFromJSON, modelToJSON } from '../src/model/json.ts';
import { graphSchema } from '../src/model/schema.ts';
import { gradientBits, refusal, withGradients } from './support/documents.ts';

const text = modelToJSON(rnn());
const equations = modelFromEquations(`
  param W: 2x2
  input x: 2 row
  y = tanh(x W)
  E = sum(y)`);

describe('the published schema', () => {
  const validate = new Ajv2020({ strict: true }).compile(graphSchema());

  test('is the one of the op table (update with vitest -u)', async () => {
    await expect(`${JSON.stringify(graphSchema(), null, 2)}\n`).toMatchFileSnapshot(
      '../src/graph/graph.schema.json',
    );
  });

  test.each([
    ['the RNN', rnn()],
    ['gradients', withGradients(rnn({ steps: 4 }))],
    ['squared error', withGradients(rnn({ loss: 'squared-error' }))],
    ['equations', equations],
  ])('exports satisfy it: %s', (_, model) => {
    expect(validate(JSON.parse(modelToJSON(model))), JSON.stringify(validate.errors)).toBe(true);
  });

  test('what it refuses, the reader refuses; the reader never fails otherwise', () => {
    const originals = [modelToJSON(withGradients(rnn({ steps: 2 }))), modelToJSON(equations)];
    let refused = 0;
    let accepted = 0;
    fc.assert(
      fc.property(fc.constantFrom(...originals), mutation, (original, change) => {
        const document = JSON.parse(original);
        change(document);
        const mutant = JSON.stringify(document);
        const valid = validate(JSON.parse(mutant));
        let error: unknown;
        try {
          gradientBits(modelFromJSON(mutant)); // what is accepted also runs
        } catch (thrown) {
          error = thrown;
        }
        if (error !== undefined) expect(error).toBeInstanceOf(GradpathError);
        if (!valid) expect(error, JSON.stringify(validate.errors)).toBeDefined();
        if (valid) accepted++;
        else refused++;
      }),
      { seed: 20, numRuns: 1500 },
    );
    expect(Math.min(refused, accepted)).toBeGreaterThan(50); // the mutations try both sides
  });

  test('texts with characters changed, dropped or doubled are models or errors that say where', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.nat(text.length - 1),
            fc.constantFrom('', '{', '}', '[', ']', ',', '"', '1', '\\', '\0'),
          ),
          {
            minLength: 1,
            maxLength: 3,
          },
        ),
        (edits) => {
          let edited = text;
          for (const [at, by] of edits) edited = edited.slice(0, at) + by + edited.slice(at + 1);
          const message = refusal(edited);
          if (message !== 'accepted') expect(message).toMatch(/^line \d+, column \d+: ./);
        },
      ),
      { seed: 21, numRuns: 500 },
    );
  });
});

/** Replaces, deletes or adds entries somewhere in a document. */
const junk = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    '',
    'tanh',
    'W',
    '__proto__',
    0,
    -1,
    1.5,
    3,
    1e9,
    [],
    {},
    [0],
    [[1]],
    [-2, -2],
  ),
  fc.integer({ min: -2, max: 40 }),
  fc.array(fc.integer({ min: -1, max: 30 }), { maxLength: 4 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const step = fc.record({
  picks: fc.array(fc.nat(), { minLength: 1, maxLength: 4 }),
  act: fc.constantFrom('set', 'delete', 'add', 'swap'),
  value: junk,
  key: fc.constantFrom('id', 'name', 'scope', 'x', 'constructor', '__proto__', 'value', 'shape', 'adjointOf'),
});
const mutation = fc.array(step, { minLength: 1, maxLength: 2 }).map((steps) => (document: unknown) => {
  for (const { picks, act, value: shared, key } of steps) {
    const value = structuredClone(shared); // later changes may lie inside it
    let holder = document as Record<string, unknown>;
    let last = 'nodes';
    for (const pick of picks) {
      const keys = Object.keys(holder);
      if (keys.length === 0) break;
      last = keys[pick % keys.length];
      const next = holder[last];
      if (pick === picks.at(-1) || typeof next !== 'object' || next === null) break;
      holder = next as Record<string, unknown>;
    }
    if (act === 'set') holder[last] = value;
    else if (act === 'delete') delete holder[last];
    else if (act === 'add') {
      if (Array.isArray(holder)) holder.push(value);
      else
        Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
    } else {
      const other = Object.keys(holder)[0];
      [holder[last], holder[other]] = [holder[other], holder[last]];
    }
  }
});
