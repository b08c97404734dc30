/** Writes rnn3.json, the layout of the default picture: `npx tsx viz/layout/precompute.ts`. */

import { writeFileSync } from 'node:fs';
import { DEFAULT_SETTINGS, rnnDocument } from '../state/document.ts';
import { viewOf } from '../state/view.ts';
import { specOf } from './fromView.ts';
import { layoutSpec } from './layout.ts';
import { elkInNode } from './node.ts';

const document = rnnDocument(DEFAULT_SETTINGS);
const layout = await layoutSpec(specOf(document, viewOf(document, new Set())), elkInNode());
writeFileSync(new URL('./rnn3.json', import.meta.url), `${JSON.stringify(layout)}\n`);
