import { expect, test } from 'vitest';
import { modelFromEquations } from '../src/model/equations/unroll.ts';
import { positionOf } from '../src/notation/problem.ts';
import { Checker } from '../src/verify/check.ts';
import { MathDocument } from '../src/verify/document.ts';
import { secondsOf } from './support/time.ts';

const EQUATIONS = String.raw`T = 3
param  U: 3x2, W: 3x3, V: 4x3
input  x_t: 2 for t = 1..T
target y_t: 4 for t = 1..T
const  H_0: 3 = [0.3, -0.2, 0.5]
H_t = \tanh(U x_t + W H_{t-1}) for t = 1..T
O_t = V H_t
E_t = \frac12 \|O_t - y_t\|^2
E = \sum_{t=1}^{T} E_t`;
const checker = new Checker(modelFromEquations(EQUATIONS));

interface Found {
  readonly place: string;
  readonly text: string;
  readonly verdict: string;
}

/** Line and column, text on one line, and verdict of each formula. */
function found(text: string): readonly Found[] {
  const formulas = new MathDocument(text).formulas(checker.subject);
  return checker.judgeAll(formulas.statements, formulas.text).map((report) => {
    const { line, column } = positionOf(text, report.span.start);
    return { place: `${line}:${column}`, text: report.text.replace(/\s+/g, ' '), verdict: report.verdict };
  });
}

const verdicts = (text: string) => found(text).map(({ place, verdict }) => `${place} ${verdict}`);

/** A handwritten solution as a scanner gives it: exercises, tables and noise around the formulas. */
const SCANNED = String.raw`
Sheet 7 - Answers

1. The total error.

$$E = E_1 + E_2 + E_3$$

(i)
$$\frac{\partial E_2}{\partial W} = \frac{\partial E_2}{\partial O_2} \times \frac{\partial O_2}{\partial H_2} \times \frac{\partial H_2}{\partial W}$$
 $+$

$$\frac{\partial E_2}{\partial O_2} \times \frac{\partial O_2}{\partial H_2} \times \frac{\partial H_2}{\partial H_1} \times \frac{\partial H_1}{\partial W}$$

$$2. a) \frac{\partial E_3}{\partial U} = \frac{\partial E_3}{\partial O_3} \frac{\partial O_3}{\partial H_3} \frac{\partial H_3}{\partial U}$$

$$+ \frac{\partial E_3}{\partial O_3} \frac{\partial O_3}{\partial H_3} \frac{\partial H_3}{\partial H_2} \frac{\partial H_2}{\partial U}$$

b) forgetting nothing, the out put weights see one step

$$b) \frac{\partial E_3}{\partial V} = \frac{\partial E_3}{\partial O_3} \frac{\partial O_3}{\partial V}$$

Vanishing gradlent: if the norm of W is < 1 the product $\prod_k \frac{\partial H_k}{\partial H_{k-1}}$ goes to 0.

| rank | hit | precision | recall |
|------|-----|-----------|--------|
| 1    | 1   | 1.0       | 0.25   |

	rank	1	2	3	4
	hit	Tru	Falso	Tru	Fa1se

At rank i we have $P_i = \sum_{j=1}^i C_j / i$ and $R_i = \sum_{j=1}^i C_j / 4$.

$$AP = \frac{3 \times 1.0 + 8 \times 0.5}{11}$$

11

$$= \frac{7}{11}$$

$$\therefore \boxed{\text{AP} = 0.64}$$

$$FL(p) = -(1-p)^\gamma \log p$$ so (F.L)$_{\gamma = 0}$ = C.E

$$IOU(A, B) = \frac{(W-2c)H}{HW} = \frac{H-2c}{H}$$

$$W = \begin{bmatrix} 1 & 2 & 0 \\ 0 & 1 & 2 \end{bmatrix}$$

output dize = (5-1) x stride - 2 x padding + (3-1) + 1

the price was $5 for one and $7 for two
`;

