import { Component, computed, inject, input, output, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { SessionView } from '#dto';
import { drawAtOnce } from '../ui/draw-at-once';
import { errorText } from '../ui/error-text';
import { FocusOnShow } from '../ui/focus-on-show';
import { Icon } from '../ui/icon';
import { PlainTitle } from '../ui/title-text';
import { ago } from '../ui/ago';
import { sessionNameProblem } from './session-name';
import { SessionsApi } from './sessions-api';

/** One session of the list: opens it, renames it, and kills it after a second click. */
@Component({
  selector: 'app-session-row',
  imports: [RouterLink, FocusOnShow, Icon, PlainTitle],
  templateUrl: './session-row.html',
  styleUrl: './session-row.css',
})
export class SessionRow {
  private readonly draw = drawAtOnce();
  private readonly api = inject(SessionsApi);

  readonly session = input.required<SessionView>();
  /** Now, in epoch milliseconds, for "2 minutes ago". */
  readonly now = input.required<number>();

  /** Whether this person may rename and kill sessions. */
  readonly canChange = input(true);

  /** Something was changed on the server. */
  readonly changed = output();

  protected readonly mode = signal<'show' | 'rename' | 'kill'>('show');
  protected readonly problem = signal<string | null>(null);
  protected readonly lastActivity = computed(() => ago(this.session().lastActivityAt, this.now()));

  protected show(mode: 'show' | 'rename' | 'kill'): void {
    this.problem.set(null);
    this.mode.set(mode);
    // The field, or the safe answer, has the keyboard before the next key.
    this.draw();
  }

  protected async rename(name: string): Promise<void> {
    if (name === this.session().name) {
      this.show('show');
      return;
    }
    const problem = sessionNameProblem(name);
    if (problem !== null) {
      this.problem.set(problem);
      return;
    }
    await this.attempt(() => this.api.rename(this.session().id, name));
  }

  protected async kill(): Promise<void> {
    await this.attempt(() => this.api.kill(this.session().id));
  }

  private async attempt(act: () => Promise<void>): Promise<void> {
    try {
      await act();
      this.show('show');
      this.changed.emit();
    } catch (error) {
      this.problem.set(errorText(error));
    }
  }
}
