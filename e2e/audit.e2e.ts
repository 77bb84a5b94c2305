import { readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures/test.ts';
import { AuditPage } from './pages/audit-page.ts';
import { SessionsPage } from './pages/sessions-page.ts';
import { Workbench } from './pages/workbench.ts';

test.use({ storageState: { cookies: [], origins: [] } });

const PASSWORD = 'correct horse battery';

async function signIn(page: Page, name: string, password: string): Promise<void> {
  await page.getByLabel('User name').fill(name);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
}

async function download(page: Page, format: 'JSONL' | 'CSV'): Promise<string> {
  const started = page.waitForEvent('download');
  await page.getByRole('link', { name: format }).click();
  const file = await started;
  expect(file.suggestedFilename()).toContain(format.toLowerCase());
  return readFile(await file.path(), 'utf8');
}

test.describe('the audit log', () => {
  test('tells an admin who did what, how it ended and why', async ({
    page,
    ownInstallation: { server },
  }) => {
    await server.user(['add', 'vic', '--role', 'viewer', '--password-stdin'], PASSWORD);
    await page.goto(server.url);
    await signIn(page, 'vic', 'wrong horse battery');
    await expect(page.getByRole('alert')).toBeVisible();
    await page.goto(server.link);
    const sessions = new SessionsPage(page);
    await expect(sessions.root).toBeVisible();
    await sessions.create('payroll');
    const workbench = new Workbench(page);
    await workbench.isReady();
    await workbench.commandLine('rename-window reports');
    await expect(workbench.tabs).toHaveText([/reports/]);
    await workbench.commandLine('kill-window -t nowhere');
    await expect(workbench.notices.first()).toBeVisible();
    await sessions.open(server.url);

    const audit = new AuditPage(page);
    await audit.openByMenu();
    await expect(page).toHaveURL(`${server.url}audit`);
    await expect(page.getByTestId('audit-failing')).toHaveCount(0);
    const renamed = audit.rowsWith('rename-window reports');
    await expect(renamed).toHaveCount(1);
    await expect(renamed).toContainText('Run a command');
    await expect(renamed).toContainText('payroll');
    await expect(renamed).toContainText('allowed');
    await expect(audit.rowsWith('kill-window -t nowhere')).toContainText('failed');
    await expect(audit.rowsWith('password is wrong', 'denied')).toContainText('unauthenticated');
    await expect(audit.rowsWith('Create a session', 'payroll')).toHaveCount(1);

    await renamed.click();
    await expect(audit.details).toContainText('payroll');
    await expect(audit.details).toContainText(/Intent, record \d+/);
    await expect(audit.details).toContainText(/Outcome, record \d+/);
    await expect(audit.details.locator('pre').first()).toContainText(/"hash": "[0-9a-f]{64}"/);
    await audit.details.getByRole('button', { name: 'Show only this session' }).click();
    await expect(page).toHaveURL(`${server.url}audit?session=payroll`);
    await expect(audit.details).toHaveCount(0);
    await expect(audit.rowsWith('rename-window reports')).toHaveCount(1);
    await expect(audit.rowsWith('Sign in')).toHaveCount(0);
  });

  test('is searched and filtered, and the address keeps what is looked at', async ({
    page,
    browser,
    ownInstallation: { server },
  }) => {
    await page.goto(server.link);
    await expect(page.getByTestId('sessions')).toBeVisible();
    const workbench = new Workbench(page);
    await workbench.open(server.url, 'main');
    await workbench.commandLine('rename-window quarterly');
    await workbench.commandLine('kill-window -t nowhere');
    await expect(workbench.notices.first()).toBeVisible();
    const audit = new AuditPage(page);
    await audit.open(`${server.url}audit`);

    await page.keyboard.press('/');
    await expect(audit.search).toBeFocused();
    await audit.searchFor('QUARTERLY');
    // What was searched for is in the log as well, and so it is found.
    await expect(audit.rowsWith('Run a command')).toHaveCount(1);
    await expect(audit.rowsWith('kill-window')).toHaveCount(0);
    await audit.searchFor('no such text anywhere 4711');
    await expect(audit.rowsWith('Run a command')).toHaveCount(0);

    await page.getByRole('button', { name: 'Clear all' }).click();
    await expect(page).toHaveURL(`${server.url}audit`);
    await page.getByLabel('Verdict').selectOption('failed');
    // The command is in the intent, which the filter leaves out; it is there all the same.
    await expect(audit.rowsWith('kill-window -t nowhere', 'failed')).toHaveCount(1);
    await expect(audit.rowsWith('quarterly')).toHaveCount(0);
    await page.getByLabel('Action').selectOption({ label: 'commands' });
    await page.getByLabel('Time').selectOption({ label: 'today' });
    await expect(page).toHaveURL(/\?verdict=failed&action=tmux\.\*&range=today$/);

    const context = await browser.newContext({ storageState: await page.context().storageState() });
    const shared = new AuditPage(await context.newPage());
    await shared.open(page.url());
    await expect(shared.rows).toHaveCount(1);
    await expect(shared.rows).toContainText('kill-window -t nowhere');
    await expect(shared.page.getByLabel('Verdict')).toHaveValue('failed');
    await context.close();
  });

  test('is followed live, and what is read stays where it is', async ({
    page,
    ownInstallation: { server },
  }) => {
    await page.goto(server.link);
    await expect(page.getByTestId('sessions')).toBeVisible();
    const { origin } = new URL(server.url);
    /** Ends a sign-in that does not exist: one row, which failed. */
    const end = async (id: string): Promise<void> => {
      const path = `${server.url}api/sign-ins/${id}`;
      const answer = await page.request.delete(path, { headers: { Origin: origin } });
      expect(answer.status()).toBe(404);
    };
    for (let index = 0; index < 30; index++) await end(`before-${index}`);
    const audit = new AuditPage(page);
    await page.setViewportSize({ width: 1000, height: 600 });
    await audit.open(`${server.url}audit`);

    await end('while-at-the-top');
    await expect(audit.rowsWith('while-at-the-top', 'failed')).toBeVisible();

    const read = audit.rowsWith('before-12');
    await audit.rows.first().hover();
    await page.mouse.wheel(0, 900);
    await expect(read).toBeInViewport();
    const { y } = (await read.boundingBox())!;
    await end('while-reading-1');
    await end('while-reading-2');
    await expect(audit.newRows).toHaveText(/2 new/);
    expect((await read.boundingBox())!.y).toBe(y);

    await audit.newRows.click();
    await expect(audit.rowsWith('while-reading-2')).toBeInViewport();
    await expect(audit.newRows).toHaveCount(0);

    await server.halt();
    await expect(audit.live).toHaveText('Reconnecting…');
    await server.resume();
    await expect(audit.live).toHaveText('Live', { timeout: 30_000 });
    await expect(audit.rowsWith('Server started')).toBeVisible();
    await audit.live.click();
    await expect(audit.live).toHaveText('Live: off');
    await expect(page).toHaveURL(`${server.url}audit?live=0`);
  });

  test('is walked through by keys alone', async ({ page, ownInstallation: { server } }) => {
    await page.goto(server.link);
    await expect(page.getByTestId('sessions')).toBeVisible();
    const audit = new AuditPage(page);
    await audit.open(`${server.url}audit`);
    await expect(audit.rowsWith('Server started')).toBeVisible();

    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await expect(audit.details).toBeFocused();
    await expect(audit.details).toContainText('Record 1');
    await page.keyboard.press('k');
    await expect(audit.details).toContainText('Record 2');
    await page.keyboard.press('Escape');
    await expect(audit.details).toHaveCount(0);
    await expect(page.getByRole('grid')).toBeFocused();
  });

  test('is taken away with its filters, as JSON Lines and as CSV', async ({
    page,
    ownInstallation: { server },
  }) => {
    await page.goto(server.link);
    await expect(page.getByTestId('sessions')).toBeVisible();
    const workbench = new Workbench(page);
    await workbench.open(server.url, 'main');
    await workbench.commandLine('rename-window ledger');
    await expect(workbench.tabs).toHaveText([/ledger/]);
    const audit = new AuditPage(page);
    await audit.open(`${server.url}audit?action=tmux.*`);
    await expect(audit.rowsWith('rename-window ledger')).toHaveCount(1);

    const lines = (await download(page, 'JSONL')).trimEnd().split('\n');
    const records = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(records.every(({ action }) => String(action).startsWith('tmux.'))).toBe(true);
    const intent = records.find((record) => JSON.stringify(record).includes('ledger'));
    expect(records.find((record) => record['intent'] === intent?.['seq'])).toMatchObject({
      outcome: 'ok',
    });

    const csv = await download(page, 'CSV');
    expect(csv.split(/\r?\n/)[0]).toContain('seq');
    expect(csv).toContain('ledger');
    await page.getByRole('button', { name: 'Clear all' }).click();
    await expect(audit.rowsWith('Export the audit log')).toHaveCount(2);
  });

  test('says at once that nothing can be recorded, and when that is over', async ({
    page,
    ownInstallation: { server },
  }) => {
    await page.goto(server.link);
    await expect(page.getByTestId('sessions')).toBeVisible();
    const audit = new AuditPage(page);
    await audit.open(`${server.url}audit`);
    const headers = { Origin: new URL(server.url).origin };
    const end = async (): Promise<number> =>
      (await page.request.delete(`${server.url}api/sign-ins/nobody`, { headers })).status();
    const log = join(server.dir, 'state/audit');

    await rename(log, `${log}.away`);
    await expect.poll(end).toBe(503);
    await expect(page.getByTestId('audit-failing')).toContainText('Nothing can be recorded');
    await expect(page.getByText('Not recording')).toBeVisible();
    await expect(audit.rowsWith('Server started')).toBeVisible();

    await rm(log, { recursive: true, force: true });
    await rename(`${log}.away`, log);
    await expect.poll(end).toBe(404);
    await expect(page.getByTestId('audit-failing')).toHaveCount(0);
    await expect(audit.rowsWith('nobody', 'failed').first()).toBeVisible();
  });

  test('[K15] shows hostile text as what it is, and nothing of it acts', async ({
    page,
    ownInstallation: { server },
  }) => {
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        console.error(`violation of ${event.effectiveDirective}`);
      });
    });
    const seen: string[] = [];
    page.on('dialog', (dialog) => void dialog.dismiss().then(() => seen.push(dialog.message())));
    page.on('console', (message) => message.type() === 'error' && seen.push(message.text()));
    page.on('pageerror', (error) => seen.push(error.message));
    await page.goto(server.link);
    await expect(page.getByTestId('sessions')).toBeVisible();
    const hostile =
      '<img src=x onerror=alert(1)>\u202egpj.exe\x1b[2J\u2028\n{"seq":1,"action":"sign-in"}';
    const path = `${server.url}api/sign-ins/${encodeURIComponent(hostile)}`;
    const headers = { Origin: new URL(server.url).origin };
    expect((await page.request.delete(path, { headers })).status()).toBe(404);
    const audit = new AuditPage(page);
    await audit.open(`${server.url}audit?action=sign-in.end`);

    const shown = String.raw`<img src=x onerror=alert(1)>\u{202e}gpj.exe␛[2J\u{2028}␊{"seq":1`;
    await expect(audit.rows).toHaveCount(1);
    await expect(audit.rows).toContainText(shown);
    await audit.rows.click();
    await expect(audit.details).toContainText(shown);
    await expect(audit.details.locator('pre')).toHaveCount(2);
    await expect(audit.root.locator('img')).toHaveCount(0);
    for (const line of (await download(page, 'JSONL')).trimEnd().split('\n')) {
      expect(JSON.parse(line)).toMatchObject({ action: 'sign-in.end' });
    }
    expect(seen).toEqual([]);
  });

  test('is not for viewers, who do not find it in their menu either', async ({
    page,
    ownInstallation: { server },
  }) => {
    await server.user(['add', 'vic', '--role', 'viewer', '--password-stdin'], PASSWORD);
    await page.goto(`${server.url}audit`);
    await expect(page.getByTestId('sign-in')).toBeVisible();
    await signIn(page, 'vic', PASSWORD);
    await expect(page.getByTestId('audit-forbidden')).toContainText('role viewer');
    await expect(page.getByTestId('audit-row')).toHaveCount(0);
    await page.getByTestId('identity').click();
    await expect(page.getByRole('menuitem', { name: 'Account…' })).toBeVisible();
    await expect(page.getByRole('menuitem', { name: 'Audit log' })).toHaveCount(0);
    for (const path of ['api/audit', 'api/audit/events', 'api/audit/export?format=csv']) {
      expect((await page.request.get(server.url + path)).status(), path).toBe(403);
    }
  });
});
