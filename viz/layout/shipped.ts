/** The default picture comes with the page: it is there before any worker. `precompute.ts` makes it. */

import { remember } from './client.ts';
import shipped from './rnn3.json';

export function rememberShipped(): void {
  remember(shipped.key, shipped.layout);
}
