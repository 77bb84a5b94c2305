import type {
  FatalEvent,
  FrameEvent,
  KeyBindingsEvent,
  NoticeEvent,
  OutputEvent,
  PaneId,
  SessionRef,
  SnapshotEvent,
  StateEvent,
  StreamEventName,
  StreamEvents,
  TmuxLinkView,
} from '#dto';
import type { SessionAccess } from '../policy/session-access.js';
import { DriverSeat, type ViewportSize } from '../sessions/driver-seat.js';
import type { SessionPicture } from '../tmux/session-view-reader.js';
import { SupervisedSession, type SupervisedListener } from '../tmux/supervised-session.js';
import type { OutputPiece } from '../tmux/pane-output.js';
import type { SessionModel } from '../tmux/session-model.js';
import type { TmuxGateway } from '../tmux/tmux-gateway.js';
import type { WatchedSession } from '../tmux/watched-session.js';
import { TmuxUnavailableError } from '../tmux/tmux.errors.js';
import { withoutPictures } from './bare-change.js';
import { CatchUp } from './catch-up.js';
import { EventRing, type NumberedEvent, type WireEvent } from './event-ring.js';
import { Presence } from './presence.js';
import { Seeding } from './seeding.js';
import type { Viewer } from './viewer.js';

/** Ids go up by one and start from the clock, so that those of an earlier run are never taken for ours. */
const IDS_PER_MS = 1000;
export interface SessionStreamOptions {
  readonly ringBytes: number;
  readonly graceMs: number;
  /** Who may watch, and who may type, by the session's name. */
  readonly access: Pick<SessionAccess, 'canSee' | 'canChange'>;
  /** The stream has nothing left to do: the last viewer is gone, or the session is. */
  readonly onClosed: () => void;
}

/**
 * One watched session and everybody who watches it: numbers its events, remembers the last of them, and
 * starts each viewer from a picture or from where it left off.
 */
export class SessionStream implements SupervisedListener {
  readonly seat = new DriverSeat();
  readonly #supervised: SupervisedSession;
  readonly #options: SessionStreamOptions;
  readonly #ring: EventRing;
  readonly #viewers = new Map<string, Viewer>();
  /** The last frame of each pane that floods. */
  readonly #frames = new Map<PaneId, WireEvent>();
  #lastId = Date.now() * IDS_PER_MS;
  #bindings: KeyBindingsEvent | undefined;
  #link: TmuxLinkView = { attached: true, reason: null };
  #graceTimer: NodeJS.Timeout | undefined;
  #isClosed = false;
  /** The name that viewers were told last. */
  #name: string;
  readonly #seeding = new Seeding({
    viewers: () => this.#viewers.values(),
    watched: () => this.#supervised.watched,
    tellAway: ({ feed }) => feed.restart([asWire('state', { tmux: this.#link })]),
    seed: (viewers, picture) => this.#seed(viewers, picture),
  });

  readonly #catchUp = new CatchUp({
    viewers: () => this.#viewers.values(),
    watched: () => this.#supervised.watched,
    lastId: () => this.#lastId,
  });

