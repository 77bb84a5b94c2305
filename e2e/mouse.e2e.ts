import type { Mouse } from '@playwright/test';
import { expect, test } from './fixtures/test.ts';

/** Reports presses, moves with a button and the wheel in SGR form; the terminal echoes them. */
const FOLLOW_MOUSE = String.raw`clear; printf '\033[?1002h\033[?1006h'; stty -icanon min 1; cat`;

async function drag(
  mouse: Mouse,
  from: { readonly x: number; readonly y: number },
  to: { readonly x: number; readonly y: number },
): Promise<void> {
  await mouse.move(from.x, from.y);
  await mouse.down();
  await mouse.move(to.x, to.y, { steps: 4 });
  await mouse.up();
}

test.describe('mouse', () => {
  test('reaches a program that asks for it', async ({ workbench, session }) => {
    const pane = workbench.pane(session.pane);
    const { mouse } = workbench.page;
    await pane.run(FOLLOW_MOUSE);
    await pane.followsMouse();
    const { x, y } = await pane.cell(4, 9);
    await mouse.click(x, y);
    await pane.shows('^[[<0;5;10M^[[<0;5;10m');
    await mouse.click(x, y, { button: 'right' });
    await pane.shows('^[[<2;5;10M');
    await drag(mouse, await pane.cell(1, 11), await pane.cell(3, 11));
    await pane.shows('^[[<32;4;12M^[[<0;4;12m');
    await mouse.wheel(0, -100);
    await pane.shows('^[[<64;4;12M');
  });

  test('turns the wheel through history until a key is typed', async ({ workbench, session }) => {
    const pane = workbench.pane(session.pane);
    await pane.run('seq 1 200');
    await pane.shows(/^200$/m);
    const { x, y } = await pane.cell(5, 5);
    await workbench.page.mouse.move(x, y);
    const turnUp = async (): Promise<readonly string[]> => {
      await workbench.page.mouse.wheel(0, -120);
      return pane.screen();
    };
    await expect.poll(turnUp, { intervals: [50] }).toContain('100');
    expect(await pane.screen()).not.toContain('200');
    await pane.type('#');
    await pane.shows(/^200$/m);
  });

  test('turns the wheel into arrows in a full-screen program', async ({ workbench, session }) => {
    const pane = workbench.pane(session.pane);
    await pane.run('seq 1 200 > lines; vim -u NONE -n lines');
    await pane.shows(/^"lines" 200/m);
    const { x, y } = await pane.cell(5, 5);
    await workbench.page.mouse.move(x, y);
    const row = async (): Promise<number> =>
      Number(await session.tmux('display-message', '-p', '#{cursor_y}'));
    expect(await row()).toBe(0);
    await workbench.page.mouse.wheel(0, 300);
    await expect.poll(row).toBeGreaterThan(0);
  });

  test('gives the keyboard to the pane that is clicked', async ({ workbench, session }) => {
    await session.tmux('split-window', '-h');
    await expect(workbench.panes).toHaveCount(2);
    const first = workbench.pane(session.pane);
    await expect(first.box).toHaveAttribute('data-active', 'false');
    await first.focus();
    await workbench.page.keyboard.type('echo first\n');
    await first.shows(/^first$/m);
    await expect(first.box).toHaveAttribute('data-active', 'true');
    expect((await session.tmux('display-message', '-p', '#{pane_id}')).trim()).toBe(first.id);
  });
});
