import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'out/e2e',
  // One app at a time: each starts several processes.
  workers: 1,
  retries: 0,
  timeout: 60_000,
  use: { actionTimeout: 10_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
});
