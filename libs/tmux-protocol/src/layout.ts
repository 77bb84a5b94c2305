import { LayoutError } from './errors.js';
import { parsePaneId } from './ids.js';
import type { PaneId } from './ids.js';

/** A rectangle in cells of the window's grid; `left` and `top` count from 0. */
export interface CellBox {
  readonly left: number;
  readonly top: number;
  readonly cols: number;
  readonly rows: number;
}

export interface PaneLayout extends CellBox {
  readonly type: 'pane';
  readonly pane: PaneId;
}

/** Children side by side (`left-right`, tmux's `{…}`) or stacked (`top-bottom`, tmux's `[…]`). */
export interface SplitLayout extends CellBox {
  readonly type: 'left-right' | 'top-bottom';
  readonly children: readonly LayoutNode[];
}

/** A window's layout tree. */
export type LayoutNode = PaneLayout | SplitLayout;

/** Deepest nesting that is read; 500×200 cells cannot be split deeper than 350 levels. */
const MAX_DEPTH = 512;

const BOX = /([0-9]{1,5})x([0-9]{1,5}),([0-9]{1,5}),([0-9]{1,5})/y;
const PANE = /,([0-9]{1,10})(?![0-9x])/y;

/**
 * Reads a layout string: `csum,WxH,X,Y` and then `,pane`, `{…}` or `[…]` (layout-custom.c,
 * `layout_append`).
 *
 * @throws LayoutError for a wrong checksum, a syntax error or what is nested too deep.
 */
export function parseLayout(layout: string): LayoutNode {
  const checksum = /^([0-9a-f]{4}),/.exec(layout)?.[1];
  if (checksum === undefined) throw new LayoutError('a layout begins with its checksum');
  const body = layout.slice(5);
  if (Number.parseInt(checksum, 16) !== layoutChecksum(body)) {
    throw new LayoutError('the checksum of the layout is wrong');
  }
  const reader = new LayoutReader(body);
  const node = reader.readNode(0);
  reader.expectEnd();
  return node;
}

/** Writes a layout tree as tmux does, with its checksum: the inverse of {@link parseLayout}. */
export function formatLayout(node: LayoutNode): string {
  const body = formatNode(node);
  return `${layoutChecksum(body).toString(16).padStart(4, '0')},${body}`;
}

/** 16-bit checksum of a layout without its checksum part (layout-custom.c, `layout_checksum`). */
export function layoutChecksum(body: string): number {
  let sum = 0;
  for (let i = 0; i < body.length; i++) {
    sum = (sum >> 1) + ((sum & 1) << 15);
    sum = (sum + body.charCodeAt(i)) & 0xffff;
  }
  return sum;
}

function formatNode(node: LayoutNode): string {
  const box = `${node.cols}x${node.rows},${node.left},${node.top}`;
  if (node.type === 'pane') return `${box},${node.pane.slice(1)}`;
  const [open, close] = node.type === 'left-right' ? ['{', '}'] : ['[', ']'];
  return `${box}${open}${node.children.map(formatNode).join(',')}${close}`;
}

class LayoutReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  readNode(depth: number): LayoutNode {
    if (depth > MAX_DEPTH) throw new LayoutError('the layout is nested too deep');
    const box = this.#readBox();
    const pane = this.#match(PANE);
    if (pane !== undefined) {
      const id = parsePaneId(`%${pane[1] ?? ''}`);
      if (id === undefined) throw this.#unexpected();
      return { type: 'pane', ...box, pane: id };
    }
    const open = this.#text[this.#at++];
    if (open !== '{' && open !== '[') throw this.#unexpected();
    const close = open === '{' ? '}' : ']';
    const children = [this.readNode(depth + 1)];
    while (this.#text[this.#at] === ',') {
      this.#at++;
      children.push(this.readNode(depth + 1));
    }
    if (this.#text[this.#at++] !== close) throw this.#unexpected();
    return { type: open === '{' ? 'left-right' : 'top-bottom', ...box, children };
  }

  expectEnd(): void {
    if (this.#at !== this.#text.length) throw this.#unexpected();
  }

  #readBox(): CellBox {
    const match = this.#match(BOX);
    if (match === undefined) throw this.#unexpected();
    const [cols = 0, rows = 0, left = 0, top = 0] = match.slice(1).map(Number);
    return { left, top, cols, rows };
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match === null) return undefined;
    this.#at = pattern.lastIndex;
    return match;
  }

  #unexpected(): LayoutError {
    return new LayoutError(`the layout cannot be read at column ${this.#at}`);
  }
}
