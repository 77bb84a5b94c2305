import { Injectable, inject } from '@angular/core';
import { INPUT_MAX_BYTES, PASTE_MAX_BYTES } from '#dto/constants';
import type { Commands, PaneId } from '#dto';
import { StreamBudget } from '../tabs/stream-budget';
import { Notices } from '../ui/notices';
import { ApiError } from './api-error';
import { byteLength } from './pane-offset';
import { SessionStore } from './session-store';
import { STREAM_ENVIRONMENT } from './stream-environment';

/** Characters that may wait for a free request; past it typing is refused with a notice. */
const WAITING_MAX = 1024 * 1024;

/** Times one request is sent when nothing answers. */
const TRIES_MAX = 2;

interface Batch {
  readonly cmd: 'send-input' | 'paste';
  readonly pane: PaneId;
  data: string;
  bytes: number;
  /** Characters queued for the pane up to its end. */
  end: number;
}

/** Hears what is typed into panes, and when the server has it. */
export interface InputWatcher {
  /** `text` is on its way, a paste as null; `end` counts what was ever queued for the pane. */
  queued(pane: PaneId, text: string | null, end: number): void;
  /**
   * What was queued up to `end` reached tmux, or never will.
   * @param roundTripMs how long the request took; null for those that say nothing about the network
   */
  settled(pane: PaneId, end: number, roundTripMs: number | null): void;
}

/**
 * Sends what is typed, in order: at once while few requests are under way, in one piece per pane while
 * more are. `seq` lets the server keep the order however the requests arrive; a paste has none, so it
 * travels alone. Nothing is lost silently: what did not get through becomes a notice.
 */
@Injectable()
export class InputQueue {
  private readonly store = inject(SessionStore);
  private readonly notices = inject(Notices);
  private readonly environment = inject(STREAM_ENVIRONMENT);
  private readonly budget = inject(StreamBudget);

  private readonly queuedChars = new Map<PaneId, number>();
  private watcher: InputWatcher | null = null;
  private readonly waiting: Batch[] = [];
  private waitingChars = 0;
  private inFlight = 0;
  private isPasting = false;
  private seq = 0;
  private connectionId: string | null = null;
  /** What was last complained of, until something gets through. */
  private complaint: string | null = null;
  private readonly onSettled: (() => void)[] = [];

  /** Tells one who wants to know; null: nobody. */
  watch(watcher: InputWatcher | null): void {
    this.watcher = watcher;
  }

  /** Queues typed text for `pane`; false (and a notice) when it cannot be sent. */
  send(pane: PaneId, text: string): boolean {
    if (text === '') return true;
    const obstacle = this.obstacle(text);
    if (obstacle !== null) return this.refuse(obstacle);
    for (const data of pieces(text)) this.append(pane, data);
    this.watcher?.queued(pane, text, this.queuedChars.get(pane) ?? 0);
    this.pump();
    return true;
  }

  /** Queues a paste, which the server brackets when the program asked for that. */
  paste(pane: PaneId, text: string): boolean {
    if (text === '') return true;
    const data = text.replace(/\r\n?/g, '\n');
    const bytes = byteLength(data);
    if (!this.mayPaste(data)) return false;
    const end = this.count(pane, data);
    this.waiting.push({ cmd: 'paste', pane, data, bytes, end });
    this.watcher?.queued(pane, null, end);
    this.pump();
    return true;
  }

  /** Whether a paste would be taken now; says so when not. */
  mayPaste(text: string): boolean {
    if (byteLength(text) > PASTE_MAX_BYTES) {
      const limit = `${String(PASTE_MAX_BYTES / 1024 / 1024)} MB`;
      this.notices.push({ level: 'error', message: `Not pasted: it is larger than ${limit}` });
      return false;
    }
    const obstacle = this.obstacle('');
    return obstacle === null || this.refuse(obstacle);
  }

  /** Resolves once all that was queued has been answered, or has failed. */
  settled(): Promise<void> {
    if (this.inFlight === 0 && this.waiting.length === 0) return Promise.resolve();
    return new Promise((resolve) => this.onSettled.push(resolve));
  }

  private append(pane: PaneId, data: string): void {
    const end = this.count(pane, data);
    const last = this.waiting.at(-1);
    const bytes = byteLength(data);
    const fits = last?.cmd === 'send-input' && last.bytes + bytes <= INPUT_MAX_BYTES;
    if (last?.pane === pane && fits) {
      last.data += data;
      last.bytes += bytes;
      last.end = end;
    } else {
      this.waiting.push({ cmd: 'send-input', pane, data, bytes, end });
    }
  }

  /** @returns how much was queued for the pane, `data` included */
  private count(pane: PaneId, data: string): number {
    const end = (this.queuedChars.get(pane) ?? 0) + data.length;
    this.queuedChars.set(pane, end);
    this.waitingChars += data.length;
    return end;
  }

  private pump(): void {
    while (!this.isPasting && this.inFlight < this.budget.requestsMax()) {
      const [next] = this.waiting;
      if (next === undefined || (next.cmd === 'paste' && this.inFlight > 0)) return;
      this.waiting.shift();
      this.waitingChars -= next.data.length;
      void this.post(next);
    }
  }

  private async post({ cmd, pane, data, end }: Batch): Promise<void> {
    this.inFlight += 1;
    this.isPasting = cmd === 'paste';
    let roundTripMs: number | null = null;
    try {
      if (cmd === 'paste') await this.store.run('paste', { pane, data });
      else roundTripMs = await this.type({ pane, data, seq: this.nextSeq() });
      this.complaint = null;
    } catch (error) {
      this.refuse(error instanceof Error ? error.message : String(error));
    } finally {
      this.inFlight -= 1;
      this.isPasting = false;
      this.watcher?.settled(pane, end, roundTripMs);
      this.pump();
      if (this.inFlight === 0) for (const resolve of this.onSettled.splice(0)) resolve();
    }
  }

  /**
   * Sends again what got no answer: the server runs each `seq` once, however often it comes.
   * @returns how long the answer took, null when it had to be asked for again
   */
  private async type(args: Commands['send-input']['args']): Promise<number | null> {
    const { connectionId } = this;
    const sentAt = this.environment.now();
    for (let tries = 1; ; tries++) {
      try {
        await this.store.run('send-input', args);
        return tries === 1 ? this.environment.now() - sentAt : null;
      } catch (error) {
        const isUnanswered = error instanceof ApiError && error.status === 0;
        const isSameConnection = this.store.info()?.connectionId === connectionId;
        if (!isUnanswered || !isSameConnection || tries === TRIES_MAX) throw error;
      }
    }
  }

  /** Counts from 1 on each connection. */
  private nextSeq(): number {
    const connectionId = this.store.info()?.connectionId ?? null;
    if (connectionId !== this.connectionId) {
      this.connectionId = connectionId;
      this.seq = 0;
    }
    this.seq += 1;
    return this.seq;
  }

  private obstacle(text: string): string | null {
    const { status } = this.store.connection();
    if (status === 'tmux-lost') return 'tmux is not running';
    if (status === 'resting') return 'this tab was resting';
    if (status !== 'live') return 'not connected';
    if (!this.store.canType())
      return this.store.readOnlyReason() ?? 'you may only watch this session';
    const isFull = text.length > 0 && this.waitingChars + text.length > WAITING_MAX;
    return isFull ? 'the server is too slow' : null;
  }

  /** One notice per reason, not one per key. */
  private refuse(reason: string): false {
    if (reason !== this.complaint) {
      this.notices.push({ level: 'warning', message: `Typing did not get through: ${reason}` });
    }
    this.complaint = reason;
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
