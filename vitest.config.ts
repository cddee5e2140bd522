import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
          exclude: ['test/e2e/**', 'node_modules/**'],
          isolate: false,
          testTimeout: 20_000,
        },
      },
      {
        // The language server's tests once more, against the bundle that ships.
        test: {
          name: 'bundle',
          include: ['test/server/**/*.test.ts'],
          env: { EVENKEEL_SERVER_BUNDLE: 'dist/server/main.mjs' },
          isolate: false,
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          fileParallelism: false,
          pool: 'forks',
          testTimeout: 180_000,
          hookTimeout: 300_000,
        },
      },
    ],
    reporters: ['default', './test/support/closingLine.ts'],
  },
});
