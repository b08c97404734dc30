/** The checks that the mutation run uses: those of ops and derivatives, in Node, without tfjs. */

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    isolate: false, // modules are loaded once for all files
    testTimeout: 120_000, // a slow machine is not a caught mutant: only Stryker's own limit counts
    include: [
      'test/ops/{values,derivatives}.test.ts',
      'test/{ops,conventions,refusals,typeset,layers,trilinear,saturation}.test.ts',
      'test/{derivatives,differences,kinks,custom-ops,products,tensors,layer-shapes}.test.ts',
      'test/{attributes,borders,builder,sums,terms,kinks-beside}.test.ts',
    ],
  },
});
