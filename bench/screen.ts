import type { OpenTerminal } from './target.ts';

/** Waits until a line near the cursor holds the text. */
export async function waitForText({ page, terminal }: OpenTerminal, text: string): Promise<void> {
  await page.waitForFunction(
    ([term, wanted]) => {
      const { baseY, cursorY } = term.buffer.active;
      for (let y = baseY + cursorY; y >= Math.max(0, baseY + cursorY - 5); y -= 1) {
        if (term.buffer.active.getLine(y)?.translateToString(true).includes(wanted)) return true;
      }
      return false;
    },
    [terminal, text] as const,
    { timeout: 120_000 },
  );
}
