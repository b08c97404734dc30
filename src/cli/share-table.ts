/** A table of summands of a gradient: share with a bar, norm, and what the summand is. */

import type { Share } from '../chain/explain.ts';
import { alignedNumbers, bar, percent, type Style } from './style.ts';

const BAR = 16;

export function shareTable(
  style: Style,
  rows: readonly (Share & { readonly label: string })[],
  what: string,
): string[] {
  const shares = rows.map(({ share }) => percent(share));
  const norms = alignedNumbers(rows.map(({ norm }) => norm));
  const largest = rows.reduce((max, { share }) => Math.max(max, Math.abs(share ?? 0)), 0);
  const shareWidth = Math.max(5, ...shares.map((text) => text.length));
  const normWidth = Math.max(4, ...norms.map((text) => text.length));
  const head = `  ${'share'.padStart(shareWidth)}  ${' '.repeat(BAR)}  ${'norm'.padStart(normWidth)}  ${what}`;
  return [
    style.dim(head),
    ...rows.map(({ share, label }, i) => {
      const blocks = bar(Math.abs(share ?? 0), largest, BAR).padEnd(BAR);
      const painted = style.paint((share ?? 0) < 0 ? 'red' : 'cyan', blocks);
      return `  ${shares[i].padStart(shareWidth)}  ${painted}  ${norms[i].padStart(normWidth)}  ${label}`;
    }),
  ];
}
