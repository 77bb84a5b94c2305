import type { Pane } from './pages/pane.ts';
import { expect, test } from './fixtures/test.ts';
import type { TmuxSession } from './fixtures/test.ts';

const VIM = 'vim -u NONE -n';

/** Waits until the browser shows, row by row, what tmux has. */
async function expectSameScreen(pane: Pane, session: TmuxSession): Promise<void> {
  await expect
    .poll(async () => {
      const [ours, tmux] = await Promise.all([pane.screen(), session.capture(pane.id)]);
      return ours.map((row, i) => (row === tmux[i] ? '' : `${i}: ${row} ≠ ${tmux[i]}`)).join('');
    })
    .toBe('');
}

test.describe('full-screen programs', () => {
  test('vim looks as tmux has it, row by row, while it is used', async ({ workbench, session }) => {
    const pane = workbench.pane(session.pane);
    await pane.run(`seq -f 'line %g: grüße 日本 ${'.'.repeat(20)}' 1 500 > text; ${VIM} text`);
    await pane.shows(/^"text" 500/m);
    await expectSameScreen(pane, session);
    await pane.type(':set number hlsearch | syntax on | vsplit | split\n');
    await pane.type('/line 4\nggVG');
    await pane.press('Control+d', 'Control+f', 'Escape');
    await pane.type('G12Onew text\u00e9');
    await pane.press('Escape');
    await pane.type(':%s/line/row/g\n');
    await pane.shows(/substitutions on/);
    await expectSameScreen(pane, session);
    await pane.type(':qa!\n');
    await pane.shows(/\$$/m);
    await expectSameScreen(pane, session);
  });

  test('follow the size of the browser', async ({ workbench, session }) => {
    const pane = workbench.pane(session.pane);
    await pane.run(`seq 1 500 > text; ${VIM} text`);
    await pane.shows(/^"text" 500/m);
    const before = await pane.size();
    await workbench.page.setViewportSize({ width: 800, height: 500 });
    await expect.poll(async () => (await pane.size()).rows).toBeLessThan(before.rows);
    await expectSameScreen(pane, session);
    const { cols, rows } = await pane.size();
    const size = await session.tmux('display-message', '-p', '#{pane_width}x#{pane_height}');
    expect(size).toBe(`${cols}x${rows}\n`);
  });

  test('that ran before the browser came are shown, and what they cover comes back', async ({
    page,
    workbench,
    session,
  }) => {
    const pane = workbench.pane(session.pane);
    await pane.run('clear; echo covered');
    await pane.run(`seq 1 500 > text; ${VIM} text`);
    await pane.shows(/^"text" 500/m);
    await pane.type(':200\n');
    await pane.shows(/^200$/m);
    await page.reload();
    await workbench.isLive();
    await expectSameScreen(pane, session);
    const kind = await page.evaluate(
      (id) => window.tmuxy?.terminals.get(id)?.buffer.active.type,
      pane.id,
    );
    expect(kind).toBe('alternate');
    await pane.press('j');
    await pane.type('A <here');
    await pane.press('Escape');
    await pane.shows(/^201 <here$/m);
    await expectSameScreen(pane, session);
    await pane.type(':qa!\n');
    await pane.shows(/^covered$/m);
    await expectSameScreen(pane, session);
  });
});
