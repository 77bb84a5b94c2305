import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import type { OpenTerminal } from './target.ts';

/** Log text with colours, of at least so many bytes. */
export async function writeLog(path: string, bytes: number): Promise<void> {
  const file = createWriteStream(path);
  for (let line = 0, written = 0; written < bytes; line += 1) {
    const level = line % 10 === 0 ? '\x1b[33mWARN\x1b[0m' : '\x1b[32mINFO\x1b[0m';
    const text = `2026-01-01T00:00:00.${String(line % 1000).padStart(3, '0')}Z ${level} request ${line} took ${line % 97} ms\n`;
    written += text.length;
    if (!file.write(text)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
}

/**
 * Prints the file and takes the time in the page from Enter to the first rendering that shows the
 * line after it.
 *
 * @returns milliseconds
 */
export async function measureFlood(
  { page, terminal }: OpenTerminal,
  file: string,
): Promise<number> {
  await page.keyboard.type(`cat ${file}; echo flood-e""nd`);
  const shown = await terminal.evaluateHandle((term) => {
    let pressedAt = 0;
    window.addEventListener('keydown', (event) => (pressedAt = event.timeStamp), {
      capture: true,
      once: true,
    });
    const isShown = (): boolean => {
      const { baseY, cursorY } = term.buffer.active;
      const above = term.buffer.active.getLine(baseY + cursorY - 1);
      return above?.translateToString(true) === 'flood-end';
    };
    return {
      elapsed: new Promise<number>((resolve) => {
        const listener = term.onRender(() => {
          if (!isShown()) return;
          listener.dispose();
          resolve(performance.now() - pressedAt);
        });
      }),
    };
  });
  await page.keyboard.press('Enter');
  const elapsed = await shown.evaluate(async (measured) => measured.elapsed);
  await shown.dispose();
  return elapsed;
}
