/** Two kinds of tests in one run: the library in Node, and the viewer in a real Chromium. */

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    maxWorkers: '100%', // one file per core: the default leaves one of two cores idle
    reporters: ['default', 'json'],
    outputFile: { json: 'reports/vitest.json' }, // .ci/run takes its counts from here
    projects: [
      {
        test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: ['test/browser/**'] },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: 'test/browser/setup.ts',
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
    ],
  },
});
