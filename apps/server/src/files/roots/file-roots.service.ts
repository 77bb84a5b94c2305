import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { FileRootView } from '#dto';
import type { Identity } from '../../auth/identity.js';
import { TmuxyConfig } from '../../config/config.js';
import { FILES_DEFAULTS } from '../../config/files-section.js';
import { NotFoundError } from '../../http/app-error.js';
import { SessionAccess } from '../../policy/session-access.js';
import { TmuxGateway } from '../../tmux/tmux-gateway.js';
import { ConfinedFiles } from '../confined/confined-files.js';
import { closeDescriptor, isConfinementPossible } from '../confined/descriptor.js';
import { joinPath, parsePath } from '../confined/path-names.js';
import type { PinnedRoot } from '../confined/walk.js';
import { ConfiguredRoots } from './configured-roots.js';
import {
  type FileRoot,
  findPlace,
  type HeldRoot,
  keptOutOf,
  type PlaceBelow,
} from './file-root.js';
import { SessionRoots, type WorkingDirectory } from './session-roots.js';

const NOT_HERE =
  'files.roots: files can be looked at on Linux only, as elsewhere they cannot be opened without being raced';

/** Which directories an identity may look into. */
@Injectable()
export class FileRoots implements OnModuleInit, OnApplicationShutdown {
  readonly #logger = new Logger('Files');
  readonly #settings: TmuxyConfig['files'];
  readonly #files: ConfinedFiles;
  readonly #configured: ConfiguredRoots;
  readonly #sessions: SessionRoots | undefined;
  /** Where the way to a working directory begins. */
  #top: PinnedRoot | undefined;

  constructor(
    { files: settings }: TmuxyConfig,
    files: ConfinedFiles,
    gateway: TmuxGateway,
    access: SessionAccess,
  ) {
    this.#settings = settings;
    this.#files = files;
    this.#configured = new ConfiguredRoots(files);
    const hasSessions = settings.sessionCwd ?? FILES_DEFAULTS.sessionCwd;
    if (hasSessions && isConfinementPossible()) {
      this.#sessions = new SessionRoots(gateway.cli, access);
    }
  }

  /** Before anybody asks for anything, and before uploads are looked after. */
  async onModuleInit(): Promise<void> {
    const { roots = FILES_DEFAULTS.roots } = this.#settings;
    if (!isConfinementPossible()) {
      if (roots.length > 0) this.#logger.warn(NOT_HERE);
      return;
    }
    await this.#configured.open(roots);
    if (this.#sessions !== undefined) this.#top = await this.#files.pin('/', true);
  }

  async onApplicationShutdown(): Promise<void> {
    const top = this.#top;
    this.#top = undefined;
    await this.#configured.close();
    if (top !== undefined) await closeDescriptor(top.fd);
  }

  /**
   * Finds where a path leads for `identity`.
   *
   * @throws NotFoundError when nobody looks at files here; PathNotAllowedError; InvalidRequestError
   */
  async find(identity: Identity, path: Buffer): Promise<PlaceBelow> {
    const asked = parsePath(path);
    const roots = await this.#of(identity);
    if (roots.length === 0) throw new NotFoundError('There are no files to look at here.');
    return findPlace(roots, asked);
  }

  /** Finds where a path leads in the configured roots, whoever they are for. @throws as {@link FileRoots.find} */
  findForServer(path: Buffer): PlaceBelow {
    return findPlace(this.#configured.all, parsePath(path));
  }

  /**
   * The roots `identity` can really look into.
   *
   * @param session the session whose working directories are wanted; undefined: all
   */
  async views(
    identity: Identity,
    canUpload: boolean,
    session?: string,
  ): Promise<readonly FileRootView[]> {
    const views: FileRootView[] = [];
    for (const root of await this.#of(identity, session)) {
      if (root.kind === 'session' && !(await isThere(root))) continue;
      const { kind, name, names, takesFiles } = root;
      const upload = canUpload && takesFiles;
      views.push({ path: joinPath(names).toString('utf8'), name, kind, upload });
    }
    return views;
  }

  async #of(identity: Identity, session?: string): Promise<readonly FileRoot[]> {
    const isFor = ({ roles }: FileRoot): boolean => roles?.includes(identity.role) ?? true;
    const configured = this.#configured.all.filter(isFor);
    const others = this.#configured.all.filter((root) => !isFor(root));
    const directories = await this.#workingDirectories(identity, configured.length > 0, session);
    const roots = [...configured, ...directories.map((directory) => this.#sessionRoot(directory))];
    // A root around one for other roles is no way into it.
    const closed = new Set(others.flatMap(({ inode }) => inode ?? []));
    return closed.size === 0 ? roots : roots.map((root) => keptOutOf(root, closed));
  }

  /** @param hasOthers whether there is something to look at without tmux: then its failure is none here */
  async #workingDirectories(
    identity: Identity,
    hasOthers: boolean,
    session?: string,
  ): Promise<readonly WorkingDirectory[]> {
    try {
      return (await this.#sessions?.of(identity, session)) ?? [];
    } catch (error) {
      if (!hasOthers) throw error;
      this.#logger.warn({ err: error }, 'tmux does not say where its panes are');
      return [];
    }
  }

  #sessionRoot(directory: WorkingDirectory): FileRoot {
    const hold = (): Promise<HeldRoot> => this.#holdBelowTop(directory.names);
    return { kind: 'session', ...directory, hold };
  }

  async #holdBelowTop(names: readonly Buffer[]): Promise<HeldRoot> {
    if (this.#top === undefined) throw new NotFoundError('There are no files to look at here.');
    const pinned = await this.#files.pinBelow(this.#top, names);
    return { pinned, release: () => closeDescriptor(pinned.fd) };
  }
}

async function isThere(root: FileRoot): Promise<boolean> {
  try {
    const held = await root.hold();
    await held.release();
    return true;
  } catch {
    return false; // Its path is not one that is given: below a link, hidden, or gone.
  }
}
