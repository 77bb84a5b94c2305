import { Service, signal } from '@angular/core';
import { drawAtOnce } from '../ui/draw-at-once';

const ALLOWED: readonly string[] = ['http:', 'https:', 'mailto:'];

/** Where a link of a program's output may lead: web pages and mail, else null. */
export function linkTarget(uri: string): URL | null {
  const target = URL.parse(uri);
  return target !== null && ALLOWED.includes(target.protocol) ? target : null;
}

/**
 * Links of programs' output that a person clicked. Nothing opens at once: the text on screen may say
 * something else than where it leads, so that is shown first, parsed, with look-alike hosts as punycode.
 */
@Service()
export class Links {
  private readonly draw = drawAtOnce();
  private readonly waiting = signal<URL | null>(null);

  /** What the person is asked about. */
  readonly asked = this.waiting.asReadonly();

  ask(uri: string): void {
    this.waiting.set(linkTarget(uri));
    // The question has the keyboard before the next key, which is an answer.
    this.draw();
  }

  close(): void {
    this.waiting.set(null);
  }
}