test('every gradient formula of a scanned solution is found, and nothing else', () => {
  expect(verdicts(SCANNED)).toEqual(['6:3 right', '9:3 right', '14:9 wrong', '20:6 right']);
  expect(found(SCANNED)[1].text).toContain(String.raw`{\partial W} + \frac`);
});

test('what is missing of a formula over several displays is told, its terms point into the document', () => {
  const document = new MathDocument(SCANNED);
  const { statements, text } = document.formulas(checker.subject);
  const report = checker.judgeAll(statements, text)[2];
  expect(report.missing.map(({ path }) => path)).toEqual(['U → H_1 → H_2 → H_3 → O_3 → E_3']);
  const [first, second] = report.terms;
  expect(SCANNED.slice(first.span.start, first.span.end)).toMatch(
    /^\\frac.*\{\\partial H_3\}\{\\partial U\}$/,
  );
  expect(positionOf(SCANNED, second.span.start)).toEqual({ line: 16, column: 5 });
});

const right = String.raw`\frac{\partial E_1}{\partial O_1} = O_1 - y_1`;
const wrong = String.raw`\frac{\partial E_1}{\partial O_1} = y_1 - O_1`;

test.each([
  ['$…$', `so $${right}$ holds`],
  ['$$…$$', `$$${right}$$`],
  ['\\[…\\]', `\\[${right}.\\]`],
  ['\\(…\\)', `thus \\(${right}\\), and`],
  ['equation', `\\begin{equation}\\label{eq:a}\n${right}\n\\end{equation}`],
  ['a starred environment', `\\begin{align*}${right}\\end{align*}`],
  ['nested environments', `\\begin{equation}\\begin{split}${right}\\end{split}\\end{equation}`],
  ['a fence', `\`\`\`math\n${right}\n\`\`\``],
  ['code in a line', '`dE_1/dO_1 = O_1 - y_1`'],
  ['a line without delimiters', `before\n${right}\nbehind`],
  ['plain text', 'dE1/dO1 = O1 - y1'],
  ['Unicode', '∂E₁/∂O₁ = O₁ − y₁'],
  ['a line that begins with words', 'By the chain rule: dE_1/dO_1 = O_1 - y_1.'],
  ['a line that ends with words', 'dE_1/dO_1 = O_1 - y_1, which is a vector of size four'],
  ['a list', '- dE_1/dO_1 = O_1 - y_1'],
  ['a numbered list', '  (iv) dE_1/dO_1 = O_1 - y_1'],
  ['bold', '**dE_1/dO_1 = O_1 - y_1**'],
  ['a quotation', `> $$\n> ${right}\n> $$`],
  ['numbering within', `$$1. a) ${right}$$`],
  ['a tag and a label', `$$${right} \\tag{3} \\label{x}$$`],
  ['a tag with a star', `$$${right} \\tag*{(3)}$$`],
  ['a number far behind', `$$${right}    (3)$$`],
  ['a line that ends with small words', 'dE_1/dO_1 = O_1 - y_1 in this case'],
  ['words between', `$$${right}$$\n\nso that\n\n$$= 5 $$`],
  ['a number behind', `$$${right} \\qquad (3.1)$$`],
  ['a box', `$$\\boxed{${right}}$$`],
  ['words and arrows before', `$$\\therefore \\text{so we get } ${right}$$`],
  ['comments', `\\[ % as above\n${right} % done\n\\]`],
  ['lines', '$$\\frac{\\partial E_1}{\\partial O_1}\n=\nO_1\n- y_1$$'],
  ['Windows', `Text.\r\n\r\n$$\r\n${right}\r\n$$\r\n`],
  ['tabs', `\t$$\t${right}\t$$`],
  ['words around', `$$\\text{Thus } ${right} && \\text{(chain rule)}$$`],
  ['words in a line', `${right} \\quad \\text{for all } t`],
  ['a sign above the sign', `$$${right.replace('=', '\\overset{!}{=}')}$$`],
  ['a macro of a package', `$$\\pdv{E_1}{O_1} = O_1 - y_1$$`],
  ['a macro', `\\newcommand{\\by}[2]{\\frac{\\partial #1}{\\partial #2}}\n\nso $\\by{E_1}{O_1} = O_1 - y_1$`],
  ['a macro in a line', `\\def\\dd{\\partial}\n\\frac{\\dd E_1}{\\dd O_1} = O_1 - y_1`],
  ['HTML', '<b>Then</b> <i>∂E</i><sub>1</sub>/∂O<sub>1</sub> = O_1 - y_1 <br/>'],
  ['remarks far behind', 'dE_1/dO_1 = O_1 - y_1     [outer product]'],
  ['a question', 'Q1. dE_1/dO_1 = O_1 - y_1'],
  ['an equation with its number', 'Eq. (3): dE_1/dO_1 = O_1 - y_1'],
  ['a step', 'Step 2 - dE_1/dO_1 = O_1 - y_1'],
  ['quotation marks', '“dE_1/dO_1 = O_1 - y_1”'],
  ['dollars and backticks', `so $\`${right}\`$ holds`],
  ['IEEEeqnarray', `\\begin{IEEEeqnarray}{rCl} ${right} \\end{IEEEeqnarray}`],
  ['eqnarray with two signs', `\\begin{eqnarray*} ${right.replace('=', '&=&')} \\end{eqnarray*}`],
  ['full-width signs', '∂E_1／∂O_1 ＝ O_1 - y_1'],
  ['characters beyond the basic plane', `𝔘𝔫𝔡 𝒔𝒐 😀\n\n$$${right}$$`],
])('%s', (_, text) => {
  expect(found(text).map(({ verdict }) => verdict)).toEqual(['right']);
  const changed = text.replace('O_1 - y_1', 'y_1 - O_1').replace('O1 - y1', 'y1 - O1');
  const turned = changed.replace('O₁ − y₁', 'y₁ − O₁').replace('O_1\n- y_1', 'y_1\n- O_1');
  expect(found(turned).map(({ verdict }) => verdict)).toEqual(['wrong']);
});

