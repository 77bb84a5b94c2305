import { Pipe } from '@angular/core';
import type { PipeTransform } from '@angular/core';

/** Longest name or title that is shown, in characters. */
export const TITLE_MAX_CHARS = 200;

/**
 * C0 and C1 controls, characters that turn the direction of text around, and those that are not seen:
 * with them one name could look like another, or like a part of the page.
 */
const UNSEEN =
  /[\u17b4\u17b5\p{Cc}\p{Cs}\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e0fff}]/gu;
/** More marks on one character than any script has: they would be drawn over the lines around. */
const PILED_MARKS = /(\p{M}{8})\p{M}+/gu;

/**
 * A name or title that programs or other people chose (windows, panes, sessions, commands, paths,
 * browsers), as it may be shown anywhere: one line, nothing unseen, at most 200 characters. Not for
 * what is sent back to the server: that needs the name as it is.
 */
export function sanitizeTitle(text: string): string {
  // Bounded first: a title of a megabyte must not be searched at every change.
  const start = text.slice(0, 8 * TITLE_MAX_CHARS).replace(/[\t\n\r]+/g, ' ');
  const characters = Array.from(start.replace(UNSEEN, '').replace(PILED_MARKS, '$1'));
  if (characters.length <= TITLE_MAX_CHARS) return characters.join('');
  return `${characters.slice(0, TITLE_MAX_CHARS - 1).join('')}…`;
}

/** {@link sanitizeTitle} for templates: `{{ session.name | plainTitle }}`. */
@Pipe({ name: 'plainTitle' })
export class PlainTitle implements PipeTransform {
  transform(text: string | null | undefined): string {
    return sanitizeTitle(text ?? '');
  }
}
