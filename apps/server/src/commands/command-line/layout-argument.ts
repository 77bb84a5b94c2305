import { LAYOUT_NAMES } from '#dto';

/** What `sscanf(layout, "%hx,", …)` in layout-custom.c reads: a layout string's checksum. */
const CHECKSUM = /^[0-9a-f]{4},/i;

/**
 * Whether `select-layout` may get this argument. tmux 3.3a looks the name up and reads anything else as a
 * layout string; one that does not begin with a checksum, like a name that is unknown, ambiguous or empty,
 * makes it print a message it never set, and **the whole server dies** (layout-custom.c, `layout_parse`).
 */
export function isSafeLayout(layout: string): boolean {
  return LAYOUT_NAMES.some((name) => name === layout) || CHECKSUM.test(layout);
}