test('rows that go on belong to the formula above, others are formulas of their own', () => {
  const rows = String.raw`\begin{align}
\frac{\partial E_2}{\partial V} &= \frac{\partial E_2}{\partial O_2} \frac{\partial O_2}{\partial V} \\
  &= (O_2 - y_2) H_2^\top \nonumber \\[2pt]
\frac{\partial E_3}{\partial U} &= \frac{\partial E_3}{\partial O_3} \\
  &\qquad \frac{\partial O_3}{\partial H_3} \Bigl( \frac{\partial H_3}{\partial U} \\
  &\quad {} + \frac{\partial H_3}{\partial H_2} \frac{\partial H_2}{\partial U} \Bigr)
\end{align}`;
  expect(verdicts(rows)).toEqual(['2:1 right', '4:1 wrong']);
  expect(found(rows)[1].text).toMatch(/O_3\} \\frac.*\\frac\{\\partial H_2\}\{\\partial U\} \\Bigr\)$/);
});

test.each([
  ['eqnarray', String.raw`\begin{eqnarray} ${right} \\ ${wrong} \end{eqnarray}`],
  ['an array', String.raw`\[ \left\{ \begin{array}{rcl} ${right} \\ ${wrong} \end{array} \right. \]`],
  ['cases', String.raw`$$\begin{cases} ${right} \\ ${wrong} \end{cases}$$`],
  ['dcases', String.raw`$$\begin{dcases} ${right} \\ ${wrong} \end{dcases}$$`],
  ['a brace', String.raw`\[ \left\{ \begin{aligned} ${right} \\ ${wrong} \end{aligned} \right. \]`],
  ['a row', String.raw`\begin{align} ${right.replace('=', '&=')} & ${wrong.replace('=', '&=')} \end{align}`],
  [
    'a row, far apart',
    String.raw`\begin{align} ${right.replace('=', '&=')}, && ${wrong.replace('=', '&=')} \end{align}`,
  ],
  ['gather', String.raw`\begin{gather} ${right} \\ ${wrong} \end{gather}`],
  ['lines of a fence', `\`\`\`math\n${right}\n${wrong}\n\`\`\``],
  ['lines of text', '∂E₁/∂O₁ = O₁ − y₁\n∂E₁/∂O₁ = y₁ − O₁'],
  ['one line of text', 'dE_1/dO_1 = O_1 - y_1 and dE_1/dO_1 = y_1 - O_1'],
  ['displays', `$$${right}$$\n\n$$${wrong}$$`],
  ['a display that is never closed', `$$${right}\n\nThen we go on and write\n\n$$${wrong}$$`],
])('two formulas in %s', (_, text) => {
  expect(found(text).map(({ verdict }) => verdict)).toEqual(['right', 'wrong']);
});

