import { computed, Service, signal } from '@angular/core';

/** How this browser looks at the session; nobody else sees it. */
@Service({ autoProvided: false })
export class ViewSettings {
  private readonly chosen = signal<boolean | null>(null);
  private readonly isUnreadable = signal(false);

  /**
   * Whether a grid larger than this screen is panned instead of shrunk to fit: as the person chose,
   * else when it would be too small to read.
   */
  readonly actualSize = computed(() => this.chosen() ?? this.isUnreadable());

  toggleActualSize(): void {
    this.chosen.set(!this.actualSize());
  }

  /** Says whether the grid, shrunk to fit, could not be read. */
  setUnreadable(isUnreadable: boolean): void {
    this.isUnreadable.set(isUnreadable);
  }
}
