import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { gradpath, workFolder } from './support.ts';

const MODEL = String.raw`# Elman network
T = 3
param  U: 3x2, W: 3x3, V: 4x3
input  x_t: 2 for t = 1..T
target y_t: 4 for t = 1..T
const  H_0: 3 = [0.3, -0.2, 0.5]
H_t = tanh(U x_t + W H_{t-1}) for t = 1..T
O_t = V H_t
E_t = \frac12 \|O_t - y_t\|^2
E = sum_t E_t
`;
const chain = (t: number, ...through: readonly string[]) =>
  [`\\frac{\\partial E_${t}}{\\partial ${through[0]}}`]
    .concat(through.slice(1).map((by, i) => `\\frac{\\partial ${through[i]}}{\\partial ${by}}`))
    .join(' ');
const RIGHT = `\\frac{\\partial E_2}{\\partial W} = ${chain(2, 'O_2', 'H_2', 'W')} + ${chain(2, 'O_2', 'H_2', 'H_1', 'W')}`;
const SHORT = `\\frac{\\partial E_3}{\\partial W} = ${chain(3, 'O_3', 'H_3', 'W')} + ${chain(3, 'O_3', 'H_3', 'H_2', 'W')}`;

const folder = workFolder({
  'rnn.txt': MODEL,
  'right.md': `The answer:\n\n$$${RIGHT}$$\n`,
  'wrong.md': `# Sheet\n\nSince $\\|W\\| < 1$:\n\n$$${RIGHT}$$\n\n<b>b)</b> $$${SHORT}$$\n`,
  'own.md': `\`\`\`gradpath\n${MODEL}\`\`\`\n\nThen dE_1/dV = (O_1 - y_1) H_1^T.\n`,
  'broken.md': `\`\`\`gradpath\n${MODEL.replace('V H_t', 'Q H_t')}\`\`\`\n\n$$${RIGHT}$$\n`,
  'bad-model.txt': MODEL.replace('V H_t', 'Q H_t'),
  'unread.md': 'So\n\n$$\\frac{\\partial E_3}{\\partial W = 5$$\n',
  'prose.md': 'No formula, no price of $5 or $6, and a table:\n\n| a | b |\n|---|---|\n| 1 | 2 |\n',
  'empty.md': '',
  'many.md': `$${RIGHT}$\n\n`.repeat(100),
});
const check = (...words: readonly string[]) => gradpath(folder, ['check', ...words]);

interface Json {
  readonly model: string;
  readonly verdict: string | null;
  readonly counts: Readonly<Record<string, number>>;
  readonly formulas: readonly Record<string, unknown>[];
}
const json = async (...words: readonly string[]) => {
  const { code, stdout } = await check(...words, '--json');
  return { code, ...(JSON.parse(stdout) as Json) };
};

test('a right document gets marks under its terms and exit code 0', async () => {
  const { code, stdout, stderr } = await check('right.md', '--model', 'rnn.txt');
  expect(stdout).toContain('right.md, judged against Elman network');
  expect(stdout).toContain('✓ line 3:3  right: all 2 paths are there, each once');
  const lines = stdout.split('\n');
  const at = lines.findIndex((line) => line.includes('∂E₂/∂W ='));
  const [first, second] = ['∂E₂/∂O₂ ∂O₂/∂H₂ ∂H₂/∂W', '∂E₂/∂O₂ ∂O₂/∂H₂ ∂H₂/∂H₁ ∂H₁/∂W'];
  expect(lines[at]).toBe(`  ∂E₂/∂W = ${first} + ${second}`);
  const marks = ['✓1', '✓2'].map((mark) => lines[at + 1].indexOf(mark));
  const starts = [first, second].map((term) => lines[at].lastIndexOf(term));
  expect(lines[at + 1].indexOf('╰')).toBe(starts[0]);
  expect(lines[at + 1].lastIndexOf('╰')).toBe(starts[1]);
  expect(marks[0]).toBeGreaterThan(starts[0]);
  expect(marks[0]).toBeLessThan(starts[0] + first.length);
  expect(marks[1]).toBeGreaterThan(starts[1]);
  expect(stdout).toContain('  2 ✓ W → H₁ → H₂ → O₂ → E₂');
  expect(stdout).toMatch(/✓ 1 formula: 1 right\n$/);
  expect([code, stderr]).toEqual([0, '']);
});

