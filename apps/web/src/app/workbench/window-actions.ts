import { inject, Service } from '@angular/core';
import type { WindowId, WindowView } from '#dto';
import { SessionStore } from '../stream/session-store';
import { sanitizeTitle } from '../ui/title-text';
import { SessionCommands } from './session-commands';
import { UiRequests } from './ui-requests';

/** What the tabs and the session menu do. */
@Service({ autoProvided: false })
export class WindowActions {
  private readonly store = inject(SessionStore);
  private readonly commands = inject(SessionCommands);
  private readonly requests = inject(UiRequests);

  readonly canArrange = this.store.canType;

  select(window: WindowId): Promise<boolean> {
    return this.commands.run('select-window', { window });
  }

  create(): Promise<boolean> {
    return this.commands.run('new-window', {});
  }

  rename(window: WindowId, name: string): Promise<boolean> {
    return this.commands.run('rename-window', { window, name });
  }

  moveBefore(window: WindowId, before: WindowId | null): Promise<boolean> {
    return this.commands.run('move-window', { window, before });
  }

  /** Asks first, as tmux's own `&` does. */
  close(window: WindowView): void {
    const message = `kill-window ${window.name}? (y/n)`;
    const command = `kill-window -t ${window.id}`;
    this.requests.show([{ kind: 'confirm', message, command }], window.activePane);
  }

  renameSession(): void {
    const initial = this.store.session()?.name ?? '';
    this.requests.show(
      [
        {
          kind: 'prompt',
          prompts: [{ label: '(rename-session)', initial }],
          template: "rename-session -- '%%'",
        },
      ],
      this.store.activePane(),
    );
  }

  killSession(): void {
    const name = sanitizeTitle(this.store.session()?.name ?? '');
    const message = `kill-session ${name} and everything in it? (y/n)`;
    this.requests.show(
      [{ kind: 'confirm', message, command: 'kill-session' }],
      this.store.activePane(),
    );
  }

  commandPrompt(): void {
    this.requests.show(
      [{ kind: 'prompt', prompts: [{ label: ':', initial: '' }], template: '' }],
      this.store.activePane(),
    );
  }

  showKeys(): void {
    this.requests.show([{ kind: 'list-keys' }], this.store.activePane());
  }
}
