import { Service, signal } from '@angular/core';

/** How this browser looks at the session; nobody else sees it. */
@Service({ autoProvided: false })
export class ViewSettings {
  private readonly actual = signal(false);

  /** Whether a grid larger than this screen is panned instead of shrunk to fit. */
  readonly actualSize = this.actual.asReadonly();

  toggleActualSize(): void {
    this.actual.update((is) => !is);
  }
}