test('of a wrong one it is told what is missing and what would mend it', async () => {
  const { code, stdout } = await check('wrong.md', '--model', 'rnn.txt');
  expect(stdout).toContain('✗ line 7:13  wrong: 1 of 3 paths missing');
  expect(stdout).toContain('  missing: W → H₁ → H₂ → H₃ → O₃ → E₃');
  expect(stdout).toMatch(/✗ 2 formulas: 1 right, 1 wrong\n$/);
  expect(code).toBe(1);
});

test('--json has stable keys, and spans are offsets into the document', async () => {
  const { code, model, verdict, counts, formulas } = await json('wrong.md', '--model', 'rnn.txt');
  expect([code, model, verdict, formulas.length]).toEqual([1, 'rnn', 'wrong', 2]);
  expect(counts).toEqual({ right: 1, wrong: 1, ambiguous: 0, unverifiable: 0 });
  const [, wrong] = formulas;
  expect(Object.keys(wrong)).toEqual([
    'line',
    'column',
    'text',
    'level',
    'target',
    'verdict',
    'reading',
    'readings',
    'terms',
    'missing',
    'faults',
    'repair',
    'maxRelativeError',
  ]);
  expect(wrong).toMatchObject({ line: 7, column: 13, text: SHORT, level: 1, verdict: 'wrong' });
  expect(wrong.target).toBe('\\frac{\\partial E_3}{\\partial W}');
  const terms = wrong.terms as readonly {
    text: string;
    span: { start: number; end: number };
    path: string;
  }[];
  expect(Object.keys(terms[0])).toEqual(['text', 'span', 'verdict', 'path', 'message']);
  const document = readFileSync(join(folder, 'wrong.md'), 'utf8');
  for (const { text, span } of terms) expect(document.slice(span.start, span.end)).toBe(text);
  expect(terms.map(({ path }) => path)).toEqual(['W → H_3 → O_3 → E_3', 'W → H_2 → H_3 → O_3 → E_3']);
  expect(wrong.missing).toEqual([
    { path: 'W → H_1 → H_2 → H_3 → O_3 → E_3', latex: chain(3, 'O_3', 'H_3', 'H_2', 'H_1', 'W') },
  ]);
  expect(wrong.faults).toMatchObject([{ kind: 'missing' }]);
  expect(Object.keys(wrong.repair as object)).toEqual(['label', 'span', 'replacement']);
  expect(formulas[0].repair).toBeNull();
});

test('--formula judges what is typed, several with semicolons or in lines', async () => {
  const model = ['--model', 'rnn.txt'];
  const one = await json('--formula', 'dE_1/dO_1 = O_1 - y_1', ...model);
  expect([one.code, one.formulas.map(({ verdict }) => verdict)]).toEqual([0, ['right']]);
  const text = 'dE_1/dO_1 = O_1 - y_1; dE_1/dO_1 = y_1 - O_1\ndE_2/dO_2 = O_2 - y_2';
  const three = await json('--formula', text, ...model);
  expect(three.formulas.map(({ line, column, verdict }) => [line, column, verdict])).toEqual([
    [1, 1, 'right'],
    [1, 24, 'wrong'],
    [2, 1, 'right'],
  ]);
  expect(three.code).toBe(1);
});

test('MODEL may be an example with its settings', async () => {
  const formula = 'dE/dV = sum_{t=1}^{5} (dE_t/dO_t)^T H_t^T';
  const run = await json('--formula', 'E = E_1 + E_2 + E_3 + E_4 + E_5', '--model', 'rnn', '--steps', '5');
  expect([run.code, run.model, run.formulas[0].verdict]).toEqual([0, 'rnn', 'right']);
  const wrong = await check('--formula', formula, '--model', 'rnn', '--gamma', '5');
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('--gamma belongs to focal-loss')]);
});