test('a display that begins with a minus and an equation of its own continues nothing', () => {
  const text = String.raw`$$${right}$$

$$-\frac{\partial E_1}{\partial O_1} = y_1 - O_1$$`;
  expect(verdicts(text)).toEqual(['1:3 right', '3:3 right']);
});

test('lines of text go on with operators', () => {
  const text = `dE_2/dU = dE_2/dO_2 dO_2/dH_2 dH_2/dU
        + dE_2/dO_2 dO_2/dH_2 dH_2/dH_1 dH_1/dU

+ this is a list, not a term`;
  expect(verdicts(text)).toEqual(['1:1 right']);
});

test.each([
  ['code', '```python\ndW = dh @ x.T\n```'],
  ['verbatim', '\\begin{verbatim}\ndE/dW = x\n\\end{verbatim}'],
  ['a comment of LaTeX', '\\documentclass{article}\n% dE/dW = x'],
  ['a picture', '![E = W](E=3.png "dE/dW = W")'],
  ['an address', 'see https://example.org/?W=U or [this](page.html?W=U)'],
  ['an attribute of HTML', '<p W="V" title="W = V">text</p> <style> W = V </style>'],
  ['what stands before a page', '---\ntitle: W = V\n---\ntext'],
  ['a comment of HTML', '<!-- $\\partial E/\\partial W = x$ -->'],
  ['a bound', '$\\|\\frac{\\partial H_3}{\\partial H_2}\\| < 1$'],
  ['a derivative alone', 'Here $\\frac{\\partial E}{\\partial W}$ is a matrix'],
  ['values', '$T = 3$, $H_0 = 0$, $W = 0.5$ and y = 1'],
  ['another exercise', '$y = W q + c$ and $IOU = (W - 2c) H / (H W)$'],
  ['a sentence', 'The gradient is = 0 where E is least.'],
  ['a table', '| ∂E/∂W = | 3 |'],
  ['a heading', 'dE_0 and more\n=====\n'],
])('%s is no formula about the model', (_, text) => {
  const { statements, problems } = new MathDocument(text).formulas(checker.subject);
  expect(statements).toEqual([]);
  expect(problems).toEqual([]);
});

test('equations between variables of the model are judged; definitions, where a formula uses them', () => {
  expect(verdicts('$O_t = V H_t$, and $H_t = \\tanh(U x_t)$.')).toEqual(['1:2 right', '1:21 wrong']);
  const defined = 'e_1 = O_1 - y_1\n\ndE_1/dV = e_1 H_1^T';
  expect(verdicts(defined)).toEqual(['1:1 right', '3:1 right']);
  expect(verdicts('e_1 = O_1 - y_1')).toEqual([]);
});

test('derivatives of other things are told apart', () => {
  const { statements, foreign } = new MathDocument('$\\frac{\\partial L}{\\partial p} = -1/p$').formulas(
    checker.subject,
  );
  expect([statements.length, foreign.length]).toEqual([0, 1]);
});

