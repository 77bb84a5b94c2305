import { computed, effect, inject, Service, signal } from '@angular/core';
import type { FileRootsView, FileRootView } from '#dto';
import { SessionStore } from '../stream/session-store';
import { isWithin } from './places/file-ref';
import { STREAM_ENVIRONMENT } from '../stream/stream-environment';
import { FilesApi } from './places/files-api';
import { fileProblem } from './places/file-problem';
import { PanelSettings } from './panel-settings';

/** Somebody asked to see a path in the panel, and to go there with the keyboard. */
export interface RevealRequest {
  readonly path: string;
}

/** A script that goes from directory to directory is not followed into each. */
const SETTLE_MS = 200;
const NOTHING: FileRootsView = { roots: [], uploadMaxBytes: null };

/**
 * Which places of the open session's server can be looked into, and whether the panel is open. It is
 * here before the panel's own code is loaded.
 */
@Service({ autoProvided: false })
export class FilePlaces {
  private readonly api = inject(FilesApi);
  private readonly store = inject(SessionStore);
  private readonly settings = inject(PanelSettings);
  private readonly environment = inject(STREAM_ENVIRONMENT);

  private readonly view = signal<FileRootsView | null>(null);
  private readonly asked = signal<RevealRequest | null>(null);
  private readonly trouble = signal<string | null>(null);
  private turn = 0;

  readonly roots = computed(() => outermost(this.view()?.roots ?? []), { equal: isSame });
  readonly uploadMaxBytes = computed(() => this.view()?.uploadMaxBytes ?? null);
  /** Whether there is anything to look into. */
  readonly isAvailable = computed(() => this.roots().length > 0);
  readonly isOpen = computed(() => this.isAvailable() && this.settings.look().isOpen);
  /** Why the places could not be asked for, for people. */
  readonly problem = this.trouble.asReadonly();
  /** The last request to show something; a new object each time. */
  readonly revealRequest = this.asked.asReadonly();
  /** The active pane's working directory. */
  readonly paneDirectory = computed(() => {
    const pane = this.store.activePane();
    const path = pane === null ? undefined : this.store.panes().get(pane)?.path;
    return path === undefined || path === '' ? null : path;
  });
  /** What changes which directories are some pane's. */
  private readonly paneDirectories = computed(() =>
    [...new Set([...this.store.panes().values()].map(({ path }) => path))].sort().join('\n'),
  );

  /** Whether the server can be asked; states that say the same are many. */
  readonly isLive = computed(
    () => this.store.connection().status === 'live' && this.store.session() !== null,
  );

  constructor() {
    effect((onCleanup) => {
      this.paneDirectories();
      if (!this.isLive()) return;
      onCleanup(this.environment.after(SETTLE_MS, () => void this.reload()));
    });
  }

  /** Asks again for the places. What was known stays when there is no answer. */
  async reload(): Promise<void> {
    const session = this.store.session();
    if (session === null) return;
    const turn = ++this.turn;
    let view: FileRootsView | null = this.view();
    let trouble: string | null = null;
    try {
      view = await this.api.roots(session.name);
    } catch (error) {
      if (isNotFound(error)) view = NOTHING;
      else trouble = fileProblem(error);
    }
    if (turn !== this.turn) return;
    this.view.set(view);
    this.trouble.set(trouble);
  }

  open(): void {
    this.settings.change({ isOpen: true });
  }

  close(): void {
    this.settings.change({ isOpen: false });
  }

  /** Opens the panel, at a path where one is given, else at the active pane's directory. */
  show(path = this.paneDirectory()): void {
    this.open();
    if (path !== null) this.asked.set({ path });
  }
}

/** All that is configured, and the panes' directories that are below nothing else: each path once. */
function outermost(roots: readonly FileRootView[]): readonly FileRootView[] {
  const isCovered = (root: FileRootView): boolean =>
    roots.some(
      (other) =>
        isWithin(root.path, other.path) &&
        (other.path !== root.path || other.kind === 'configured') &&
        other !== root,
    );
  return roots.filter((root) => root.kind === 'configured' || !isCovered(root));
}

/** The server's answer is a new one each time; the tree is to be left alone when it says the same. */
function isSame(before: readonly FileRootView[], after: readonly FileRootView[]): boolean {
  return JSON.stringify(before) === JSON.stringify(after);
}

function isNotFound(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'status' in error && error.status === 404;
}
