import { Component, computed, inject, linkedSignal, signal } from '@angular/core';
import { Router } from '@angular/router';
import type { SessionsView } from '#dto';
import { AccountApi } from '../account/account-api';
import { IdentityMenu } from '../account/identity-menu';
import { errorText } from '../ui/error-text';
import { Brand } from '../ui/brand';
import { Icon } from '../ui/icon';
import { pollWhileVisible } from './poll';
import { sessionNameProblem } from './session-name';
import { SessionRow } from './session-row';
import { SessionsApi } from './sessions-api';

const REFRESH_MS = 3_000;

/** All sessions of the tmux server: open, create, rename, kill. */
@Component({
  selector: 'app-sessions',
  imports: [Brand, Icon, IdentityMenu, SessionRow],
  templateUrl: './sessions.html',
  styleUrl: './sessions.css',
})
export class Sessions {
  private readonly api = inject(SessionsApi);
  private readonly router = inject(Router);
  private readonly list = this.api.list();
  private readonly identity = inject(AccountApi).me();

  protected readonly isCreating = signal(false);
  protected readonly createProblem = signal<string | null>(null);
  protected readonly now = signal(Date.now());
  /** The last list that came, also while a later refresh fails. */
  protected readonly view = linkedSignal<SessionsView | undefined, SessionsView | undefined>({
    source: () => (this.list.hasValue() ? this.list.value() : undefined),
    computation: (list, previous) => list ?? previous?.value,
  });
  protected readonly loadProblem = computed(() => {
    const error = this.list.error();
    return error === undefined ? null : errorText(error);
  });

  protected readonly me = computed(() => (this.identity.hasValue() ? this.identity.value() : null));
  /** Until it is known, as if: the server decides anyhow. */
  protected readonly canChange = computed(() => {
    const me = this.me();
    return me === null || (me.role !== 'viewer' && !me.readOnly);
  });

  constructor() {
    pollWhileVisible(REFRESH_MS, () => {
      this.refresh();
    });
  }

  protected refresh(): void {
    this.now.set(Date.now());
    this.list.reload();
  }

  protected async create(name: string): Promise<void> {
    const problem = sessionNameProblem(name);
    this.createProblem.set(problem);
    if (problem !== null) return;
    this.isCreating.set(true);
    try {
      const session = await this.api.create(name);
      await this.router.navigate(['/s', session.name]);
    } catch (error) {
      this.createProblem.set(errorText(error));
    } finally {
      this.isCreating.set(false);
    }
  }
}
