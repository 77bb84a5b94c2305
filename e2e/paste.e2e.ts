import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './fixtures/test.ts';

const MEGABYTE = 1024 * 1024;

/** Lines that a terminal in line mode takes (4096 bytes each at most), Unicode among them. */
function longText(): string {
  const lines: string[] = [];
  for (let bytes = 0; bytes < MEGABYTE;) {
    const line = `${lines.length} grüße 日本 👍 ${'x'.repeat(40)}\n`;
    lines.push(line);
    bytes += Buffer.byteLength(line);
  }
  return lines.join('');
}

test.describe('paste', () => {
  test.beforeEach(async ({ page }) => {
    // e2e/clipboard.e2e.ts tries the question that this turns off; read when the page loads.
    await page.addInitScript(() => localStorage.setItem('tmuxy.ask-before-paste', 'no'));
  });

  test('delivers a megabyte byte for byte', async ({ workbench, session, installation }) => {
    const pane = workbench.pane(session.pane);
    const text = longText();
    const name = `${session.name}.pasted`;
    await pane.run(`stty -echo; echo ready; cat > ${name}; stty echo; echo done`);
    await pane.shows(/^ready$/m);
    await pane.paste(text);
    const file = join(installation.tmux.dir, name);
    // The shell makes it after it said that it is ready.
    const length = async (): Promise<number> =>
      (await readFile(file).catch(() => Buffer.alloc(0))).length;
    await expect.poll(length, { timeout: 30_000 }).toBe(Buffer.byteLength(text));
    await pane.press('Control+d');
    await pane.shows(/^done$/m);
    const hash = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
    expect(hash(await readFile(file))).toBe(hash(text));
  });

  test('runs each line where the shell does not bracket', async ({ workbench, session }) => {
    const pane = workbench.pane(session.pane);
    await pane.paste('echo one\r\necho t""wo\necho thr""ee');
    await pane.shows(/^(\$ )?two$/m);
    expect(await pane.screen()).not.toContain('three');
  });

  test('waits for Enter where the shell brackets', async ({ workbench, session }) => {
    const pane = workbench.pane(session.pane);
    await pane.run("PS1='b$ ' bash --norc --noprofile");
    await pane.shows(/^b\$$/m);
    await pane.paste('echo o""ne\necho t""wo');
    await pane.shows('echo t""wo');
    expect(await pane.screen()).not.toContain('one');
    await pane.press('Enter');
    await pane.shows(/^one\ntwo$/m);
  });

  test('cannot end the brackets from inside', async ({ workbench, session }) => {
    const pane = workbench.pane(session.pane);
    await pane.run(String.raw`printf '\033[?2004h'; stty -icanon min 1 -echo; echo ready; cat -v`);
    await pane.shows(/^ready$/m);
    await pane.paste('a\u001b[201~b\u001b[200~c');
    await pane.shows('^[[201~');
    const text = (await pane.screen()).join('\n');
    expect(text.match(/\^\[\[200~/g)).toHaveLength(1);
    expect(text).toMatch(/\^\[\[200~a.*b.*c\^\[\[201~$/m);
  });

  test('comes from the clipboard with Ctrl-Shift-V', async ({ workbench, session, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const pane = workbench.pane(session.pane);
    await workbench.page.evaluate(() => navigator.clipboard.writeText('echo from the clip""board'));
    await pane.press('Control+Shift+v', 'Enter');
    await pane.shows(/^from the clipboard$/m);
  });

  test('refuses what is too long and says so', async ({ workbench, session }) => {
    const pane = workbench.pane(session.pane);
    await pane.paste('x'.repeat(5 * MEGABYTE));
    await expect(workbench.notices).toContainText('larger than 4 MB');
    await pane.run('echo still here');
    await pane.shows(/^still here$/m);
  });
});
