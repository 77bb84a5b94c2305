import { expect, test } from './fixtures/test.ts';

test.describe('prefix keys', () => {
  test('arm visibly, and an unbound key disarms without reaching the program', async ({
    workbench,
    session,
  }) => {
    const pane = workbench.pane(session.pane);
    await workbench.prefix();
    await expect(workbench.statusBar).toContainText('waiting for a key');
    await workbench.page.keyboard.press('F9');
    await expect(workbench.statusBar).not.toContainText('waiting for a key');
    await pane.run('echo clean');
    await pane.shows(/^\$ echo clean$/m);
  });

  test('twice send the prefix itself', async ({ workbench, session }) => {
    const pane = workbench.pane(session.pane);
    await pane.run('stty -icanon; cat');
    await workbench.prefix('Control+b');
    await pane.shows(/^\^B$/m);
  });

  test('that repeat need the prefix once', async ({ workbench, session }) => {
    await workbench.commandLine('set-option repeat-time 5000');
    await session.tmux('split-window', '-h');
    await expect(workbench.panes).toHaveCount(2);
    const left = workbench.pane(session.pane);
    const { cols } = await left.size();
    const right = 'Control+ArrowRight';
    await workbench.prefix(right, right, right);
    await expect.poll(async () => (await left.size()).cols).toBe(cols + 3);
    // Any other key ends the repeat and is typed.
    await workbench.page.keyboard.type('echo typed\n');
    await (await workbench.activePane()).shows(/^typed$/m);
  });

  test('follow the bindings and tables that the user makes', async ({ workbench }) => {
    await workbench.commandLine('bind-key F7 switch-client -T mine');
    await workbench.commandLine('bind-key -T mine v split-window -v');
    // The page hears of new bindings beside the answer to the command that made them.
    await expect(async () => {
      await workbench.prefix('F7');
      await expect(workbench.statusBar).toContainText('mine', { timeout: 1_000 });
    }).toPass();
    await workbench.page.keyboard.press('v');
    await expect(workbench.panes).toHaveCount(2);
  });

  test(', asks for a new name of the window', async ({ workbench }) => {
    await workbench.prefix(',');
    const input = workbench.prompt.getByTestId('prompt-input');
    await expect(input).toBeFocused();
    await input.fill('deploy; kill-server 50%');
    await input.press('Enter');
    await expect(workbench.tabs.first()).toContainText('deploy; kill-server 50%');
    await expect(workbench.prompt).toBeHidden();
  });

  test(': runs a command line, with history and errors in words', async ({ workbench }) => {
    const { page } = workbench;
    await workbench.commandLine('split-window -v');
    await expect(workbench.panes).toHaveCount(2);
    await workbench.commandLine('splitwindow');
    await expect(page.getByText(/unknown command.*splitwindow/)).toBeVisible();
    await workbench.prefix(':');
    await expect(workbench.prompt.getByTestId('prompt-input')).toBeFocused();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await expect(workbench.prompt.getByTestId('prompt-input')).toHaveValue('split-window -v');
    await page.keyboard.press('Escape');
    await expect(workbench.prompt).toBeHidden();
    await page.keyboard.type('echo focus is back\n');
    await (await workbench.activePane()).shows(/^focus is back$/m);
  });

  test('give what is typed at once to the pane that they make', async ({ workbench, session }) => {
    await workbench.prefix('%', ...Array.from('echo in the new one'), 'Enter');
    await expect(workbench.panes).toHaveCount(2);
    await (await workbench.activePane()).shows(/^in the new one$/m);
    expect(await session.capture(session.pane)).not.toContain('in the new one');
  });

  test('take what is typed ahead of them', async ({ workbench, session }) => {
    const { page } = workbench;
    await workbench.prefix(':', ...Array.from('split-window -d'), 'Enter');
    await expect(workbench.panes).toHaveCount(2);
    await expect(workbench.prompt).toBeHidden();
    await page.keyboard.type('echo before ');
    await workbench.prefix('Control+b', 'x', 'Enter');
    const pane = workbench.pane(session.pane);
    await pane.shows(/^\$ echo before \^?Bx/m);
    await workbench.prefix('x', 'y');
    await expect(workbench.panes).toHaveCount(1);
    await expect(pane.box).toBeHidden();
  });

  test('x asks before it kills, and n keeps the pane', async ({ workbench, session }) => {
    await session.tmux('split-window');
    await expect(workbench.panes).toHaveCount(2);
    await workbench.prefix('x');
    await expect(workbench.confirm).toContainText('kill-pane');
    await workbench.page.keyboard.press('n');
    await expect(workbench.confirm).toBeHidden();
    await expect(workbench.panes).toHaveCount(2);
    await workbench.prefix('x');
    await expect(workbench.confirm).toBeVisible();
    await workbench.page.keyboard.press('y');
    await expect(workbench.panes).toHaveCount(1);
  });

  test('w lists the windows and goes to the chosen one', async ({ workbench, session }) => {
    await session.tmux('rename-window', 'first');
    await session.tmux('new-window', '-n', 'second');
    await expect(workbench.tabs.filter({ hasText: 'second' })).toHaveAttribute(
      'aria-selected',
      'true',
    );
    await workbench.prefix('w');
    const chooser = workbench.page.getByRole('dialog');
    await expect(chooser).toBeVisible();
    await workbench.page.keyboard.type('first');
    await workbench.page.keyboard.press('Enter');
    await expect(chooser).toBeHidden();
    await expect(workbench.tabs.filter({ hasText: 'first' })).toHaveAttribute(
      'aria-selected',
      'true',
    );
  });

  test('q numbers the panes and goes to the pressed one', async ({ workbench, session }) => {
    await session.tmux('split-window');
    await expect(workbench.panes).toHaveCount(2);
    await workbench.prefix('q');
    const numbers = workbench.page.getByRole('dialog', { name: 'Press the number of a pane' });
    await expect(numbers).toBeVisible();
    await workbench.page.keyboard.press('0');
    await expect(numbers).toBeHidden();
    await expect(workbench.pane(session.pane).box).toHaveAttribute('data-active', 'true');
  });

  test('? lists the keys', async ({ workbench }) => {
    await workbench.prefix('?');
    const help = workbench.page.getByRole('dialog');
    await expect(help).toContainText('split-window');
    await workbench.page.keyboard.press('Escape');
    await expect(help).toBeHidden();
    await workbench.page.keyboard.type('echo on\n');
    await (await workbench.activePane()).shows(/^on$/m);
  });

  test('d leaves for the list of sessions', async ({ workbench, session }) => {
    await workbench.prefix('d');
    await expect(workbench.page.getByTestId('sessions')).toBeVisible();
    expect(await session.tmux('has-session')).toBe('');
  });
});