test('a document may declare its model; what is wrong with it is shown in the document', async () => {
  const own = await json('own.md');
  expect([own.code, own.model, own.formulas.length]).toEqual([0, 'own', 1]);
  const { code, stderr } = await check('broken.md');
  expect(stderr).toBe(
    'gradpath: broken.md, line 9, column 7: Q is not defined; declare it, as in param Q: 4\n' +
      '  O_t = Q H_t\n        ^\n',
  );
  expect(code).toBe(2);
  const other = await check('own.md', '--model', 'rnn.txt');
  expect(other.stderr).toContain('not the model that the document declares');
});

test('a formula that cannot be read has its line and a caret', async () => {
  const { code, stdout } = await check('unread.md', '--model', 'rnn');
  expect(stdout).toContain(
    '✗ line 3:22  unreadable: expected a closing brace } for the { here\n' +
      '  $$\\frac{\\partial E_3}{\\partial W = 5$$\n                       ^',
  );
  expect(code).toBe(1);
  const { verdict, counts, formulas } = await json('unread.md', '--model', 'rnn');
  expect([verdict, counts.wrong]).toEqual(['wrong', 1]);
  expect(formulas).toMatchObject([{ verdict: 'wrong', faults: [{ kind: 'garbled' }], target: null }]);
});

test('the caret stands below its place behind wide characters, marks above letters, tabs and in files of Windows', async () => {
  const caret = async (text: string) => {
    const { stdout } = await check('--formula', text, '--model', 'rnn.txt');
    const [, line, mark] = stdout.split('\n').slice(2);
    return [line, mark];
  };
  expect(await caret('一二 dE_1/dV = (O_1')).toEqual(['  一二 dE_1/dV = (O_1', `  ${' '.repeat(15)}^`]);
  expect(await caret('dE_1/dy\u0302 = (O_1\r\n')).toEqual(['  dE_1/dy\u0302 = (O_1', `  ${' '.repeat(10)}^`]);
  expect(await caret('\tdE_1/dV\t= (O_1')).toEqual(['   dE_1/dV = (O_1', `  ${' '.repeat(11)}^`]);
  expect(await caret('x = 😀 + dE_1/dV')).toEqual(['  x = 😀 + dE_1/dV', '      ^']);
});

test.each([
  ['dE_3/dW = dE_3/dH_3 dH_3 + ∂H_3∂W', 'expected a stroke: ∂H_3/∂W'],
  ['dE/dV = sum_{t=1}^{5} (O_t - y_t) H_{t-1}^T', 'there is no O_t at t = 4'],
  ['dE/dV = sum_{t=1}^{n} (O_t - y_t) H_t^T', 'n has no value: it is not known how far the Σ runs'],
  ['dE/dV = sum_{t=1}^{99999} (O_t - y_t) H_t^T', 'the Σ runs over more than 10000 values'],
  ['dE_3/dW', 'expected an equation'],
  [String.raw`\pdv{E_3} = 1`, 'the command \\pdv is not known here'],
  [String.raw`\def\a{\a} dE_3/dW = \a`, '\\a stands for itself, or for too much'],
])('%s: %s', async (formula, message) => {
  expect((await check('--formula', formula, '--model', 'rnn.txt')).stdout).toContain(message);
});

