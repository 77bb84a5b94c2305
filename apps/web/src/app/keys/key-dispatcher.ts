import { DestroyRef, Injectable, computed, inject, signal } from '@angular/core';
import type { PaneId, RunResult, UiRequest } from '#dto';
import { errorNotice } from '../stream/error-notice';
import { InputQueue } from '../stream/input-queue';
import { SessionStore } from '../stream/session-store';
import { STREAM_ENVIRONMENT } from '../stream/stream-environment';
import { Notices } from '../ui/notices';
import { UiRequests } from '../workbench/ui-requests';
import { CopyMode } from './copy-mode';
import { localBinding } from './local-binding';
import { isModifier, keyNames } from './key-name';
import { AT_ROOT, ROOT_TABLE, expire, pressKey } from './key-tables';
import type { KeyState } from './key-tables';
import { TypeAhead } from './type-ahead';

/** Takes keys that tmux's key tables bind, before they reach a program, and runs their bindings. */
@Injectable()
export class KeyDispatcher {
  private readonly store = inject(SessionStore);
  private readonly environment = inject(STREAM_ENVIRONMENT);
  private readonly notices = inject(Notices);
  private readonly requests = inject(UiRequests);
  private readonly copyMode = inject(CopyMode);
  private readonly queue = inject(InputQueue);
  private readonly typeAhead = inject(TypeAhead);

  private readonly state = signal<KeyState>(AT_ROOT);
  private cancelExpiry: () => void = () => undefined;
  private lastRun = Promise.resolve();

  /** The table the next key is looked up in, while it is not the root table. */
  readonly armed = computed(() => {
    const { table } = this.state();
    return table === ROOT_TABLE ? null : { table };
  });

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      this.cancelExpiry();
    });
  }

  /** Decides about a key pressed in `pane`; false when it was tmux's and must not reach the program. */
  press(pane: PaneId, event: KeyboardEvent): boolean {
    const bindings = this.store.keyBindings();
    if (bindings === null || isModifier(event)) return true;
    const names = keyNames(event);
    if (names.length === 0) return true;
    if (this.typeAhead.hold(event)) return false;
    // A held prefix key would arm and send itself in turn.
    if (event.repeat && names.some((name) => bindings.prefixes.includes(name))) return false;
    const { state, outcome } = pressKey(this.state(), names, bindings, this.environment.now());
    this.enter(state);
    if (outcome.kind === 'run') {
      const { table, key } = outcome;
      this.lastRun = this.lastRun.then(() => this.run(pane, table, key));
      // Repeated keys open nothing, and their time must not be spent waiting.
      if (state.repeatUntil === null) this.typeAhead.during(this.lastRun);
    }
    return outcome.kind === 'pass';
  }

  /** Looks the next key up in `table`, as `switch-client -T` does. */
  switchTable(table: string): void {
    this.enter({ table, repeatUntil: null });
  }

  private enter(state: KeyState): void {
    this.cancelExpiry();
    this.cancelExpiry = () => undefined;
    this.state.set(state);
    if (state.repeatUntil === null) return;
    const { now, after } = this.environment;
    this.cancelExpiry = after(state.repeatUntil - now(), () => {
      this.state.set(expire(state, now()));
    });
  }

  private async run(pane: PaneId, table: string, key: string): Promise<void> {
    if (this.store.readOnlyReason() !== null) {
      this.look(pane, table, key);
      return;
    }
    try {
      // What was typed before must be there before: the binding may type, too (send-prefix).
      await this.queue.settled();
      this.show(await this.store.run('run-binding', { table, key, pane }), key, pane);
    } catch (error) {
      const notice = errorNotice(error);
      this.notices.push({ ...notice, message: `${key}: ${notice.message}` });
    }
  }

  /** Does what a binding asks for without tmux; says why it does nothing else. */
  private look(pane: PaneId, table: string, key: string): void {
    const bindings = this.store.keyBindings()?.tables[table] ?? [];
    const command = bindings.find((binding) => binding.key === key)?.command ?? '';
    const request = localBinding(command, pane);
    if (request !== null) this.show({ output: [], ui: [request] }, key, pane);
    else this.notices.push({ level: 'info', message: this.store.readOnlyReason() ?? '' });
  }

  private show({ output, ui }: RunResult, key: string, pane: PaneId): void {
    const printed: UiRequest[] =
      output.length > 0 ? [{ kind: 'text', title: key, lines: output }] : [];
    for (const request of [...printed, ...ui]) {
      if (request.kind === 'copy-mode') {
        this.copyMode.enter(request.pane, { pageUp: request.pageUp });
      } else if (request.kind === 'key-table') this.switchTable(request.table);
      else this.requests.show([request], pane);
    }
  }
}
