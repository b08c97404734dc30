/** `gradpath view`: builds the viewer if need be, serves it on this machine and opens it. */

import { spawn } from 'node:child_process';
import { modelToJSON } from '../model/json.ts';
import { type Arguments, type Command, optionError } from './command.ts';
import type { Io } from './io.ts';
import { loadModel, modelHelp, modelOptions } from './load.ts';
import { serveViewer } from './serve.ts';

/** What the page can build by itself; anything else is served to it as a document. */
export const pageLimits = { steps: 10, seed: 2 ** 31 - 1, documentBytes: 8_000_000 };

export const viewCommand: Command = {
  name: 'view',
  summary: 'the viewer, in the browser',
  usage: '[MODEL] [--port N] [--no-open]',
  operands: ['MODEL'],
  options: {
    port: { value: 'N', help: 'port to serve it on (default 4173; the next free one if it is taken)' },
    'no-open': { help: 'say the address, but open no browser' },
    ...modelOptions,
  },
  details: `${modelHelp}
Without a MODEL the viewer starts with rnn.

The page is served to this machine only, until Ctrl+C. It is built first if its sources have changed.`,
  async run(args, io) {
    const port = args.integer('port', 1, 65_535) ?? 4173;
    const { hash, document } = await whatToShow(args, io);
    const server = await serveViewer(port, document, (message) => io.note(message));
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

/** The page builds the RNN from its URL where it can; weights, data and documents are served beside it. */
async function whatToShow(args: Arguments, io: Io): Promise<{ hash: string; document?: string }> {
  const given = Object.keys(modelOptions).filter((option) => args.flag(option));
  if (args.operands.length === 0 && given.length > 0) {
    throw optionError(`--${given[0]} needs a MODEL: gradpath view rnn --${given[0]} …`, given[0]);
  }
  if (args.operands.length === 0) return { hash: '' };
  const model = await loadModel(args, io, 'view');
  const steps = args.integer('steps', 1, Number.MAX_SAFE_INTEGER);
  const seed = args.integer('seed', Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  const simple =
    args.operands[0] === 'rnn' &&
    given.every((option) => ['steps', 'seed', 'loss'].includes(option)) &&
    (steps ?? 1) <= pageLimits.steps &&
    (seed ?? 0) >= 0 &&
    (seed ?? 0) <= pageLimits.seed;
  if (!simple) {
    const document = modelToJSON(model);
    const size = Buffer.byteLength(document);
    if (size > pageLimits.documentBytes) {
      throw optionError(
        `${model.title} is too large for the viewer: ${size} bytes as a document, it shows at most ${pageLimits.documentBytes}`,
      );
    }
    return { hash: '#model=served', document };
  }
  const entries = { T: steps, seed, loss: args.text('loss') };
  const query = Object.entries(entries).flatMap(([key, value]) =>
    value === undefined ? [] : [`&${key}=${value}`],
  );
  return { hash: query.length === 0 ? '' : `#model=rnn${query.join('')}` };
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
