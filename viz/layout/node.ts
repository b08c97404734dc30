/** ELK without a worker, for scripts and tests. */

import ELK from 'elkjs/lib/elk.bundled.js';
import type { Elk } from './elk.ts';

export function elkInNode(): Elk {
  const elk = new ELK();
  return (graph) => elk.layout(graph);
}
