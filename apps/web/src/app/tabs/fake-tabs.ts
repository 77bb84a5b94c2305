import type { TabEnvironment } from './tab-environment';

/** The tabs of one browser: what one posts all others hear, at once. Test only. */
export class FakeTabs {
  private readonly listeners = new Map<string, (message: unknown) => void>();
  private readonly locks = new Map<string, string>();

  /** What the browser offers one of them. */
  tab(name: string, protocol = 'http/1.1'): TabEnvironment {
    return {
      protocol,
      channel: {
        post: (message) => {
          for (const [other, heard] of this.listeners) if (other !== name) heard(message);
        },
        listen: (heard) => this.listeners.set(name, heard),
      },
      hold: (lock) => {
        this.locks.set(lock, name);
        return Promise.resolve(() => this.locks.delete(lock));
      },
      held: () => Promise.resolve([...this.locks.keys()]),
    };
  }

  /** Ends one without a word. */
  crash(name: string): void {
    this.listeners.delete(name);
    for (const [lock, holder] of this.locks) if (holder === name) this.locks.delete(lock);
  }
}