test('a formula about the model that cannot be read is a problem at its place', () => {
  const text = 'Now\n\n$$\\frac{\\partial E_3}{\\partial W = 5$$\n\nand $\\frac{a}{b$ does not matter.';
  const { problems } = new MathDocument(text).formulas(checker.subject);
  expect(problems.map(({ where }) => where)).toEqual(['line 3, column 22']);
  expect(text.slice(problems[0].span.start, problems[0].span.end)).toBe('{');
});

test('a fence declares the model; places are those of the document', () => {
  const text = `# Title\n\n\`\`\`gradpath\n${EQUATIONS}\n\`\`\`\n\n$$${right}$$`;
  const { model } = new MathDocument(text);
  expect(modelFromEquations(model!.text).builder.graph.idOf('E_3')).toBeGreaterThan(0);
  const broken = new MathDocument(text.replace('O_t = V H_t', 'O_t = Q H_t')).model!;
  expect(() => modelFromEquations(broken.text)).toThrow(
    expect.objectContaining({ where: 'line 10, column 7' }),
  );
});

test('declarations in the text and equations before the first derivative are a model', () => {
  const text = String.raw`We need param settings and input data, with T = 3 steps:

T = 3
param U: 3x2, W: 3x3, V: 4x3
input x_t: 2 for t = 1..T
target y_t: 4 for t = 1..T
const H_0: 3 = 0.1

$$H_t = \tanh(U x_t + W H_{t-1}) \quad \text{for } t = 1..T$$
$$O_t = V H_t, \qquad E_t = \frac12 \|O_t - y_t\|^2$$
and $E = \sum_{t=1}^T E_t$.

$$${right}$$`;
  const document = new MathDocument(text);
  const own = new Checker(modelFromEquations(document.model!.text));
  const { statements, text: masked } = document.formulas(own.subject);
  expect(own.judgeAll(statements, masked).map(({ verdict, span }) => [verdict, span.start])).toEqual([
    ['right', text.lastIndexOf('\\frac{\\partial')],
  ]);
  expect(new MathDocument('input is a sentence\nparam: none\n$W = 3$').model).toBeUndefined();
});

test('items of a list are formulas of their own, and their marks no signs', () => {
  const items = ['dE/dO_1 = O_1 - y_1', '$dE/dO_2 = O_2 - y_2$', '$dE/dO_3 = O_3 - y_3$'];
  for (const mark of ['-', '+', '*', '1.']) {
    const text = `All three:\n\n${items.map((item) => `${mark} ${item}`).join('\n')}\n`;
    const { statements, text: masked } = new MathDocument(text).formulas(checker.subject);
    const reports = checker.judgeAll(statements, masked);
    expect(
      reports.map(({ verdict }) => verdict),
      mark,
    ).toEqual(['right', 'right', 'right']);
  }
});

test.each([
  ['dollars', '$'.repeat(300_000)],
  ['brackets', `$$${'('.repeat(300_000)}`],
  ['formulas never closed', '\\[ a\n\n'.repeat(50_000)],
  ['formulas never closed in one paragraph', '\\[ a '.repeat(60_000)],
  ['backslashes', '\\'.repeat(300_000)],
  ['backticks', '` a '.repeat(70_000)],
  ['blanks', `dE/dW =${' '.repeat(300_000)}x`],
  ['one long line', `dE/dW = ${'+ W '.repeat(70_000)}`],
  ['tags of HTML', '<a b=<a b="'.repeat(60_000)],
  ['pictures', '![a]('.repeat(100_000)],
  ['links', '[a](/'.repeat(100_000)],
  ['definitions of macros', '\\newcommand{\\a}'.repeat(20_000)],
  ['one formula', `$$${'dE_1/dO_1 + '.repeat(80_000)}$$`],
  ['columns', `$$${'& a = b '.repeat(6000)}$$`],
  ['no characters', ''],
  ['lone surrogates', '$\ud800 = \\partial W \udc00$ dE/dW = \ud800'],
])('%s are read in seconds', (_, text) => {
  expect(secondsOf(() => new MathDocument(text).formulas(checker.subject))).toBeLessThan(5);
});
