import { defineConfig } from '@playwright/test';
import { findChromium } from '../tools/setup/chromium.mjs';

/** Every test starts its own server, tmux socket and state folder, so any number may run at once. */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.e2e.ts',
  outputDir: '../test-results',
  fullyParallel: true,
  workers: 2,
  /** Nothing is hidden by it: `npm test` names each test that needed it. */
  retries: process.env['CI'] === undefined ? 0 : 1,
  forbidOnly: process.env['CI'] !== undefined,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    viewport: { width: 1280, height: 800 },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: findChromium(),
  },
});
