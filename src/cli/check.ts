/** `gradpath check`: the formulas of a document, or one that is typed, each with a verdict per term. */

import { writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { GradpathError } from '../graph/error.ts';
import type { Model } from '../model/model.ts';
import { MathDocument } from '../verify/document.ts';
import { checkHtml } from './check-html.ts';
import { checkJson } from './check-json.ts';
import { type Checked, checkDocument, checkFormula } from './check-judge.ts';
import { checkReport, isWrong } from './check-text.ts';
import { type Arguments, type Command, optionError } from './command.ts';
import { type Io, sourceName } from './io.ts';
import { fromEquations, loadModel, modelHelp } from './load.ts';
import { jsonText } from './print-json.ts';
import { ProgressLine } from './progress.ts';

/** Of documents with more formulas it is told how far they are, also where standard error is no terminal. */
const MANY = 20;
const WIDTH = 100;

export const checkCommand: Command = {
  name: 'check',
  summary: 'the formulas of a derivation, each judged term by term against a model',
  usage: `FILE [--model MODEL] [--json] [--html OUT.html]  or  --formula 'dE/dW = …' --model MODEL`,
  operands: ['FILE'],
  modelOption: 'model',
  options: {
    model: { value: 'MODEL', help: 'what to judge against (default: what FILE declares)' },
    formula: { value: 'TEXT', help: 'judge this instead of a file; several are separated by ; or new lines' },
    html: { value: 'OUT.html', help: 'write the report as a page to hand back as well' },
    json: { help: 'print { model, verdict, counts, formulas: [{ line, column, text, verdict, terms, … }] }' },
  },
  details: `FILE is Markdown, LaTeX or plain text; - is standard input. Formulas stand in $…$, $$…$$, \\[…\\], \\(…\\), environments
such as align, fences \`\`\`math, or in a line of their own without delimiters: dE/dW = …, ∂E/∂W = …. Those are judged that
hold derivatives of the model's variables, or are equations between its variables.

${modelHelp}

A document may declare its model itself: such lines in a fence \`\`\`gradpath, or param W: 4x4 and the like in its text.

The exit code is 1 if a formula is wrong or cannot be read. It is 0 if none is, also if some are ambiguous (they depend
on how they are read, or a symbol is unknown and has one repair) or unverifiable, or if none was found.`,
  async run(args, io) {
    const html = htmlFile(args);
    const checked = await check(args, io);
    if (html !== undefined) writeHtml(html, checked, io);
    if (args.flag('json')) io.print(jsonText(checkJson(checked)));
    else io.print(checkReport(checked, io.style, process.stdout.columns || WIDTH));
    return checked.formulas.some(isWrong) ? 1 : 0;
  },
};

async function check(args: Arguments, io: Io): Promise<Checked> {
  const [path] = args.operands;
  const formula = args.text('formula');
  if (formula !== undefined) {
    if (path !== undefined) throw optionError(`check takes ${path} or --formula; leave one of them out`);
    if (formula.trim() === '')
      throw optionError('--formula is empty, expected an equation such as dE/dW = …', 'formula');
    const model = await loadModel(args, io, 'check --model');
    return withProgress((told) => checkFormula(formula, 'the formula', model, told));
  }
  if (path === undefined) {
    throw optionError(
      "check needs a FILE, - or --formula; try gradpath check --formula 'dE/dW = …' --model rnn",
    );
  }
  if (path === '-' && args.model === '-')
    throw optionError('FILE and MODEL cannot both be standard input', 'model');
  const document = new MathDocument(await io.read(path));
  const model = await modelFor(document, args, io);
  return withProgress((told) => checkDocument(document, sourceName(path), model, told));
}

function withProgress(judged: (told: (done: number, count: number) => void) => Checked): Checked {
  let progress: ProgressLine | undefined;
  try {
    return judged((done, count) => {
      progress ??= new ProgressLine(process.stderr, count > MANY);
      progress.tell(`judged ${done} of ${count}`, done / count);
    });
  } finally {
    progress?.clear();
  }
}

/** The model that was asked for, else the one that the document declares. */
async function modelFor(document: MathDocument, args: Arguments, io: Io): Promise<Model> {
  const [path] = args.operands;
  if (args.model !== undefined) {
    if (document.model !== undefined)
      io.note(`note: judged against ${args.model}, not the model that the document declares`);
    return loadModel(args, io, 'check --model');
  }
  if (document.model !== undefined) {
    const model = fromEquations(document.model.text, path, io, document.text);
    return model.title === model.name ? { ...model, title: 'the model that it declares' } : model;
  }
  throw optionError(
    `${sourceName(path)} declares no model; name one, such as --model rnn, or write its equations in a fence \`\`\`gradpath`,
    'model',
  );
}

/** Where the page goes; not where it would replace something else. */
function htmlFile(args: Arguments): string | undefined {
  const path = args.text('html');
  if (path === undefined) return undefined;
  const isPage = /\.html?$/i.test(path);
  if (!isPage)
    throw optionError(`--html is "${path}", expected the name of a page, such as report.html`, 'html');
  const [source] = args.operands;
  if (source !== undefined && resolve(source) === resolve(path)) {
    throw optionError(`--html is ${path}, which is the document itself; name another file`, 'html');
  }
  return path;
}

function writeHtml(path: string, checked: Checked, io: Io): void {
  try {
    writeFileSync(path, checkHtml(checked));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new GradpathError('file', `${path} cannot be written (${code ?? error})`, path);
  }
  io.note(`the report is in ${basename(path)}`);
}
