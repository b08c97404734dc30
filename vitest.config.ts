/** Two kinds of tests in one run: the library in Node, and the viewer in a real Chromium. */

import { defineConfig } from 'vitest/config';

/** Only what hangs takes so long, also where other programs have most of the machine. Tests of speed count processor time. */
const PATIENCE = 180_000;

export default defineConfig({
  test: {
    maxWorkers: '100%', // one file per core: the default leaves one of two cores idle
    reporters: ['default', 'json'],
    outputFile: { json: 'reports/vitest.json' }, // .ci/run takes its counts from here
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**'],
          testTimeout: PATIENCE,
          hookTimeout: PATIENCE,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: 'test/browser/setup.ts',
          testTimeout: PATIENCE,
          hookTimeout: PATIENCE,
          expect: { poll: { timeout: 60_000 } },
        },
      },
    ],
  },
});
