import { Component, computed, inject } from '@angular/core';
import { CopyMode } from '../keys/copy-mode';
import { KeyDispatcher } from '../keys/key-dispatcher';
import { SessionStore } from '../stream/session-store';
import { Icon } from '../ui/icon';
import { UiRequests } from './ui-requests';

const CONNECTION_TEXT = {
  connecting: 'Connecting…',
  live: 'Live',
  reconnecting: 'Reconnecting…',
  resting: 'Resting',
  'tmux-lost': 'tmux is gone',
  ended: 'Ended',
} as const;

/** What the active pane is, what the next key does, and the state of the link. */
@Component({
  selector: 'app-status-bar',
  imports: [Icon],
  host: { 'data-testid': 'status-bar' },
  templateUrl: './status-bar.html',
  styleUrl: './status-bar.css',
})
export class StatusBar {
  private readonly store = inject(SessionStore);
  private readonly keys = inject(KeyDispatcher);
  protected readonly requests = inject(UiRequests);
  protected readonly copyMode = inject(CopyMode).state;

  protected readonly pane = computed(() => {
    const id = this.store.activePane();
    return id === null ? undefined : this.store.panes().get(id);
  });
  /** What is armed: the prefix as tmux writes it, or the name of another key table. */
  protected readonly armed = computed(() => {
    const armed = this.keys.armed();
    if (armed === null) return null;
    const prefix = this.store.keyBindings()?.prefixes[0];
    return armed.table === 'prefix' && prefix !== undefined ? prefix : armed.table;
  });
  protected readonly size = computed(() => {
    const { cols, rows } = this.store.currentWindow() ?? this.store.grid();
    return `${String(cols)}×${String(rows)}`;
  });
  protected readonly readOnlyReason = this.store.readOnlyReason;
  protected readonly status = computed(() => this.store.connection().status);
  protected readonly statusText = computed(() => CONNECTION_TEXT[this.status()]);
}
