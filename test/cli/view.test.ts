/** `gradpath view`: serves the page, says the address, and hands out documents beside it. */

import { createServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { rnn } from '../../examples/rnn/rnn.ts';
import { modelFromJSON, modelToJSON } from '../../src/model/json.ts';
import { start, workFolder } from './support.ts';

const model = rnn({ steps: 2, seed: 9 });
const folder = workFolder({ 'model.json': modelToJSON(model), 'w.json': '{ "H_0": [1, 2, 3, 4] }' });

let stop = async (): Promise<number | null> => null;
afterEach(() => stop());

/** Starts the command and waits for its line. */
async function view(
  words: readonly string[],
): Promise<{ url: string; line: string; exit: () => Promise<number | null> }> {
  const child = start(folder, ['view', ...words]);
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
  stop = () => {
    child.kill('SIGINT');
    return closed;
  };
  let errors = '';
  child.stderr.on('data', (text) => (errors += text));
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').once('data', resolve);
    closed.then((code) => reject(new Error(`exit ${code}: ${errors}`)));
  });
  return { url: /http\S+/.exec(line)![0], line, exit: stop };
}

test('serves the page, and ends well on Ctrl+C', async () => {
  const { url, line, exit } = await view(['--port', '4391']);
  expect(line).toBe('Gradpath is at http://localhost:4391/ — stop with Ctrl+C\n');
  const page = await fetch(url);
  expect(page.status).toBe(200);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(await page.text()).toContain('<title>');
  expect((await fetch(`${url}model.json`)).status).toBe(404);
  expect(await exit()).toBe(0);
});

test('the URL carries what the page can build itself', async () => {
  const { line } = await view([
    'rnn',
    '--steps',
    '4',
    '--seed',
    '2',
    '--loss',
    'squared-error',
    '--port',
    '4392',
  ]);
  expect(line).toContain('http://localhost:4392/#model=rnn&steps=4&seed=2&loss=squared-error —');
});

test('of every example, with what people type as it is', async () => {
  const { line } = await view([
    'transposed-conv',
    '--kernel',
    '[[1,2], [3,4]]',
    '--stride=2',
    '--port',
    '4397',
  ]);
  const hash = /#(\S+)/.exec(line)![1];
  expect([...new URLSearchParams(hash)]).toEqual([
    ['model', 'transposed-conv'],
    ['kernel', '[[1,2], [3,4]]'],
    ['stride', '2'],
  ]);
});

test('a document is served beside the page; a port that is taken gives way to the next', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(4393, 'localhost', resolve));
  try {
    const { url } = await view(['model.json', '--port', '4393']);
    expect(url).toBe('http://localhost:4394/#model=served');
    const response = await fetch('http://localhost:4394/model.json');
    expect(response.headers.get('content-type')).toContain('application/json');
    expect(await response.text()).toBe(modelToJSON(model));
  } finally {
    taken.close();
  }
});

test('weights and steps beyond the page are served too, with the settings for the charts', async () => {
  const { url } = await view(['rnn', '--weights', 'w.json', '--port', '4395']);
  expect(url).toBe('http://localhost:4395/#model=served&study=rnn');
  const study = await (await fetch('http://localhost:4395/study.json')).json();
  expect(study).toMatchObject({
    example: 'rnn',
    settings: { seed: 1, weights: { text: '{ "H_0": [1, 2, 3, 4] }', source: 'w.json' } },
  });
  const read = modelFromJSON(await (await fetch('http://localhost:4395/model.json')).text());
  expect(read.builder.graph.node(read.builder.graph.idOf('H_0')).attrs.value).toEqual([1, 2, 3, 4]);
  await stop();
  const { line } = await view(['rnn', '--steps', '11', '--port', '4396']);
  expect(line).toContain('http://localhost:4396/#model=served&study=rnn —');
});
