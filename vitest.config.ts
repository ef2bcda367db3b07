import { defineConfig } from 'vitest/config'

const everywhere = {
  include: ['apps/**/*.test.ts', 'packages/**/*.test.ts', 'scripts/**/*.test.ts'],
  exclude: ['**/node_modules/**', '**/dist/**', 'apps/e2e/**'],
  setupFiles: ['./scripts/vitest/no-surprises.ts'],
}

export default defineConfig({
  test: {
    // Every core: the database works in processes of its own, and a run waits for it more than it computes.
    maxWorkers: '100%',
    projects: [
      { test: { ...everywhere, name: 'unit', isolate: false, exclude: [...everywhere.exclude, '**/*.db.test.ts'] } },
      {
        test: {
          ...everywhere,
          name: 'db',
          // Modules hold no state of their own: loading them once a worker, and not once a file, saves a quarter of the run.
          isolate: false,
          include: ['apps/**/*.db.test.ts', 'packages/**/*.db.test.ts'],
          globalSetup: ['./apps/api/test/postgres-for-tests.ts'],
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
    ],
  },
})
