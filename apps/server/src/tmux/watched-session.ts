import type { FrameEvent, KeyBindingsEvent, PaneId, StateEvent } from '#dto';
import type { Block, Notification } from '#tmux-protocol';
import { ControlClient, type ControlClientListener } from './control-client.js';
import type { LineCommand } from './command-queue.js';
import { aliasCommands, CommandNames } from './command-names.js';
import { FloodControl } from './flood/flood-control.js';
import { losesCaptures } from './flood/frame-interval.js';
import { isDrawn } from './flood/is-drawn.js';
import { keyBindingCommands, readKeyBindings } from './key-bindings.js';
import { LOOK_INTERVAL_MS, LookRhythm } from './look-rhythm.js';
import { PaneOutputs, type OutputListener } from './pane-outputs.js';
import { pictureChange } from './picture-change.js';
import { diffModels, type SessionModel } from './session-model.js';
import {
  historyShare,
  lookCommands,
  readLook,
  type SessionPicture,
} from './session-view-reader.js';
import { ShadowedCommandError, TmuxRejectedError, TmuxUnavailableError } from './tmux.errors.js';
import type { SessionId } from '#dto';

/** Shortest time between two looks that send whole screens again, as while a border is dragged. */
const RESEED_INTERVAL_MS = 60;
/** tmux tells nobody when a key is bound, so the tables are read again this often. */
const KEY_BINDINGS_INTERVAL_MS = 15_000;
/** Looks that may fail in a row because panes come and go while we look. */
const MAX_LOOKS = 8;

export interface WatchedSessionOptions {
  readonly tmuxBin: string;
  readonly socketPath: string;
  readonly id: SessionId;
  /** Most history lines of one pane's picture. */
  readonly historyLines: number;
  /** Shared by all who talk to this tmux. */
  readonly names?: CommandNames;
}

/** What a watched session tells, in the order in which tmux told it. */
export interface SessionListener extends OutputListener {
  frame(frame: FrameEvent): void;
  state(change: StateEvent): void;
  keyBindings(bindings: KeyBindingsEvent): void;
  /** Once: the control client is gone; `run` and `snapshot` fail from here on. */
  exit(reason: string): void;
}

/**
 * One tmux session seen through one control client: keeps its model and its panes' outputs, and takes
 * pictures that fit the output stream exactly. Lives as long as the client.
 */
export class WatchedSession implements ControlClientListener {
  readonly #options: WatchedSessionOptions;
  readonly #listener: SessionListener;
  readonly #client: ControlClient;
  readonly #names: CommandNames;
  readonly #outputs: PaneOutputs;
  /** Panes whose picture must be sent again, and those among them that tmux paused. */
  readonly #stale = new Set<PaneId>();
  readonly #paused = new Set<PaneId>();
  readonly #floods: FloodControl;
  #model: SessionModel | undefined;
  #bindings = '';
  #isLooking = false;
  #looking = Promise.resolve();
  readonly #rhythm = new LookRhythm();
  #looksWanted = 0;
  #lastReseed = -Infinity;
  #lookTimer: NodeJS.Timeout | undefined;
  #bindingsTimer: NodeJS.Timeout | undefined;
  #lookInterval: NodeJS.Timeout | undefined;

  /** @param outputs positions to go on counting from, when this client replaces one that was lost */
  constructor(
    options: WatchedSessionOptions,
    listener: SessionListener,
    outputs = new PaneOutputs(),
  ) {
    this.#options = options;
    this.#listener = listener;
    this.#outputs = outputs;
    outputs.interrupt();
    this.#names = options.names ?? new CommandNames();
    this.#client = new ControlClient({ ...options, names: this.#names, session: options.id }, this);
    this.#floods = new FloodControl({
      run: (commands, onReplied) => this.#client.run(commands, onReplied),
      paused: (pane) => outputs.get(pane)?.interrupt(),
      isLeaking: () => losesCaptures(this.#model?.tmuxVersion ?? ''),
      isShown: (pane) => isDrawn(this.#model, pane),
      frame: (frame, lastLine) => {
        this.#outputs.get(frame.pane)?.relearnLine(lastLine);
        listener.frame(frame);
      },
      resume: (pane) => this.#goOn(pane),
    });
  }

  get pid(): number | undefined {
    return this.#client.pid;
  }

  /** What tmux said last; undefined until `attach` resolved. */
  get model(): SessionModel | undefined {
    return this.#model;
  }

  /** Positions for a client that will replace this one. */
  get outputs(): PaneOutputs {
    return this.#outputs;
  }

