/** A formula has the same verdict however its network is written. */

import { describe, expect, it } from 'vitest';
import { modelFromEquations } from '../../src/model/equations/unroll.ts';
import { Checker } from '../../src/verify/check.ts';
import { overall } from '../support/networks.ts';
import { styles } from './collection-styles.ts';
import { derivations } from './derivations.ts';

describe.each(styles)('$network: $style', ({ network, text }) => {
  const checker = new Checker(modelFromEquations(text, { name: network }));
  const own = derivations.filter((derivation) => derivation.network === network);

  it.each(own)('$formula', ({ formula, verdict }) => {
    const { statements } = checker.check(formula);
    expect(overall(statements), statements.map(({ message }) => message).join('; ')).toBe(verdict);
  });
});
