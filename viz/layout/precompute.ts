/** Writes rnn3.json, the layout of the default picture: `npx tsx viz/layout/precompute.ts`. */

import { writeFileSync } from 'node:fs';
import { rnn } from '../../examples/rnn/rnn.ts';
import { documentOf } from '../state/document.ts';
import { viewOf } from '../state/view.ts';
import { specOf } from './fromView.ts';
import { layoutSpec } from './layout.ts';
import { elkInNode } from './node.ts';
import { specKey } from './spec.ts';

const document = documentOf(rnn());
const spec = specOf(document, viewOf(document, new Set()));
const shipped = { key: specKey(spec), layout: await layoutSpec(spec, elkInNode()) };
writeFileSync(new URL('./rnn3.json', import.meta.url), `${JSON.stringify(shipped)}\n`);
