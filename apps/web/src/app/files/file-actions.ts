import { DOCUMENT, effect, inject, Injector, Service } from '@angular/core';
import type { PaneId } from '#dto';
import { InputQueue } from '../stream/input-queue';
import { SessionStore } from '../stream/session-store';
import { STREAM_ENVIRONMENT } from '../stream/stream-environment';
import { copyText } from '../terminal/copy-text';
import { PasteGuard } from '../terminal/paste-guard';
import { Notices } from '../ui/notices';
import { SessionCommands } from '../workbench/session-commands';
import { TerminalFocus } from '../workbench/terminal-focus';
import { FilePlaces } from './file-places';
import { lastName, parentPath, relativePath } from './places/file-ref';
import type { FileRef } from './places/file-ref';
import { FilesApi } from './places/files-api';
import { shellQuote, untypeable } from './places/shell-quote';

/** A pane that was asked for is on the screen by then, or will not come. */
const NEW_PANE_MS = 5_000;
/** Columns from which a pane has room for two side by side. */
const SIDE_BY_SIDE_COLS = 140;
/** In every shell, fish too: the variables are sh's, and split at blanks as people expect. */
const EDIT = 'sh -c \'${VISUAL:-${EDITOR:-less}} "$1"\' sh';

/** What can be done with a file or directory. */
@Service({ autoProvided: false })
export class FileActions {
  private readonly store = inject(SessionStore);
  private readonly commands = inject(SessionCommands);
  private readonly queue = inject(InputQueue);
  private readonly pastes = inject(PasteGuard);
  private readonly focus = inject(TerminalFocus);
  private readonly notices = inject(Notices);
  private readonly places = inject(FilePlaces);
  private readonly api = inject(FilesApi);
  private readonly environment = inject(STREAM_ENVIRONMENT);
  private readonly document = inject(DOCUMENT);
  private readonly injector = inject(Injector);

  /** Whether what is typed would reach a pane. */
  readonly canType = this.store.canType;

  /** Splits the active pane and goes there: to a directory, or to a file with the person's editor. */
  async openInPane(ref: FileRef, isDirectory: boolean): Promise<void> {
    const pane = this.store.activePane();
    if (pane === null || this.refuses(ref)) return;
    const known = new Set(this.store.panes().keys());
    const cols = this.store.panes().get(pane)?.cols ?? 0;
    const direction = cols >= SIDE_BY_SIDE_COLS ? 'right' : 'below';
    if (!(await this.commands.run('split-pane', { pane, direction }))) return;
    const opened = await this.newPane(known);
    if (opened === null) {
      this.notices.push({ level: 'warning', message: 'The new pane did not come; try again.' });
      return;
    }
    this.queue.send(opened, `${openCommand(ref.path, isDirectory)}\r`);
    this.focus.toActive();
  }

  /** Types the quoted path into the active pane, without Enter. */
  pastePath(ref: FileRef): void {
    const pane = this.store.activePane();
    if (pane === null || this.refuses(ref)) return;
    this.pastes.paste(pane, `${shellQuote(ref.path)} `);
    this.focus.toActive();
  }

  copyPath(ref: FileRef): Promise<void> {
    return this.copy(ref, ref.path);
  }

  /** The path as seen from the active pane's directory. */
  copyRelativePath(ref: FileRef): Promise<void> {
    const from = this.places.paneDirectory();
    return this.copy(ref, from === null ? ref.path : relativePath(from, ref.path));
  }

  download(ref: FileRef): void {
    const link = this.document.createElement('a');
    link.href = this.api.downloadUrl(ref);
    link.download = '';
    link.click();
  }

  private async copy({ path64 }: FileRef, text: string): Promise<void> {
    if (path64 !== undefined) {
      const message = 'Not copied: the name is no UTF-8, so it cannot be written as text.';
      this.notices.push({ level: 'warning', message });
      return;
    }
    const isCopied = await copyText(this.document, text);
    this.notices.push(
      isCopied
        ? { level: 'info', message: 'Path copied' }
        : { level: 'warning', message: 'The browser refused to copy' },
    );
  }

  private refuses(ref: FileRef): boolean {
    const message = untypeable(ref);
    if (message !== null) this.notices.push({ level: 'warning', message });
    return message !== null;
  }

  /** The pane that a split made, once it is the active one. */
  private newPane(known: ReadonlySet<PaneId>): Promise<PaneId | null> {
    return new Promise((resolve) => {
      const finish = (pane: PaneId | null): void => {
        watcher.destroy();
        cancel();
        resolve(pane);
      };
      const cancel = this.environment.after(NEW_PANE_MS, () => {
        finish(null);
      });
      const watcher = effect(
        () => {
          const pane = this.store.activePane();
          if (pane !== null && !known.has(pane)) finish(pane);
        },
        { injector: this.injector, manualCleanup: true },
      );
    });
  }
}

/** The line that a shell is given, without Enter. */
export function openCommand(path: string, isDirectory: boolean): string {
  if (isDirectory) return `cd ${shellQuote(path)}`;
  // The name is no option: it begins with `./`.
  return `cd ${shellQuote(parentPath(path))} && ${EDIT} ${shellQuote(`./${lastName(path)}`)}`;
}
