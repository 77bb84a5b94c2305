import { computed, DestroyRef, effect, inject, Service, signal } from '@angular/core';
import { SessionStore } from '../../stream/session-store';
import { SessionCommands } from '../session-commands';

/** A window being dragged larger changes size on every frame; tmux need not. */
const SETTLE_MS = 100;

interface Cells {
  readonly cols: number;
  readonly rows: number;
}

/** While this browser is the driver, asks tmux for the size that fits its viewport. */
@Service({ autoProvided: false })
export class DriverSize {
  private readonly store = inject(SessionStore);
  private readonly commands = inject(SessionCommands);
  private readonly wanted = signal<Cells | null>(null, {
    equal: (a, b) => a?.cols === b?.cols && a?.rows === b?.rows,
  });
  /** The connection that may resize now: a new one asks again, as the server forgot the old one. */
  private readonly seat = computed(() => {
    const isLive = this.store.connection().status === 'live';
    const mayResize = isLive && this.store.isDriver() && this.store.canType();
    return mayResize ? this.store.driver() : null;
  });
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    effect(() => {
      clearTimeout(this.timer);
      const wanted = this.wanted();
      if (wanted === null || this.seat() === null) return;
      this.timer = setTimeout(() => {
        void this.commands.run('set-size', wanted);
      }, SETTLE_MS);
    });
    inject(DestroyRef).onDestroy(() => {
      clearTimeout(this.timer);
    });
  }

  want(cells: Cells): void {
    this.wanted.set(cells);
  }
}
