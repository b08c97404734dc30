/** The default picture comes with the page: it is there before any worker. `precompute.ts` makes it. */

import { DEFAULT_SETTINGS, rnnDocument } from '../state/document.ts';
import { viewOf } from '../state/view.ts';
import { remember } from './client.ts';
import { specOf } from './fromView.ts';
import shipped from './rnn3.json';

export function rememberShipped(): void {
  const document = rnnDocument(DEFAULT_SETTINGS);
  remember(specOf(document, viewOf(document, new Set())), shipped);
}
