import { setTimeout } from 'node:timers/promises';
import { waitForText } from './screen.ts';
import { percentiles } from './statistics.ts';
import type { Percentiles } from './statistics.ts';
import type { OpenTerminal } from './target.ts';

const LINE = 60;
/** Longest random pause between keys, so that they fall on every part of a frame. */
const PAUSE_MAX_MS = 40;

/**
 * Types into `cat` and takes the time in the page from the keydown event to the first rendering that
 * shows the cursor moved.
 */
export async function measureEcho(open: OpenTerminal, keys: number): Promise<Percentiles> {
  const { page } = open;
  await page.keyboard.type('clear; echo rea""dy; cat\n');
  await waitForText(open, 'ready');
  const samples: number[] = [];
  for (let index = 0; index < keys; index += 1) {
    const key = String.fromCharCode(97 + (index % 26));
    samples.push(await echoOf(open, key));
    if (index % LINE === LINE - 1) await echoOf(open, 'Enter');
    await setTimeout(Math.random() * PAUSE_MAX_MS);
  }
  await page.keyboard.press('Control+c');
  await page.keyboard.type('clear; echo do""ne\n');
  await waitForText(open, 'done');
  return percentiles(samples);
}

async function echoOf({ page, terminal }: OpenTerminal, key: string): Promise<number> {
  const rendered = await terminal.evaluateHandle((term) => {
    const position = (): number =>
      (term.buffer.active.baseY + term.buffer.active.cursorY) * 1000 + term.buffer.active.cursorX;
    const before = position();
    let pressedAt = 0;
    window.addEventListener('keydown', (event) => (pressedAt = event.timeStamp), {
      capture: true,
      once: true,
    });
    return {
      elapsed: new Promise<number>((resolve) => {
        const listener = term.onRender(() => {
          if (position() === before) return;
          listener.dispose();
          resolve(performance.now() - pressedAt);
        });
      }),
    };
  });
  await page.keyboard.press(key);
  const elapsed = await rendered.evaluate(async (measured) => measured.elapsed);
  await rendered.dispose();
  return elapsed;
}
