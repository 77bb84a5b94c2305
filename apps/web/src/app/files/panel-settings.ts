import { DOCUMENT, inject, Service, signal } from '@angular/core';

/** How this browser wants the file panel. */
export interface PanelLook {
  readonly isOpen: boolean;
  readonly side: 'left' | 'right';
  /** CSS pixels. */
  readonly width: number;
  /** Whether it goes where the active pane's working directory goes. */
  readonly follows: boolean;
  /** Whether long lines of a previewed text go on below. */
  readonly wraps: boolean;
}

const STORAGE_KEY = 'tmuxy.files';
export const PANEL_MIN_PX = 220;
export const PANEL_MAX_PX = 1200;
const DEFAULTS: PanelLook = {
  isOpen: false,
  side: 'right',
  width: 340,
  follows: true,
  wraps: false,
};

/** The file panel's look, kept in this browser. */
@Service()
export class PanelSettings {
  private readonly storage = inject(DOCUMENT).defaultView?.localStorage;
  private readonly kept = signal<PanelLook>(readLook(this.storage?.getItem(STORAGE_KEY) ?? null));

  readonly look = this.kept.asReadonly();

  change(change: Partial<PanelLook>): void {
    this.kept.update((look) => bounded({ ...look, ...change }));
    this.storage?.setItem(STORAGE_KEY, JSON.stringify(this.kept()));
  }
}

/** What was kept, as far as it still means something. */
function readLook(text: string | null): PanelLook {
  let kept: unknown = null;
  try {
    kept = JSON.parse(text ?? 'null');
  } catch {
    // Another program's, or cut short: as if nothing had been kept.
  }
  if (typeof kept !== 'object' || kept === null) return DEFAULTS;
  const defaults: Readonly<Record<string, unknown>> = { ...DEFAULTS };
  const known = Object.fromEntries(
    Object.entries(kept).filter(([key, value]) => typeof value === typeof defaults[key]),
  );
  return bounded({ ...DEFAULTS, ...known });
}

function bounded(look: PanelLook): PanelLook {
  const width = Math.min(PANEL_MAX_PX, Math.max(PANEL_MIN_PX, Math.round(look.width)));
  return { ...look, width, side: look.side === 'left' ? 'left' : 'right' };
}
