/** Serves the built viewer, and a document beside it, to this machine. */

import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { GradpathError } from '../graph/error.ts';
import { packageFolder } from './home.ts';

export interface ViewerServer {
  /** `http://localhost:4173/` */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Starts the server; `documents` are what the page gets when it asks for model.json or study.json. */
export async function serveViewer(
  port: number,
  documents: Readonly<Record<string, string>>,
  note: (message: string) => void,
): Promise<ViewerServer> {
  const root = packageFolder();
  const configFile = join(root, 'viz', 'vite.config.ts');
  // Vite takes half a second to load: only this command pays for it
  const vite = await import('vite').catch(() => {
    throw new GradpathError(
      'file',
      'the viewer needs Vite, which is not installed; run npm ci in the folder of Gradpath',
    );
  });
  if (!existsSync(configFile))
    throw new GradpathError('file', `${configFile} does not exist; the viewer is part of the sources`);
  if (isStale(root)) {
    note('building the viewer …');
    process.env.NODE_ENV = 'production'; // else a test run's setting would make it a development build
    await vite.build({ configFile, logLevel: 'error' });
  }
  const server = await vite.preview({
    configFile,
    logLevel: 'error',
    preview: { port, host: 'localhost', strictPort: false, open: false },
    plugins: [served(documents)],
  });
  return { url: server.resolvedUrls!.local[0], close: () => server.close() };
}

function served(documents: Readonly<Record<string, string>>): Plugin {
  return {
    name: 'gradpath-model',
    configurePreviewServer({ middlewares }) {
      for (const name of ['model.json', 'study.json']) {
        middlewares.use(`/${name}`, (_, response) => {
          response.statusCode = name in documents ? 200 : 404;
          response.setHeader('Content-Type', 'application/json; charset=utf-8');
          response.setHeader('Cache-Control', 'no-store');
          response.end(documents[name] ?? '{}');
        });
      }
    },
  };
}

/** Whether the page was never built, or before its newest source. */
function isStale(root: string): boolean {
  const built = join(root, 'dist', 'viz', 'index.html');
  if (!existsSync(built)) return true;
  const sources = ['viz', 'src', 'examples', 'package-lock.json'].map((name) => join(root, name));
  return Math.max(...sources.map(newest)) > statSync(built).mtimeMs;
}

/** The latest change of a file, or of any file in a folder. */
function newest(path: string): number {
  const info = statSync(path, { throwIfNoEntry: false });
  if (info === undefined) return 0;
  if (!info.isDirectory()) return info.mtimeMs;
  const names = readdirSync(path).filter((name) => name !== 'cli'); // no part of the page
  return names.reduce((latest, name) => Math.max(latest, newest(join(path, name))), 0);
}
