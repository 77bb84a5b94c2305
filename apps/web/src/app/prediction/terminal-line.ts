import type { IBufferCell, Terminal } from '@xterm/xterm';
import type { ScreenLine } from './screen-line';

/** The line a terminal's cursor is in, as it is now. */
export function terminalLine({ buffer, cols }: Pick<Terminal, 'buffer' | 'cols'>): ScreenLine {
  const { baseY, cursorX, cursorY } = buffer.active;
  const line = baseY + cursorY;
  const row = buffer.active.getLine(line);
  let reused: IBufferCell | undefined;
  const cells = Array.from({ length: cols }, (_, x) => {
    reused = row?.getCell(x, reused);
    const chars = reused?.getChars() ?? '';
    return chars === '' ? ' ' : chars;
  });
  return { line, x: cursorX, cells };
}
