import { expect, test } from './fixtures/test.ts';

/** Name, what is printed, and how many columns tmux takes for it. */
const TEXTS = [
  ['accents', 'ñandú œuvre Größe', 17],
  ['combining marks', 'e\u0301a\u0308o\u0302n\u0303', 4],
  ['wide letters', '日本語한국어', 12],
  ['emoji', '👍🚀🧪', 6],
  ['right-to-left letters', 'שלום', 4],
  ['boxes and braille', '┌─┐⣿█▓', 6],
  ['a mix', 'x日e\u0301🚀y', 7],
] as const;

test.describe('Unicode', () => {
  for (const [name, text, columns] of TEXTS) {
    test(`prints ${name} in tmux's own cells`, async ({ workbench, session }) => {
      const pane = workbench.pane(session.pane);
      await pane.run(`clear; printf '%s|' '${text}'; sleep 1000`);
      await pane.shows(`${text}|`);
      expect(await pane.screen()).toEqual(await session.capture(pane.id));
      const ours = await workbench.page.evaluate(
        (id) => window.tmuxy?.terminals.get(id)?.buffer.active.cursorX,
        pane.id,
      );
      expect(await session.tmux('display-message', '-p', '#{cursor_x}')).toBe(`${columns + 1}\n`);
      expect(ours).toBe(columns + 1);
    });
  }

  test('takes what an input method composes, once', async ({ workbench, session }) => {
    const pane = workbench.pane(session.pane);
    await pane.type('echo ');
    const devtools = await workbench.page.context().newCDPSession(workbench.page);
    const composing = { selectionStart: 1, selectionEnd: 1 };
    await devtools.send('Input.imeSetComposition', { text: 'に', ...composing });
    await devtools.send('Input.imeSetComposition', { text: 'にほん', ...composing });
    await devtools.send('Input.insertText', { text: '日本' });
    await pane.shows(/^\$ echo 日本$/m);
    await pane.press('Enter');
    await pane.shows(/^日本$/m);
  });

  test('takes characters that no key of the keyboard has', async ({ workbench, session }) => {
    const pane = workbench.pane(session.pane);
    await pane.type('echo ');
    await workbench.page.keyboard.insertText('žluťoučký €👍é');
    await pane.press('Enter');
    await pane.shows(/^žluťoučký €👍é$/m);
  });

  test('survives bytes that are not UTF-8', async ({ workbench, session }) => {
    const pane = workbench.pane(session.pane);
    await pane.run(String.raw`printf 'a\377\303b\200c\n'; echo 'after ü'`);
    await pane.shows(/^after ü\n\$$/m);
    expect(await pane.screen()).toEqual(await session.capture(pane.id));
  });
});
