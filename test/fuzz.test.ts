/**
 * Random graphs: 1,000 in a test run, more by GRADPATH_FUZZ=20000, others by GRADPATH_SEED=7. One that fails is shrunk
 * and printed as text.
 */

import * as fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { isLeaf } from '../src/graph/graph.ts';
import { graphToText } from '../src/graph/text.ts';
import { loadTfjs } from '../src/interop/tfjs/load.ts';
import type { Tfjs } from '../src/interop/tfjs/oracle.ts';
import { opNames } from '../src/ops/table.ts';
import { checkGraph } from './support/fuzz/checks.ts';
import { graphOf, MAX_NODES, type Program } from './support/fuzz/program.ts';

const GRAPHS = Number(process.env.GRADPATH_FUZZ ?? 1000);
const SEED = Number(process.env.GRADPATH_SEED ?? 20261121);

const number = fc.nat(9999);
const step = fc.record({ op: number, sample: number, operands: fc.tuple(number, number, number) });
const steps = fc.array(step, { minLength: 1, maxLength: 30, size: 'max' });
const programs: fc.Arbitrary<Program> = fc.record({ values: fc.nat(), steps });

let tf: Tfjs;
beforeAll(async () => {
  const loaded = await loadTfjs();
  if (loaded === undefined) throw new Error('@tensorflow/tfjs is not installed; run npm ci');
  tf = loaded;
});

test(`${GRAPHS} random graphs of seed ${SEED}: dual numbers, differences, documents, lean runs, tfjs`, () => {
  const drawn = {
    ops: new Set<string>(),
    sizes: new Set<number>(),
    withFanOut: 0,
    withTfjs: 0,
    unsettled: 0,
  };
  const property = fc.property(programs, (program) => {
    const { b, values } = graphOf(program);
    const { nodes } = b.graph;
    const uses = new Map<number, number>();
    for (const node of nodes) {
      if (!isLeaf(node)) drawn.ops.add(node.op);
      for (const id of new Set(node.inputs)) uses.set(id, (uses.get(id) ?? 0) + 1);
    }
    drawn.sizes.add(nodes.length);
    if (Math.max(...uses.values()) > 1) drawn.withFanOut++;
    const { isAsked, isSettled } = checkGraph(b, values, tf);
    if (isAsked) drawn.withTfjs++;
    if (!isSettled) drawn.unsettled++;
  });
  const found = fc.check(property, { numRuns: GRAPHS, seed: SEED });
  if (found.failed) throw new Error(reportOf(found.counterexample![0], found));

  expect(drawn.ops.size).toBeGreaterThanOrEqual(50);
  expect(opNames.filter((op) => !drawn.ops.has(op))).toEqual([]);
  expect(Math.min(...drawn.sizes)).toBeLessThanOrEqual(6);
  expect(Math.max(...drawn.sizes)).toBe(MAX_NODES);
  expect(drawn.withFanOut / GRAPHS).toBeGreaterThan(0.95);
  expect(drawn.withTfjs / GRAPHS).toBeGreaterThan(0.5);
  expect(drawn.unsettled / GRAPHS).toBeLessThan(1e-3);
}, 3_600_000);

function reportOf(
  program: Program,
  { numRuns, numShrinks, errorInstance }: fc.RunDetails<[Program]>,
): string {
  const { b, values } = graphOf(program);
  return [
    `${(errorInstance as Error).message.split('\n')[0]}`,
    `Graph ${numRuns} of seed ${SEED} (GRADPATH_SEED=${SEED}), after ${numShrinks} steps of shrinking:`,
    graphToText(b.graph),
    ...Object.entries(values).map(([name, list]) => `${name} = [${list.join(', ')}]`),
  ].join('\n');
}
