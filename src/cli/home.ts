/** Where the package lies: its version and its viewer are found from there, run from sources or built. */

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** In the package's folder only: a build leaves a copy of package.json in dist. */
const LANDMARK = 'src/graph/graph.schema.json';

/** The folder of package.json. */
export function packageFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, LANDMARK)) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}

export function version(): string {
  return JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8')).version;
}
