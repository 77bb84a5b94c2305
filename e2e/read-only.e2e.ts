import { expect, test as base } from './fixtures/test.ts';
import { Installation } from './fixtures/installation.ts';
import { Workbench } from './pages/workbench.ts';

/** A server on which nobody changes anything. */
const test = base.extend<{ readonly watched: { workbench: Workbench; posts: string[] } }>({
  watched: async ({ browser }, use) => {
    const installation = await Installation.start(['--read-only']);
    const context = await browser.newContext({
      storageState: { cookies: [], origins: [] },
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    try {
      const page = await context.newPage();
      await page.goto(installation.server.link);
      await expect(page.getByTestId('sessions')).toBeVisible();
      const workbench = new Workbench(page);
      const posts: string[] = [];
      page.on('request', (request) => {
        if (request.method() !== 'GET') posts.push(request.postData() ?? request.url());
      });
      await workbench.open(installation.server.url, 'main');
      await use({ workbench, posts });
    } finally {
      await context.close();
      await installation.stop();
    }
  },
});

test.use({ storageState: { cookies: [], origins: [] } });

test.describe('read-only', () => {
  test('[F5] [F9] mouse, paste, drop, input methods, focus, keys and menus send nothing', async ({
    watched: { workbench, posts },
  }) => {
    const { page } = workbench;
    await expect(page.getByTestId('read-only')).toBeVisible();
    const pane = await workbench.activePane();
    await page.evaluate((id) => {
      // As a program would: every mouse event, focus and bracketed pastes.
      window.tmuxy?.terminals.get(id)?.write('\x1b[?1003h\x1b[?1006h\x1b[?1004h\x1b[?2004h\x07');
    }, pane.id);
    await pane.focus();
    await pane.type('touch forbidden\n');
    await pane.paste('touch pasted\n');
    await pane.press('Control+Shift+v', 'F5', 'ArrowUp');
    await pane.box.locator('.xterm-helper-textarea').evaluate((input) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.setData('text/plain', 'dropped');
      input.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
      for (const type of ['compositionstart', 'compositionupdate', 'compositionend']) {
        input.dispatchEvent(new CompositionEvent(type, { data: '日本', bubbles: true }));
      }
      if (input instanceof HTMLElement) {
        input.blur();
        input.focus();
      }
    });
    const { x, y } = await pane.cell(5, 5);
    await page.mouse.move(x, y);
    await page.mouse.wheel(0, 300);
    await page.mouse.click(x, y, { button: 'middle' });
    for (const key of ['c', '%', 'n', 'x']) await workbench.prefix(key);
    await page.setViewportSize({ width: 900, height: 500 });
    await expect(workbench.notices.first()).toBeVisible();
    await expect(page.getByTestId('new-window')).toHaveCount(0);
    await expect(page.getByTestId('take-driver')).toHaveCount(0);
    await pane.box.click({ button: 'right', modifiers: ['Shift'] });
    await expect(workbench.menu).toBeVisible();
    await expect(workbench.menu.getByText('Paste')).toHaveCount(0);
    await expect(workbench.menu.getByText('Split right')).toHaveCount(0);
    await page.keyboard.press('Escape');
    expect(posts).toEqual([]);
  });

  test('still lets people look: copy mode, keys, sessions', async ({
    watched: { workbench, posts },
  }) => {
    await (await workbench.activePane()).focus();
    await workbench.prefix('[');
    await expect(workbench.statusBar).toContainText('copy mode');
    await workbench.page.keyboard.press('q');
    await workbench.prefix('?');
    await expect(workbench.page.getByRole('dialog')).toBeVisible();
    await workbench.page.keyboard.press('Escape');
    expect(posts).toEqual([]);
  });
});
