import { Component, computed, DestroyRef, inject, input, output, signal } from '@angular/core';
import { Router } from '@angular/router';
import { SessionsApi } from '../sessions/sessions-api';
import { SessionStore } from '../stream/session-store';
import { CONNECTIONS_MAX, StreamBudget, STREAMS_MAX } from '../tabs/stream-budget';
import { errorText } from '../ui/error-text';
import { Icon } from '../ui/icon';
import { PlainTitle } from '../ui/title-text';

/** Says what happens while the session is not live, over the dimmed screen. */
@Component({
  selector: 'app-connection-overlay',
  imports: [Icon, PlainTitle],
  templateUrl: './connection-overlay.html',
  styleUrl: './connection-overlay.css',
})
export class ConnectionOverlay {
  private readonly router = inject(Router);
  private readonly sessions = inject(SessionsApi);
  protected readonly store = inject(SessionStore);
  protected readonly budget = inject(StreamBudget);
  protected readonly connectionsMax = CONNECTIONS_MAX;
  protected readonly streamsMax = STREAMS_MAX;

  /** The session the person asked for. */
  readonly name = input.required<string>();

  /** The session exists now: open it again. */
  readonly created = output();

  protected readonly state = this.store.connection;
  protected readonly isBusy = signal(false);
  protected readonly problem = signal<string | null>(null);
  protected readonly secondsLeft = computed(() => {
    const state = this.state();
    return state.status === 'reconnecting'
      ? Math.max(0, Math.ceil((state.retryAt - this.now()) / 1000))
      : 0;
  });
  protected readonly canCreate = computed(() => {
    const state = this.state();
    if (state.status === 'tmux-lost') return true;
    return state.status === 'ended' && ['not-found', 'session-ended'].includes(state.code);
  });

  private readonly now = signal(Date.now());

  constructor() {
    const timer = setInterval(() => {
      this.now.set(Date.now());
    }, 500);
    inject(DestroyRef).onDestroy(() => {
      clearInterval(timer);
    });
  }

  protected toSessions(): void {
    void this.router.navigate(['/']);
  }

  protected signIn(): void {
    void this.router.navigate(['/sign-in'], { queryParams: { next: this.router.url } });
  }

  protected async create(): Promise<void> {
    this.isBusy.set(true);
    this.problem.set(null);
    try {
      await this.sessions.create(this.name());
      // A stream that only lost tmux comes back by itself.
      if (this.state().status === 'ended') this.created.emit();
    } catch (error) {
      this.problem.set(errorText(error));
    } finally {
      this.isBusy.set(false);
    }
  }
}
