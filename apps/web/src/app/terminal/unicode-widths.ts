import { Unicode11Addon } from '@xterm/addon-unicode11';
import type { IUnicodeVersionProvider, Terminal } from '@xterm/xterm';

type Width = 0 | 1 | 2;

/** Name under which the provider is registered with xterm. */
export const TMUX_UNICODE = 'tmux';

/**
 * Where tmux 3.3a on glibc 2.36 (Debian 12) differs from Unicode 11, as `wcwidth` answers there over
 * all code points: hexadecimal ranges by width. Emoji newer than Unicode 14 are unknown to it: 0.
 */
const GLIBC: Readonly<Record<Width, string>> = {
  0:
    '200b 2028-2029 898-89f 8ca-8d2 b55 c3c d81 180f 1abf-1ace 1dfa a82c d7b0-d7c6 d7cb-d7fb ' +
    '10eab-10eac 10f82-10f85 11070 11073-11074 110c2 111cf 1193b-1193c 1193e 11943 1cf00-1cf2d ' +
    '1cf30-1cf46 1e2ae 1f6d8-1f6dc 1fa75-1fa77 1fa87-1fa8f 1faad-1faaf 1fabb-1fabf 1fac6-1facf ' +
    '1fada-1fadf 1fae8-1faef 1faf7-1faff',
  1: '600-605 6dd 70f 8e2 1734 110bd 110cd 1f93b 1f946',
  2:
    '31bb-31bf 3248-324f 4dc0-4dff 16ff0-16ff1 18af3-18cd5 18d00-18d08 1aff0-1aff3 1aff5-1affb ' +
    '1affd-1affe 1b11f-1b122 1f6d6-1f6d7 1f6dd-1f6df 1f6fb-1f6fc 1f7f0 1f90c 1f972 1f977-1f979 ' +
    '1f9a3-1f9a4 1f9ab-1f9ad 1f9cb-1f9cc 1fa74 1fa7b-1fa7c 1fa83-1fa86 1fa96-1faac 1fab0-1faba ' +
    '1fac0-1fac5 1fad0-1fad9 1fae0-1fae7 1faf0-1faf6',
};

/** Code points below this are looked up in a table, the others in Unicode 11. */
const TABLE_SIZE = 0x20000;
const ZERO_WIDTH_JOINER = 0x200d;
/** Bits of a value xterm keeps about the character before (its UnicodeService): join, width, kind. */
const JOIN = 1;
const WIDTH_SHIFT = 1;
const KIND_SHIFT = 3;
/** Our only kind: the cell's text ends with a joiner. */
const AFTER_JOINER = 1;

function unicode11(): IUnicodeVersionProvider {
  const found: IUnicodeVersionProvider[] = [];
  const register = (provider: IUnicodeVersionProvider): void => {
    found.push(provider);
  };
  // The addon only calls `unicode.register`; this is the one way to its table.
  new Unicode11Addon().activate({ unicode: { register } } as unknown as Terminal);
  const [provider] = found;
  if (provider === undefined) throw new Error('addon-unicode11 registered nothing');
  return provider;
}

function buildTable(base: IUnicodeVersionProvider): Uint8Array {
  const table = Uint8Array.from({ length: TABLE_SIZE }, (_, code) => base.wcwidth(code));
  for (const [width, ranges] of Object.entries(GLIBC)) {
    for (const range of ranges.split(' ')) {
      const [first = '', last = first] = range.split('-');
      table.fill(Number(width), parseInt(first, 16), parseInt(last, 16) + 1);
    }
  }
  return table;
}

/** Widths and joining as tmux 3.3a does them (screen_write_combine in screen-write.c). */
export class TmuxUnicode implements IUnicodeVersionProvider {
  readonly version = TMUX_UNICODE;
  private static shared: { base: IUnicodeVersionProvider; table: Uint8Array } | null = null;
  private readonly base: IUnicodeVersionProvider;
  private readonly table: Uint8Array;

  constructor() {
    if (TmuxUnicode.shared === null) {
      const base = unicode11();
      TmuxUnicode.shared = { base, table: buildTable(base) };
    }
    ({ base: this.base, table: this.table } = TmuxUnicode.shared);
  }

  wcwidth(codePoint: number): Width {
    if (codePoint >= TABLE_SIZE) return this.base.wcwidth(codePoint);
    const width = this.table[codePoint];
    return width === 0 || width === 2 ? width : 1;
  }

  /**
   * Width and joining of a character after another one: what has no width joins the cell before, and
   * so does whatever follows a zero width joiner, unless it is ASCII.
   */
  charProperties(codePoint: number, preceding: number): number {
    const width = this.wcwidth(codePoint);
    const before = (preceding >> WIDTH_SHIFT) & 3;
    const followsJoiner = preceding >> KIND_SHIFT === AFTER_JOINER && codePoint >= 0x80;
    if (width > 0 && !followsJoiner) return width << WIDTH_SHIFT;
    const kind = codePoint === ZERO_WIDTH_JOINER ? AFTER_JOINER : 0;
    return (kind << KIND_SHIFT) | (before << WIDTH_SHIFT) | JOIN;
  }
}
