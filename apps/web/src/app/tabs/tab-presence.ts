import type { Tab } from './entitled';
import type { TabChannel, TabEnvironment } from './tab-environment';

const LOCK = 'tmuxy.tab.';

type Message =
  | { readonly kind: 'here'; readonly tab: Tab }
  | { readonly kind: 'who' }
  | { readonly kind: 'gone'; readonly id: string };

/**
 * The tabs of this browser that know of each other: each says by a channel what it is like, and holds a
 * lock of its own by which the others see whether it is still there, however it ended.
 */
export class TabPresence {
  private readonly environment: TabEnvironment;
  private readonly channel: TabChannel;
  private readonly changed: () => void;
  private readonly known = new Map<string, Tab>();
  private me: Tab | null = null;
  private release: () => void = () => undefined;

  /** @param changed something became known of another tab */
  constructor(environment: TabEnvironment, channel: TabChannel, changed: () => void) {
    this.environment = environment;
    this.channel = channel;
    this.changed = changed;
    channel.listen((message) => {
      // Only pages of this origin can speak here.
      this.hear(message as Message);
    });
  }

  get others(): readonly Tab[] {
    return [...this.known.values()];
  }

  /** Comes in, and asks who is there. */
  async enter(tab: Tab): Promise<void> {
    this.me = tab;
    const release = await this.environment.hold(LOCK + tab.id);
    if (!this.announce()) {
      release();
      return;
    }
    this.release = release;
    this.post({ kind: 'who' });
  }

  /** Says what has become of this tab. */
  update(tab: Tab): void {
    this.me = tab;
    this.announce();
  }

  leave(): void {
    if (this.me === null) return;
    this.post({ kind: 'gone', id: this.me.id });
    this.me = null;
    this.release();
    this.release = () => undefined;
  }

  /** Forgets the tabs that ended without a word. */
  async prune(): Promise<void> {
    const held = new Set(await this.environment.held());
    const dead = [...this.known.keys()].filter((id) => !held.has(LOCK + id));
    for (const id of dead) this.known.delete(id);
    if (dead.length > 0) this.changed();
  }

  private hear(message: Message): void {
    if (message.kind === 'who') {
      this.announce();
      return;
    }
    if (message.kind === 'here') this.known.set(message.tab.id, message.tab);
    else this.known.delete(message.id);
    this.changed();
  }

  /** @returns false when this tab is not in */
  private announce(): boolean {
    if (this.me !== null) this.post({ kind: 'here', tab: this.me });
    return this.me !== null;
  }

  private post(message: Message): void {
    this.channel.post(message);
  }
}