  readonly #presence = new Presence(
    () => this.#viewers.size,
    () => this.#emit('state', this.#whoIsHere()),
  );

  constructor(gateway: TmuxGateway, session: SessionRef, options: SessionStreamOptions) {
    this.#options = options;
    this.#ring = new EventRing(options.ringBytes);
    this.#name = session.name;
    this.#supervised = new SupervisedSession(gateway, session, this);
  }

  /** @throws TmuxUnavailableError when tmux cannot be attached */
  async start(): Promise<void> {
    await this.#supervised.start();
    this.#closeWhenLeft();
  }

  get session(): SessionRef {
    return this.#supervised.session;
  }

  get model(): SessionModel | undefined {
    return this.#supervised.model;
  }

  get viewerCount(): number {
    return this.#viewers.size;
  }

  /** @throws TmuxUnavailableError while tmux is away */
  get watched(): WatchedSession {
    const { watched } = this.#supervised;
    if (watched === undefined) {
      throw new TmuxUnavailableError(this.#link.reason ?? 'tmux is not attached.', 'not-sent');
    }
    return watched;
  }

  /** Lets a viewer in: from the event after `lastEventId` when that is remembered, else from a picture. */
  join(viewer: Viewer, lastEventId: number | undefined): void {
    if (!this.#options.access.canSee(viewer.identity, this.session.name)) {
      // Renamed since it was found.
      viewer.queue.finish(asWire('fatal', closed(this.#name)));
      return;
    }
    clearTimeout(this.#graceTimer);
    this.#viewers.set(viewer.id, viewer);
    const missed =
      lastEventId === undefined ? undefined : this.#ring.after(lastEventId, this.#lastId);
    if (missed !== undefined && this.#link.attached) {
      viewer.feed.restart([...missed, ...this.#frames.values()]);
    } else this.reseed(viewer);
    if (viewer.canType && this.seat.holder === null) this.seat.take(viewer.id);
    this.#presence.changed();
  }

  leave(viewer: Viewer): void {
    clearTimeout(viewer.seedTimer);
    if (!this.#viewers.delete(viewer.id)) return;
    this.seat.leave(viewer.id);
    this.#presence.changed();
    this.#closeWhenLeft();
  }

  /** Starts a viewer from a new picture of the session. */
  reseed(viewer: Viewer): void {
    this.#seeding.start(viewer);
  }

  /** The same because it asks to, not too often. */
  resync(viewer: Viewer): void {
    this.#seeding.startAgain(viewer);
  }

  /**
   * A viewer has read so much of its stream, in all.
   * @throws InvalidRequestError when that cannot be
   */
  acknowledge(viewer: Viewer, received: number): void {
    viewer.feed.acknowledge(received);
    this.#catchUp.request();
  }

  /** Whether anybody sees a viewer's page: panes that nobody sees are not sent, and shown as they are when somebody does. */
  setVisible(viewer: Viewer, isVisible: boolean): void {
    viewer.feed.setVisible(isVisible);
    this.#catchUp.request();
  }

  /** Resolves when viewers were told what the last commands changed; at once while tmux is away. */
  async settle(): Promise<void> {
    await this.#supervised.watched?.settle();
  }

  /** Makes a viewer the driver. */
  takeSeat(viewer: Viewer): void {
    if (this.seat.take(viewer.id)) this.#emit('state', { driver: viewer.id });
  }

  /** Sizes the session to the driver's viewport. */
  async resize(size: ViewportSize): Promise<void> {
    this.seat.resize(size);
    await this.#applySize();
  }

  /** Ends every stream that `isMeant` picks, with a last event, which may be another for each. */
  dismiss(isMeant: (viewer: Viewer) => boolean, event: FatalEvent | (() => FatalEvent)): void {
    for (const viewer of [...this.#viewers.values()]) {
      if (!isMeant(viewer)) continue;
      const last = typeof event === 'function' ? event() : event;
      const { retryMs } = last;
      viewer.queue.finish({
        ...asWire('fatal', last),
        ...(retryMs === undefined ? {} : { retryMs }),
      });
    }
  }

  /** Leaves tmux, when nobody is here any more. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearTimeout(this.#graceTimer);
    this.#seeding.stop();
    this.#catchUp.stop();
    this.#presence.stop();
    this.#options.onClosed();
    await this.#supervised.stop();
  }

  /** Tells something to all viewers. */
  announce(notice: NoticeEvent): void {
    this.#emit('notice', notice);
  }

  heartbeat(): void {
    for (const { feed } of this.#viewers.values()) feed.heartbeat(performance.now());
  }

  output(pane: PaneId, piece: OutputPiece): void {
    this.#emit('output', { pane, ...piece });
  }

  /** Not remembered in the ring, where it would displace what cannot be shown again: only the last of a pane counts. */
  frame(frame: FrameEvent): void {
    const wire = { ...asWire('frame', frame), pane: frame.pane };
    this.#frames.set(frame.pane, wire);
    for (const { feed } of this.#seeding.following()) feed.offerFrame(wire);
  }

  bell(pane: PaneId): void {
    this.#emit('bell', { pane });
  }

  state(change: StateEvent): void {
    // Before anybody is told: some may not know the new name.
    this.#applyName();
    const pictured = change.panes?.flatMap(({ id, screen }) => (screen === undefined ? [] : [id]));
    for (const id of [...(pictured ?? []), ...(change.removedPanes ?? [])]) this.#frames.delete(id);
    const wire = this.#number('state', change);
    let bareWire: WireEvent | undefined;
    const bare = (): WireEvent =>
      (bareWire ??= { ...wire, data: JSON.stringify(withoutPictures(change)) });
    for (const { feed } of this.#seeding.following()) {
      feed.forget(change.removedPanes ?? []);
      if (pictured === undefined || pictured.length === 0) feed.offer(wire);
      else feed.offerChange({ whole: wire, bare, panes: pictured });
    }
  }

  keyBindings(bindings: KeyBindingsEvent): void {
    this.#bindings = bindings;
    this.#emit('keybindings', bindings);
  }

  attached(): void {
    this.#link = { attached: true, reason: null };
    // What was sent before belongs to another stream of output: it cannot be continued, only replaced.
    this.#ring.clear();
    this.#frames.clear();
    this.#lastId += 1;
    this.#applyName();
    if (this.seat.size !== undefined) void this.#applySize().catch(() => undefined);
    this.#seeding.startAll();
  }

  lost(reason: string): void {
    this.#link = { attached: false, reason };
    this.#emit('state', { tmux: this.#link });
  }

  ended(reason: string): void {
    this.dismiss(() => true, { code: 'session-ended', message: reason });
    void this.close();
  }

  /** A page that is loaded again comes back within the time that its session stays watched. */
  #closeWhenLeft(): void {
    if (this.#viewers.size > 0 || this.#isClosed) return;
    clearTimeout(this.#graceTimer);
    this.#graceTimer = setTimeout(() => void this.close(), this.#options.graceMs);
  }

  /** Rights go by the session's name: a rename takes it from those who may not see it, as if it were closed. */
  #applyName(): void {
    const { name } = this.session;
    if (name === this.#name) return;
    const { access } = this.#options;
    this.dismiss(({ identity }) => !access.canSee(identity, name), closed(this.#name));
    this.#name = name;
    this.dismiss(({ identity, canType }) => access.canChange(identity, name) !== canType, {
      code: 'rights-changed',
      message: `What you may do here was changed: the session is called “${name}” now.`,
    });
  }

  /** Written once for all, however many wait: a picture may be megabytes. */
  #seed(viewers: readonly Viewer[], picture: SessionPicture): void {
    const snapshot = asWire('snapshot', this.#snapshotOf(picture), this.#lastId);
    const bindings = this.#bindings === undefined ? [] : [asWire('keybindings', this.#bindings)];
    for (const viewer of viewers) {
      // Keys before panes: what is pressed as soon as the screen shows is looked up.
      viewer.feed.restart([...bindings, snapshot]);
    }
  }

  #snapshotOf({ model, seeds }: SessionPicture): SnapshotEvent {
    const panes = [...model.panes.values()].flatMap((pane) => {
      const seed = seeds.get(pane.id);
      return seed === undefined ? [] : [{ ...pane, ...seed }];
    });
    const { session, cols, rows, windows } = model;
    return { session, cols, rows, windows, panes, tmux: this.#link, ...this.#whoIsHere() };
  }

  #whoIsHere(): Pick<SnapshotEvent, 'driver' | 'viewers'> {
    const viewers = [...this.#viewers.values()].map(({ id, identity, canType }) => ({
      connectionId: id,
      name: identity.name,
      readOnly: !canType,
    }));
    return { driver: this.seat.holder, viewers };
  }

  /**
   * One size for the whole session, then the current window is selected: with terminals attached as well,
   * tmux's `window-size latest` follows whoever selected last (tmux.md §3).
   */
  async #applySize(): Promise<void> {
    const { size } = this.seat;
    const { watched } = this.#supervised;
    const current = watched?.model?.windows.find((window) => window.active);
    if (size === undefined || watched === undefined || current === undefined) return;
    await watched.run([
      { words: ['refresh-client', '-C', `${size.cols}x${size.rows}`] },
      // In this session: tmux may take a window that is linked into two for one of the other.
      { words: ['select-window', '-t', `${this.session.id}:${current.id}`] },
    ]);
  }

  #emit<N extends StreamEventName>(type: N, event: StreamEvents[N]): void {
    const wire = this.#number(type, event);
    for (const { feed } of this.#seeding.following()) feed.offer(wire);
  }

  /** Written once for all, and remembered for who comes back. */
  #number<N extends StreamEventName>(type: N, event: StreamEvents[N]): NumberedEvent {
    this.#lastId += 1;
    const { pane } = event as Partial<OutputEvent>;
    // Only what draws on a pane's screen: a picture of it makes up for that.
    const drawn = type === 'output' && pane !== undefined ? { pane } : {};
    const wire: NumberedEvent = { type, id: this.#lastId, data: JSON.stringify(event), ...drawn };
    this.#ring.push(wire);
    return wire;
  }
}

/** What viewers of a session that was closed are told, and those that may not see it any more. */
const closed = (name: string): FatalEvent => ({
  code: 'session-ended',
  message: `The session “${name}” was closed.`,
});

function asWire<N extends StreamEventName>(
  type: N,
  event: StreamEvents[N],
  id?: number,
): WireEvent {
  return { type, data: JSON.stringify(event), ...(id === undefined ? {} : { id }) };
}
