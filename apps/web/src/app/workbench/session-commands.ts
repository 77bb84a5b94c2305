import { inject, Service } from '@angular/core';
import type { CommandName, Commands, PaneId, RunResult } from '#dto';
import { CopyMode } from '../keys/copy-mode';
import { KeyDispatcher } from '../keys/key-dispatcher';
import { errorNotice } from '../stream/error-notice';
import { SessionStore } from '../stream/session-store';
import { Notices } from '../ui/notices';
import { UiRequests } from './ui-requests';

/** Runs commands for controls that only need to know when it failed: that becomes a notice. */
@Service({ autoProvided: false })
export class SessionCommands {
  private readonly store = inject(SessionStore);
  private readonly requests = inject(UiRequests);
  private readonly copyMode = inject(CopyMode);
  private readonly keys = inject(KeyDispatcher);
  private readonly notices = inject(Notices);

  /** Whether it was done. */
  async run<C extends CommandName>(cmd: C, args: Commands[C]['args']): Promise<boolean> {
    return (await this.attempt(cmd, args)) !== undefined;
  }

  /** Runs a command line and shows what it printed or asks for. */
  async runLine(
    command: string,
    pane: PaneId | null,
    answers?: readonly string[],
  ): Promise<boolean> {
    const result = await this.attempt('tmux', {
      command,
      ...(pane === null ? {} : { pane }),
      ...(answers === undefined ? {} : { answers }),
    });
    if (result !== undefined) this.show(command, result, pane);
    return result !== undefined;
  }

  private async attempt<C extends CommandName>(
    cmd: C,
    args: Commands[C]['args'],
  ): Promise<Commands[C]['result'] | undefined> {
    try {
      return await this.store.run(cmd, args);
    } catch (error) {
      this.notices.push(errorNotice(error));
      return undefined;
    }
  }

  private show(command: string, result: RunResult, pane: PaneId | null): void {
    if (result.output.length > 0) {
      this.requests.show([{ kind: 'text', title: command, lines: result.output }], pane);
    }
    for (const request of result.ui) {
      if (request.kind === 'copy-mode') {
        this.copyMode.enter(request.pane, { pageUp: request.pageUp });
      } else if (request.kind === 'key-table') {
        this.keys.switchTable(request.table);
      } else {
        this.requests.show([request], pane);
      }
    }
  }
}
