import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './fixtures/test.ts';

test.describe('typing', () => {
  test('reaches the shell, and its answer the screen', async ({ workbench, session }) => {
    const pane = workbench.pane(session.pane);
    await pane.run('echo $((6 * 7)) apples');
    await pane.shows(/^42 apples$/m);
    expect(await session.capture(pane.id)).toContain('42 apples');
  });

  test('keeps every key in its order', async ({ workbench, session, installation }) => {
    const pane = workbench.pane(session.pane);
    const name = `${session.name}.typed`;
    const text = 'the quick brown fox jumps over the lazy dog 0123456789\n'.repeat(20);
    await pane.run(`stty -echo; echo ready; cat > ${name}; stty echo; echo done`);
    await pane.shows(/^ready$/m);
    await pane.type(text);
    await pane.press('Control+d');
    await pane.shows(/^done$/m);
    expect(await readFile(join(installation.tmux.dir, name), 'utf8')).toBe(text);
  });

  test('interrupts with Ctrl-C', async ({ workbench, session }) => {
    const pane = workbench.pane(session.pane);
    await pane.run('sleep 1000; echo not this');
    await expect
      .poll(() => session.tmux('display', '-p', '#{pane_current_command}'))
      .toBe('sleep\n');
    await pane.press('Control+c');
    await pane.run('echo back $?');
    await pane.shows(/^back 130$/m);
    expect(await pane.screen()).not.toContain('not this');
  });

  test('edits the line with arrows, Home, End and Backspace', async ({ workbench, session }) => {
    const pane = workbench.pane(session.pane);
    await pane.run("PS1='b$ ' bash --norc --noprofile");
    await pane.shows(/^b\$$/m);
    await pane.type('cho oneX');
    await pane.press('Backspace', 'Home');
    await pane.type('e');
    await pane.press('End');
    await pane.type(' two');
    await pane.press('ArrowLeft', 'ArrowLeft', 'ArrowLeft');
    await pane.type('& ');
    await pane.press('Backspace', 'Backspace', 'Enter');
    await pane.shows(/^one two$/m);
    await pane.press('ArrowUp', 'Control+a', 'Alt+d');
    await pane.type('printf %s-');
    await pane.press('Enter');
    await pane.shows(/^one-two-/m);
  });
});

test('typing at the edge of a pane leaves its screen in place', async ({ workbench, session }) => {
  await workbench.page.setViewportSize({ width: 400, height: 600 });
  const pane = workbench.pane(session.pane);
  await expect.poll(async () => (await pane.size()).cols).toBe(50);
  await session.tmux('split-window', '-h', '-d');
  await expect(workbench.panes).toHaveCount(2);
  const edges = async (): Promise<unknown> => {
    const box = await pane.box.boundingBox();
    const screen = await pane.box.locator('.xterm-screen').boundingBox();
    return { left: (screen?.x ?? 0) - (box?.x ?? 0), top: (screen?.y ?? 0) - (box?.y ?? 0) };
  };
  await expect.poll(async () => (await pane.size()).cols).toBeLessThan(50);
  const before = await edges();
  const { cols, rows } = await pane.size();
  // Not by so many Enters: two that come before the shell reads them leave two prompts in one row.
  await pane.run(`clear; seq ${rows + 5}`);
  await pane.shows(new RegExp(`^${rows + 5}\\n\\$$`, 'm'));
  await pane.type('x'.repeat(cols - 2));
  await pane.shows('x'.repeat(cols - 2));
  await workbench.page.keyboard.insertText('é日');
  await pane.shows('é');
  expect(await edges()).toEqual(before);
});

/** Keys and what a terminal sends for them, as `cat -v` shows it. */
const SEQUENCES = [
  ['ArrowUp', '^[[A'],
  ['Control+ArrowRight', '^[[1;5C'],
  ['Shift+ArrowLeft', '^[[1;2D'],
  ['Alt+x', '^[x'],
  ['Control+Alt+x', '^[^X'],
  ['Shift+Tab', '^[[Z'],
  ['F1', '^[OP'],
  ['F5', '^[[15~'],
  ['PageUp', '^[[5~'],
  ['Delete', '^[[3~'],
  ['Escape', '^['],
  ['Control+Space', '^@'],
] as const;

test('typing sends every special key as a terminal does', async ({ workbench, session }) => {
  const pane = workbench.pane(session.pane);
  await pane.run('clear; stty -icanon min 1 -echo; echo ready; cat -v');
  await pane.shows(/^ready$/m);
  for (const [key] of SEQUENCES) await pane.press(key, 'Enter');
  const rows = ['ready', ...SEQUENCES.map(([, sequence]) => sequence)];
  await expect.poll(() => pane.screen()).toEqual(expect.arrayContaining(rows));
  expect((await pane.screen()).slice(0, rows.length)).toEqual(rows);
});