test('--html writes a page that needs nothing else and trusts no text', async () => {
  const { code, stderr } = await check('wrong.md', '--model', 'rnn.txt', '--html', 'report.html');
  expect([code, stderr]).toEqual([1, 'gradpath: the report is in report.html\n']);
  const page = readFileSync(join(folder, 'report.html'), 'utf8');
  expect(page).toContain('<math display="block">');
  expect(page).toContain('W → H₁ → H₂ → H₃ → O₃ → E₃');
  expect(page.match(/<section/g)).toHaveLength(2);
  expect(page).not.toMatch(/<script|https?:|<link|<img|@import|url\(/);
  const unsafe = "dE_1/dO_1 = '<img src=x>' & <b>";
  await check('--formula', unsafe, '--model', 'rnn.txt', '--html', 'unsafe.html');
  expect(readFileSync(join(folder, 'unsafe.html'), 'utf8')).not.toMatch(/<img|<b>/);
});

test.each([
  [['--html', 'right.md'], /expected the name of a page/],
  [['--html', 'missing/report.html'], /cannot be written \(ENOENT\)/],
])('a page goes nowhere else: %s', async (words, message) => {
  const { code, stderr } = await check('right.md', '--model', 'rnn.txt', ...words);
  expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
});

test.each([
  [[], /check needs a FILE, - or --formula/],
  [['right.md'], /right\.md declares no model; name one, such as --model rnn/],
  [['right.md', '--model', 'rn'], /there is no model "rn"; did you mean rnn\?/],
  [
    ['right.md', '--model', 'bad-model.txt'],
    /bad-model\.txt, line 8, column 7: Q is not defined[^\n]*\n.*\n {8}\^/,
  ],
  [['rihgt.md', '--model', 'rnn'], /rihgt\.md does not exist; did you mean right\.md\?/],
  [['right.md', '--formula', 'a = b', '--model', 'rnn'], /right\.md or --formula/],
  [['--formula', ' ', '--model', 'rnn'], /--formula is empty/],
  [['--formula', 'dE/dW = 0'], /needs a MODEL/],
  [['-', '--model', '-'], /cannot both be standard input/],
  [['right.md', '--steps', '4'], /--steps needs a MODEL: gradpath check --model rnn --steps/],
])('bad input is one message and exit code 2: %s', async (words, message) => {
  const { code, stdout, stderr } = await check(...words);
  expect(stderr).toMatch(message);
  expect([code, stdout]).toEqual([2, '']);
});

test('where there is nothing to judge, that is said', async () => {
  for (const file of ['prose.md', 'empty.md']) {
    const { code, stdout } = await check(file, '--model', 'rnn');
    expect([code, stdout]).toEqual([0, expect.stringContaining('No formula about the model was found.')]);
  }
  const { code, stdout } = await check('--formula', 'W', '--model', 'rnn');
  expect([code, stdout]).toEqual([1, expect.stringContaining('expected an equation')]);
});

test('of nothing there is no verdict; the worst of several is told', async () => {
  expect((await json('prose.md', '--model', 'rnn')).verdict).toBeNull();
  const formula = (text: string) => json('--formula', text, '--model', 'rnn.txt');
  const right = 'dE_1/dO_1 = O_1 - y_1';
  expect((await formula(right)).verdict).toBe('right');
  expect((await formula(`${right}; dE_1/dO_1 = … - y_1`)).verdict).toBe('unverifiable');
  expect((await formula(`${right}; dE_1/dO_1 = … - y_1; dE_1/dO_1 = y_1 - O_1`)).verdict).toBe('wrong');
});

test('standard input is a document', async () => {
  const { code, stdout } = await gradpath(folder, ['check', '-', '--model', 'rnn.txt'], `$${RIGHT}$`);
  expect([code, stdout]).toEqual([0, expect.stringContaining('standard input, judged against')]);
});

test('a hundred formulas are announced, and judged in less time than twenty runs take', async () => {
  const began = performance.now();
  expect((await check('right.md', '--model', 'rnn.txt')).code).toBe(0);
  const alone = performance.now() - began;
  const { code, stdout, stderr } = await check('many.md', '--model', 'rnn.txt');
  const tenths = Array.from({ length: 10 }, (_, i) => 10 * (i + 1));
  const lines = tenths.map((done) => `${String(done).padStart(3)} %  judged ${done} of 100\n`);
  expect([code, stderr]).toEqual([0, lines.join('')]);
  expect(stdout).toContain('✓ 100 formulas: 100 right');
  expect(performance.now() - began - alone).toBeLessThan(20 * alone);
});
