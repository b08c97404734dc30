/** The checks that the mutation run uses: those of ops and derivatives, in Node, without tfjs. */

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'test/ops/{values,derivatives}.test.ts',
      'test/{ops,conventions,derivatives,layers,check,graph}.test.ts',
    ],
  },
});
