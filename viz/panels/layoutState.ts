/** Which layout is on the canvas: that of ELK, a plain one, or an old one while a new one is being made. */

import { signal } from '@preact/signals';
import type { Layout } from '../layout/spec.ts';

export const layoutState = signal<{
  readonly kind: 'elk' | 'plain' | 'pending';
  readonly layout?: Layout;
}>({ kind: 'pending' });
