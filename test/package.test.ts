/** The package as it is built and packed: what the README imports from it is there, with types. */

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { examples } from '../examples/index.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
const node = (args: readonly string[], cwd: string) =>
  execFileSync(process.execPath, args, { cwd, encoding: 'utf8' });

/** A project of somebody else, with the package in its node_modules. */
let project = '';

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'gradpath-'));
  const installed = join(project, 'node_modules/gradpath');
  mkdirSync(join(installed, 'src/graph'), { recursive: true });
  // types are checked once, with the sources
  node([tsc, '-p', 'tsconfig.build.json', '--noCheck', '--outDir', join(installed, 'dist')], root);
  for (const file of ['package.json', 'src/graph/graph.schema.json'])
    cpSync(join(root, file), join(installed, file));
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

const rows = [
  ...readFileSync(join(root, 'README.md'), 'utf8').matchAll(
    /^\| `(gradpath\/examples\/[\w-]+)` \| ([^|]+) \| `([^`]+)`/gm,
  ),
].map(([, from, names, call]) => ({ from, names: [...names.matchAll(/\w+/g)].map(([name]) => name), call }));

/** Imports all names of a row, and calls one as the row does. */
const program = ({ from, names, call }: (typeof rows)[number], i: number) =>
  `import { ${names.map((name) => `${name} as ${name}_${i}`).join(', ')} } from '${from}';
export const called_${i} = () => ${call.replaceAll(/\w+/g, (word) => (names.includes(word) ? `${word}_${i}` : word))};
console.log(JSON.stringify([${names.map((name) => `typeof ${name}_${i}`).join(', ')}]));
`;

test('each example has a line in the README', () => {
  expect(rows.map(({ from }) => from).sort()).toEqual(
    examples.map(({ name }) => `gradpath/examples/${name}`).sort(),
  );
});

test('what it names can be imported from the built package, with types', () => {
  const text = rows.map(program).join('');
  writeFileSync(join(project, 'all.mts'), text);
  const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022'];
  expect(node([tsc, ...options, 'all.mts'], project)).toBe('');
  const calls = rows.map(({ from }, i) =>
    from.endsWith('/cnn') ? '' : `console.log(typeof called_${i}());\n`,
  );
  writeFileSync(join(project, 'all.mjs'), text + calls.join(''));
  const printed = node(['all.mjs'], project).trim().split('\n');
  expect(printed).toHaveLength(2 * rows.length - 1);
  expect(printed.join()).not.toContain('undefined');
  rows.forEach(({ names }, i) => expect(JSON.parse(printed[i])).toHaveLength(names.length));
});

test('the average precision and the matrix are those of the examples', () => {
  const text = `import { averagePrecision, elevenPoints, rankingOf } from 'gradpath/examples/average-precision';
import { convolutionMatrix } from 'gradpath/examples/transposed-conv';
import { explain, targetOf } from 'gradpath';
import { lstm } from 'gradpath/examples/lstm';
const ranking = rankingOf([1, 1, 0, 0, 0, 1, 1, 0, 0, 1]);
const eleven = elevenPoints(ranking);
const M = convolutionMatrix({ rows: 2, columns: 2 }, [[1, 2], [3, 4]]);
const { builder, values, target } = lstm({ steps: 2 });
const { residual } = explain(builder, values, targetOf({ builder, values, target }), builder.graph.idOf('W_f'));
console.log(JSON.stringify([eleven.reduce((a, b) => a + b) / 11, M.length, M[0].length, residual]));
`;
  writeFileSync(join(project, 'figures.mjs'), text);
  const [ap, rowsOfM, columns, residual] = JSON.parse(node(['figures.mjs'], project)) as number[];
  expect(ap).toBeCloseTo(8.2857 / 11, 4);
  expect([rowsOfM, columns]).toEqual([4, 9]);
  expect(residual).toBeLessThan(1e-12);
});

test('the files packed are the built library and its examples, and nothing else', () => {
  const { files, exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    files: string[];
    exports: Record<string, string | { types: string; default: string }>;
  };
  const paths = Object.values(exports).flatMap((entry) =>
    typeof entry === 'string' ? [entry] : Object.values(entry),
  );
  for (const path of paths) {
    const packed = [...files, 'package.json'].some((file) => path.startsWith(`./${file}`));
    expect(packed, path).toBe(true);
  }
});
