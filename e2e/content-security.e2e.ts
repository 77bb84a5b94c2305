import { expect, test as base } from './fixtures/test.ts';
import type { Page } from '@playwright/test';

/** What the browser kept the page from doing. */
type Violations = readonly string[];

declare global {
  interface Window {
    violations: string[];
  }
}

const test = base.extend({
  page: async ({ page }, use) => {
    await page.addInitScript(() => {
      window.violations = [];
      document.addEventListener('securitypolicyviolation', (event) => {
        window.violations.push(
          `${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile} ${event.sample}`,
        );
      });
    });
    await use(page);
  },
});

function violationsOf(page: Page): Promise<Violations> {
  return page.evaluate(() => window.violations);
}

test('[I5] the app works without one violation of its policy', async ({
  workbench,
  page,
  session,
}) => {
  await page.keyboard.type('echo styled-$((6*7))\r');
  await expect
    .poll(async () => (await session.capture(session.pane)).join('\n'))
    .toContain('styled-42');
  // xterm's own styles are there: without them its helper would be a text field on the page.
  const opacity = await page
    .locator('.xterm-helper-textarea')
    .first()
    .evaluate((area) => getComputedStyle(area).opacity);
  expect(opacity).toBe('0');
  const nonces = await page.evaluate(() =>
    [...document.querySelectorAll('style')].map((style) => style.nonce !== ''),
  );
  expect(nonces.length).toBeGreaterThan(0);
  expect(nonces).not.toContain(false);
  await page.locator('.xterm').first().click({ button: 'right' });
  await expect(page.getByRole('menu').first()).toBeVisible();
  await page.keyboard.press('Escape');
  expect(workbench).toBeDefined();
  expect(await violationsOf(page)).toEqual([]);
});

test('[I3] text cannot be made into markup', async ({ workbench, page }) => {
  const outcome = await page.evaluate(() => {
    try {
      document.body.innerHTML = '<b>owned</b>';
      return 'done';
    } catch (error) {
      return error instanceof Error ? error.name : 'refused';
    }
  });
  expect(outcome).toBe('TypeError');
  expect(await violationsOf(page)).toEqual([expect.stringContaining('require-trusted-types-for')]);
  expect(workbench).toBeDefined();
});

test('[I7] a page below the app is loaded again as itself', async ({
  workbench,
  page,
  installation,
}) => {
  await page.reload();
  await expect(page.locator('.xterm').first()).toBeVisible();
  expect(await page.evaluate(() => document.baseURI)).toBe(installation.server.url);
  expect(workbench).toBeDefined();
  expect(await violationsOf(page)).toEqual([]);
});
