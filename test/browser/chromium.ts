/** A Chromium for the browser tests: one that is here, else one that is fetched, else one line that says what to do. */

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { type BrowserServer, chromium } from 'playwright-core';

const flags = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Chromium without a window of its own, which takes half the time. */
const SHELLS = ['chromium-headless-shell', 'chrome-headless-shell'];

/** Starts the first Chromium that does start. Test files connect to it by its endpoint. */
export async function startChromium(): Promise<BrowserServer> {
  const failures: string[] = [];
  for (const executablePath of candidates()) {
    try {
      // Playwright leaves the sandbox out unless asked for it: root and many containers cannot have it
      return await chromium.launchServer({ executablePath, headless: true, args: flags });
    } catch (error) {
      failures.push(`${executablePath} (${String((error as Error).message).split('\n')[0]})`);
    }
  }
  const tried = failures.length > 0 ? ` Tried: ${failures.join('; ')}.` : '';
  throw new Error(
    `the browser tests need a Chrome or Chromium, and none could be found, fetched or started: set GRADPATH_CHROMIUM to its executable, or install one (Debian: apt-get install chromium; elsewhere: npx playwright-core install chromium).${tried}`,
  );
}

/** Executables by preference. Lazy: nothing is fetched while one that is here starts. */
function* candidates(): Generator<string> {
  const chosen = process.env.GRADPATH_CHROMIUM || process.env.CHROME_PATH;
  if (chosen) {
    yield chosen; // a person's choice: no other is tried in its place
    return;
  }
  yield* installed();
  const own = ownExecutable();
  if (own !== undefined && existsSync(own)) yield own;
  else if (own !== undefined && fetchOwn()) yield own;
  if (fetchDebian()) yield* installed();
}

function installed(): string[] {
  return usualPaths().filter((path) => existsSync(path));
}

function usualPaths(): string[] {
  const { env, platform } = process;
  if (platform === 'win32') {
    const roots = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter(
      (root) => root !== undefined,
    );
    const programs = [
      'Google/Chrome/Application/chrome.exe',
      'Chromium/Application/chrome.exe',
      'Microsoft/Edge/Application/msedge.exe',
    ];
    return programs.flatMap((program) => roots.map((root) => join(root, program)));
  }
  if (platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (app) => `/Applications/${app}.app/Contents/MacOS/${app}`,
    );
  }
  const folders = [
    ...(env.PATH ?? '').split(delimiter).filter(Boolean),
    '/usr/bin',
    '/usr/local/bin',
    '/snap/bin',
  ];
  const names = [
    ...SHELLS,
    'chromium',
    'google-chrome',
    'google-chrome-stable',
    'chromium-browser',
    'microsoft-edge',
  ];
  return [...new Set(names.flatMap((name) => folders.map((folder) => join(folder, name))))];
}

/** Where Playwright keeps its own build; undefined where it has none for the platform. */
function ownExecutable(): string | undefined {
  try {
    return chromium.executablePath();
  } catch {
    return undefined;
  }
}

function fetchOwn(): boolean {
  const cli = join(dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')), 'cli.js');
  return succeeds(process.execPath, [cli, 'install', '--no-shell', 'chromium']);
}

function fetchDebian(): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  const install = (name: string) =>
    succeeds('apt-get', ['install', '-y', '--no-install-recommends', name, 'fonts-liberation']);
  return succeeds('apt-get', ['update']) && (install('chromium-headless-shell') || install('chromium'));
}

/** Runs a command in view, since it may take minutes. */
function succeeds(command: string, args: string[]): boolean {
  console.error(`No Chromium started yet; trying: ${command} ${args.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return (
    spawnSync(command, args, { env, stdio: ['ignore', 'inherit', 'inherit'], timeout: 300_000 }).status === 0
  );
}