  /** Waits until tmux attached us and the session is known. */
  async attach(): Promise<SessionModel> {
    await this.#client.ready();
    await this.readAliases();
    await this.snapshot(() => undefined);
    if (this.#model === undefined) throw new TmuxUnavailableError('tmux left.', 'not-sent');
    await this.readKeyBindings();
    this.#bindingsTimer = setInterval(
      () => void this.readKeyBindings().catch(() => undefined),
      KEY_BINDINGS_INTERVAL_MS,
    ).unref();
    this.#lookInterval = setInterval(() => {
      if (this.#rhythm.isDue()) this.#lookSoon();
    }, LOOK_INTERVAL_MS).unref();
    return this.#model;
  }

  /** Runs commands as one line; see `ControlClient.run`. */
  run(commands: readonly LineCommand[]): Promise<readonly Block[]> {
    return this.#client.run(commands);
  }

  /**
   * Takes a picture of the whole session. `take` is called with it before any later event is told, so what
   * is told after it starts exactly where the picture ends.
   */
  async snapshot(take: (picture: SessionPicture) => void): Promise<void> {
    let panes: readonly PaneId[] = [...(this.#model?.panes.keys() ?? [])];
    for (let attempt = 0; attempt < MAX_LOOKS; attempt += 1) {
      const picture = await this.#look(panes, take);
      if (picture === 'done') return;
      panes = picture;
    }
    throw new TmuxUnavailableError('The session changes too fast to be shown.', 'answered');
  }

  /**
   * Takes pictures of these panes for whoever missed output of them; `take` is called as by `snapshot`. Others are
   * told what moved, and no picture. Panes that are gone have none; one that is here may lack it: ask again.
   */
  async pictures(panes: readonly PaneId[], take: (picture: SessionPicture) => void): Promise<void> {
    let wanted = panes;
    for (let attempt = 0; attempt < MAX_LOOKS; attempt += 1) {
      const missing = await this.#look(wanted, take, false);
      if (missing === 'done') return;
      wanted = missing.length === 0 ? [] : [...new Set([...wanted, ...missing])];
    }
    throw new TmuxUnavailableError('The session changes too fast to be shown.', 'answered');
  }

  /** Sends a pane's picture again: something changed it that its output does not show. */
  renew(pane: PaneId): void {
    this.#stale.add(pane);
    this.#lookSoon();
  }

  /**
   * Looks now, and resolves when viewers were told what changed: whoever ran a command can then be
   * answered, and finds what it made already on the screen.
   */
  async settle(): Promise<void> {
    clearTimeout(this.#lookTimer);
    this.#lookTimer = undefined;
    await this.#looking;
    this.#looking = this.#refresh();
    await this.#looking;
  }

  /** Asks which words the user's `command-alias` has taken, so that what is sent next means what it says. */
  async readAliases(): Promise<CommandNames> {
    this.#names.learnFrom(await this.#client.run(aliasCommands()));
    return this.#names;
  }

  /** Reads prefix and key tables and tells them when they changed. */
  async readKeyBindings(): Promise<void> {
    const bindings = readKeyBindings(await this.#client.run(keyBindingCommands(this.#options.id)));
    const text = JSON.stringify(bindings);
    if (text === this.#bindings) return;
    this.#bindings = text;
    this.#listener.keyBindings(bindings);
  }

  /** Somebody types into a pane: what it answers should be seen soon, also while it floods. */
  typed(pane: PaneId): void {
    this.#floods.typed(pane);
  }

  stop(): Promise<void> {
    return this.#client.stop();
  }

  notification(notification: Notification): void {
    switch (notification.kind) {
      case 'output':
        this.#onOutput(notification.pane, notification.data, 0);
        return;
      case 'extended-output':
        this.#onOutput(notification.pane, notification.data, notification.ageMs);
        return;
      case 'pause':
        this.#outputs.get(notification.pane)?.interrupt();
        if (!this.#floods.isPaused(notification.pane)) this.#goOn(notification.pane);
        return;
      case 'session-changed':
        // With `detach-on-destroy off` tmux moves us on when the session is closed; somebody may move us, too.
        if (notification.session !== this.#options.id) void this.#client.stop();
        return;
      case 'client-session-changed':
      case 'client-detached':
      case 'continue':
      case 'exit':
      case 'paste-buffer-changed':
      case 'paste-buffer-deleted':
      case 'config-error':
      case 'message':
      case 'unknown':
        return;
      default:
        // Everything else tells that something moved; what it is now is asked, not guessed (tmux.md §9 item 17).
        this.#lookSoon();
    }
  }

  chunkEnd(): void {
    this.#outputs.flush(this.#listener, (pane) => this.#model?.panes.has(pane) === true);
  }

  exit(reason: string): void {
    clearTimeout(this.#lookTimer);
    clearInterval(this.#bindingsTimer);
    clearInterval(this.#lookInterval);
    this.#floods.stop();
    this.#listener.exit(reason);
  }

  #onOutput(pane: PaneId, data: Uint8Array, ageMs: number): void {
    this.#rhythm.heardOutput();
    this.#floods.heard(pane, data.length, ageMs);
    if (!this.#outputs.push(pane, data)) return;
    // The first half of this character came before we watched; only tmux knows the whole (tmux.md §2.2).
    this.#stale.add(pane);
    this.#lookSoon();
  }

  /** What was written while it was paused is in no output, so the next picture shows the pane whole. */
  #goOn(pane: PaneId): void {
    this.#paused.add(pane);
    this.#stale.add(pane);
    this.#lookSoon();
  }

  #lookSoon(): void {
    this.#looksWanted += 1;
    if (this.#isLooking) return;
    if (this.#lookTimer !== undefined || this.#model === undefined) return;
    const wait = Math.max(0, this.#lastReseed + RESEED_INTERVAL_MS - performance.now());
    this.#lookTimer = setTimeout(() => {
      this.#lookTimer = undefined;
      this.#looking = this.#refresh();
    }, wait);
  }

  async #refresh(): Promise<void> {
    this.#isLooking = true;
    const wanted = this.#looksWanted;
    try {
      let panes: readonly PaneId[] = [...this.#stale];
      for (let attempt = 0; attempt < MAX_LOOKS; attempt += 1) {
        const result = await this.#look(panes);
        if (result === 'done') break;
        panes = result;
      }
    } catch (error) {
      // Without words for looking nothing can be shown; whoever attaches again is told why.
      if (error instanceof ShadowedCommandError) void this.#client.stop();
      // A client that is gone says so by its exit; nothing is left to look at here.
      else if (!(error instanceof TmuxUnavailableError)) throw error;
    } finally {
      this.#isLooking = false;
      if (this.#looksWanted !== wanted) this.#lookSoon();
    }
  }

  /**
   * One look with pictures of `wanted`. Its result is told only when it has a picture of every pane that
   * needs one; otherwise answers with the panes to ask for next.
   */
  async #look(
    wanted: readonly PaneId[],
    take?: (picture: SessionPicture) => void,
    isWhole = take !== undefined,
  ): Promise<'done' | readonly PaneId[]> {
    const request = {
      session: this.#options.id,
      panes: wanted,
      paused: new Set(this.#paused),
      historyLines: historyShare(this.#options.historyLines, wanted.length),
    };
    let outcome: 'done' | readonly PaneId[] = wanted;
    // A line before, so that a look which an alias spoils is followed by one that knows of it.
    this.readAliases().catch(() => undefined);
    try {
      await this.#client.run(lookCommands(request), (blocks) => {
        this.chunkEnd();
        const picture = readLook(request, blocks, this.#outputs);
        outcome = this.#missing(picture, isWhole);
        if (outcome.length > 0) return;
        outcome = 'done';
        this.#apply(picture, request.paused);
        take?.(picture);
      });
    } catch (error) {
      // A pane that was asked for is gone meanwhile: look again at what is there.
      if (!(error instanceof TmuxRejectedError)) throw error;
      return [];
    }
    return outcome;
  }

  /** The panes to ask for, when this picture lacks one that is needed. */
  #missing({ model, seeds }: SessionPicture, isWhole: boolean): readonly PaneId[] {
    const before = this.#model;
    const all = [...model.panes.keys()];
    const change = before === undefined ? undefined : diffModels(before, model);
    const needed = isWhole
      ? all
      : all.filter(
          (id) =>
            this.#stale.has(id) ||
            change?.added.includes(id) === true ||
            change?.resized.includes(id) === true,
        );
    return needed.every((id) => seeds.has(id)) ? [] : needed;
  }

  /** @param continued panes that went on with this picture */
  #apply(picture: SessionPicture, continued: ReadonlySet<PaneId>): void {
    const before = this.#model;
    const renewed = new Set(this.#stale);
    this.#model = picture.model;
    const isThere = (id: PaneId): boolean => picture.model.panes.has(id);
    for (const id of picture.seeds.keys()) {
      this.#floods.pictured(id);
      // Paused after this was asked for: the picture that lets it go on is still to come.
      if (this.#paused.has(id) && !continued.has(id)) continue;
      this.#stale.delete(id);
      this.#paused.delete(id);
    }
    for (const ids of [this.#stale, this.#paused]) {
      for (const id of ids) if (!isThere(id)) ids.delete(id);
    }
    this.#outputs.keep(isThere);
    if (before === undefined) return;
    const change = pictureChange(before, picture, renewed);
    if (change.windows !== undefined || change.removedPanes !== undefined) {
      this.#floods.moved(isThere);
    }
    if (change.panes?.some((pane) => pane.screen !== undefined) === true) {
      this.#lastReseed = performance.now();
    }
    if (Object.keys(change).length > 0) this.#listener.state(change);
  }
}
