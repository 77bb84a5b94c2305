import { Injectable, inject } from '@angular/core';
import { INPUT_MAX_BYTES } from '#dto/constants';
import type { PaneId } from '#dto';
import { Notices } from '../ui/notices';
import { byteLength } from './pane-offset';
import { SessionStore } from './session-store';

/** Requests on their way at once; the browser has six connections per host, one is the stream. */
const IN_FLIGHT_MAX = 4;
/** Characters that may wait for a free request; past it typing is refused with a notice. */
const WAITING_MAX = 1024 * 1024;

interface Batch {
  readonly pane: PaneId;
  data: string;
  bytes: number;
}

/**
 * Sends what is typed, in order: at once while few requests are under way, in one piece per pane while
 * more are. `seq` lets the server keep the order however the requests arrive. Nothing is lost
 * silently: what did not get through becomes a notice.
 */
@Injectable()
export class InputQueue {
  private readonly store = inject(SessionStore);
  private readonly notices = inject(Notices);

  private readonly waiting: Batch[] = [];
  private waitingChars = 0;
  private inFlight = 0;
  private seq = 0;
  private connectionId: string | null = null;
  private isComplaining = false;

  /** Queues `text` for `pane`; false (and a notice) when it cannot be sent. */
  send(pane: PaneId, text: string): boolean {
    if (text === '') return true;
    if (!this.store.canType()) return this.refuse(this.whyNot());
    if (this.waitingChars + text.length > WAITING_MAX) return this.refuse('the server is too slow');
    this.isComplaining = false;
    this.append(pane, text);
    this.pump();
    return true;
  }

  private append(pane: PaneId, text: string): void {
    this.waitingChars += text.length;
    for (const piece of pieces(text)) {
      const last = this.waiting.at(-1);
      const bytes = byteLength(piece);
      if (last?.pane === pane && last.bytes + bytes <= INPUT_MAX_BYTES) {
        last.data += piece;
        last.bytes += bytes;
      } else {
        this.waiting.push({ pane, data: piece, bytes });
      }
    }
  }

  private pump(): void {
    while (this.inFlight < IN_FLIGHT_MAX) {
      const batch = this.waiting.shift();
      if (batch === undefined) return;
      this.waitingChars -= batch.data.length;
      void this.post(batch);
    }
  }

  private async post(batch: Batch): Promise<void> {
    const connectionId = this.store.info()?.connectionId ?? null;
    if (connectionId !== this.connectionId) {
      this.connectionId = connectionId;
      this.seq = 0;
    }
    this.seq += 1;
    this.inFlight += 1;
    const args = { pane: batch.pane, data: batch.data, seq: this.seq };
    try {
      await this.store.run('send-input', args);
    } catch (error) {
      this.refuse(error instanceof Error ? error.message : String(error));
    } finally {
      this.inFlight -= 1;
      this.pump();
    }
  }

  private whyNot(): string {
    if (this.store.connection().status !== 'live') return 'not connected';
    return 'you may only watch this session';
  }

  /** One notice per trouble, not one per key. */
  private refuse(reason: string): false {
    if (!this.isComplaining) {
      this.notices.push({ level: 'warning', message: `Typing did not get through: ${reason}` });
    }
    this.isComplaining = true;
    return false;
  }
}

/** Splits text into parts of at most `INPUT_MAX_BYTES`, between characters. */
function pieces(text: string): string[] {
  // A UTF-16 unit is at most three bytes; a surrogate pair four.
  const units = Math.floor(INPUT_MAX_BYTES / 3);
  const parts: string[] = [];
  for (let start = 0; start < text.length;) {
    let end = Math.min(start + units, text.length);
    if (end < text.length && /[\ud800-\udbff]/.test(text.charAt(end - 1))) end -= 1;
    parts.push(text.slice(start, end));
    start = end;
  }
  return parts;
}
