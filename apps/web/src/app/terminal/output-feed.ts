import type { Terminal } from '@xterm/xterm';

/**
 * xterm parses each piece in one go; between them it lets the page draw and take keys. So small because
 * some functions take a thousand times longer than a letter.
 */
const PIECE_CHARS = 1024;
/** Output that waited so long is not drawn any more: a fresh picture is quicker than catching up. */
export const LAG_MAX_MS = 2_000;

/** A seed replaces everything, a frame all output: nothing may show in between, and nothing makes them stale. */
type Kind = 'seed' | 'frame' | 'output';

interface Part {
  rest: string;
  readonly kind: Kind;
  /** When it began to wait. */
  since: number;
  readonly done: (isDrawn: boolean) => void;
}

/**
 * What waits to be parsed by one terminal. xterm's own queue cannot be taken back; this one is, when
 * it is replaced by a seed, and when the terminal is too slow for what a program prints.
 */
export class OutputFeed {
  private readonly terminal: Pick<Terminal, 'write'>;
  private readonly now: () => number;
  private parts: Part[] = [];
  private isBusy = false;

  constructor(terminal: Pick<Terminal, 'write'>, now = () => performance.now()) {
    this.terminal = terminal;
    this.now = now;
  }

  /** Draws `screen` instead of all that waits. */
  replace(screen: string, done: () => void): void {
    this.drop(true);
    this.append(screen, 'seed', done);
  }

  /** Draws `screen` instead of all output that waits; it was drawn before this was taken. */
  overdraw(screen: string, done: () => void): void {
    this.drop(true, ({ kind }) => kind !== 'seed');
    this.append(screen, 'frame', done);
  }

  /** @param done told false when it was left out, and a seed is needed to go on. */
  write(data: string, done: (isDrawn: boolean) => void): void {
    this.append(data, 'output', done);
  }

  /** Forgets what waits; nobody must wait for it. */
  dispose(): void {
    this.drop(true);
  }

  private append(rest: string, kind: Kind, done: (isDrawn: boolean) => void): void {
    this.parts.push({ rest, kind, since: this.now(), done });
    this.feed();
  }

  private feed(): void {
    const [part] = this.parts;
    if (this.isBusy || part === undefined) return;
    if (this.isLate(part)) {
      this.drop(false);
      return;
    }
    const length = part.kind !== 'output' ? part.rest.length : PIECE_CHARS;
    const piece = part.rest.slice(0, length);
    part.rest = part.rest.slice(length);
    this.isBusy = true;
    this.terminal.write(piece, () => {
      this.isBusy = false;
      if (part.rest === '' && this.parts[0] === part) this.finish(part);
      this.feed();
    });
  }

  private finish(part: Part): void {
    this.parts.shift();
    // A seed takes its time once: what came meanwhile is not late because of that.
    if (part.kind === 'seed') for (const waiting of this.parts) waiting.since = this.now();
    part.done(true);
  }

  /** Never of a page in the background, where timers are rare: it catches up when it is looked at. */
  private isLate({ kind, since }: Part): boolean {
    return (
      kind === 'output' && this.now() - since > LAG_MAX_MS && document.visibilityState === 'visible'
    );
  }

  private drop(isDrawn: boolean, isMeant: (part: Part) => boolean = () => true): void {
    const dropped = this.parts.filter(isMeant);
    this.parts = this.parts.filter((part) => !isMeant(part));
    for (const { done } of dropped) done(isDrawn);
  }
}
