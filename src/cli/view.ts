/** `gradpath view`: builds the viewer if need be, serves it on this machine and opens it. */

import { spawn } from 'node:child_process';
import type { AnyExample } from '../../examples/example.ts';
import { modelToJSON } from '../model/json.ts';
import { type Arguments, type Command, optionError } from './command.ts';
import type { Io } from './io.ts';
import { loadModel, modelHelp, readSettings } from './load.ts';
import { modelNames } from './models.ts';
import { serveViewer } from './serve.ts';

/** The page reads no larger document. */
const MAX_DOCUMENT_BYTES = 8_000_000;

export const viewCommand: Command = {
  name: 'view',
  summary: 'the viewer, in the browser',
  usage: '[MODEL] [--port N] [--no-open]',
  operands: ['MODEL'],
  options: {
    port: { value: 'N', help: 'port to serve it on (default 4173; the next free one if it is taken)' },
    'no-open': { help: 'say the address, but open no browser' },
  },
  details: `${modelHelp}
Without a MODEL the viewer starts with ${modelNames[0]}.

The page is served to this machine only, until Ctrl+C. It is built first if its sources have changed.`,
  async run(args, io) {
    const port = args.integer('port', 1, 65_535) ?? 4173;
    const { hash, documents } = await whatToShow(args, io);
    const server = await serveViewer(port, documents, (message) => io.note(message));
    const address = `${server.url}${hash}`;
    io.print(`Gradpath is at ${io.style.bold(address)} — stop with Ctrl+C`);
    if (process.stdout.isTTY === true && !args.flag('no-open') && !process.env.CI) openBrowser(address);
    await new Promise<void>((resolve) => {
      process.once('SIGINT', resolve);
      process.once('SIGTERM', resolve);
    });
    await server.close();
    return 0;
  },
};

interface Shown {
  readonly hash: string;
  readonly documents: Readonly<Record<string, string>>;
}

/** The page builds examples from its address where it can; files, large models and documents are served beside it. */
async function whatToShow(args: Arguments, io: Io): Promise<Shown> {
  if (args.operands.length === 0) return { hash: '', documents: {} };
  const { example } = args;
  const settings = example === undefined ? {} : await readSettings(args, io);
  const model = example?.build(settings, (line) => io.note(line)) ?? (await loadModel(args, io, 'view'));
  if (example !== undefined && isForPage(example, args)) {
    const typed = Object.keys(example.settings).flatMap((name) => {
      const text = args.text(name);
      return text === undefined ? [] : [[name, text]];
    });
    const query = new URLSearchParams([['model', example.name], ...typed]);
    return { hash: `#${query.toString().replaceAll('%2C', ',')}`, documents: {} };
  }
  const document = modelToJSON(model);
  const size = Buffer.byteLength(document);
  if (size > MAX_DOCUMENT_BYTES) {
    throw optionError(
      `${model.title} is too large for the viewer: ${size} bytes as a document, it shows at most ${MAX_DOCUMENT_BYTES}`,
    );
  }
  if (example === undefined) return { hash: '#model=served', documents: { 'model.json': document } };
  // with the text of files: the page studies the example with the same settings
  const study = JSON.stringify({ example: example.name, settings });
  return {
    hash: `#model=served&study=${example.name}`,
    documents: { 'model.json': document, 'study.json': study },
  };
}

/** Whether the page can build the example with these settings by itself. */
function isForPage(example: AnyExample, args: Arguments): boolean {
  return Object.entries(example.settings).every(([name, setting]) => {
    const text = args.text(name);
    if (text === undefined) return true;
    if (setting.kind === 'file') return false;
    return setting.kind !== 'integer' || Number(text) <= (setting.maxInViewer ?? setting.max);
  });
}

/** Best effort: the address has been printed. */
function openBrowser(address: string): void {
  const opener = { darwin: ['open'], win32: ['cmd', '/c', 'start', ''] }[process.platform as string] ?? [
    'xdg-open',
  ];
  const child = spawn(opener[0], [...opener.slice(1), address], { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}
