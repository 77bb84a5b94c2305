import { DOCUMENT, DestroyRef, Service, computed, effect, inject, signal } from '@angular/core';
import { canvasMeasure, layOutCell } from './cell-size';
import type { CellLayout } from './cell-size';
import { readFontFamily } from './terminal-theme';

export const FONT_SIZE_MIN = 9;
export const FONT_SIZE_MAX = 28;
const FONT_SIZE_DEFAULT = 14;
const STORAGE_KEY = 'tmuxy.font-size';
/** A font that takes longer is drawn with the fallback first. */
const FONT_TIMEOUT_MS = 2000;

/** Size of one cell exactly as xterm lays cells out, and the font size behind it (9 to 28 pixels). */
@Service()
export class CellMetrics {
  private readonly document = inject(DOCUMENT);
  private readonly devicePixelRatio = signal(window.devicePixelRatio || 1);
  private readonly fontLoads = signal(0);

  /** The size the person chose; kept in this browser. Values out of bounds count as the bound. */
  readonly fontSize = signal(storedFontSize());
  readonly fontFamily = readFontFamily(this.document.documentElement);
  /** Whether the cells' font arrived (or was given up); terminals open then. */
  readonly ready = computed(() => this.fontLoads() > 0);
  /** A smaller size while a grid larger than this screen is shown whole; null: the chosen one. */
  readonly shrunkTo = signal<number | null>(null);
  readonly layout = computed<CellLayout>(
    () => this.layoutAt(this.shrunkTo() ?? clamp(this.fontSize())),
    { equal: (a, b) => a.fontSize === b.fontSize && a.width === b.width && a.height === b.height },
  );
  /** In CSS pixels, as shown now. */
  readonly cell = computed<{ readonly width: number; readonly height: number }>(() => {
    const { width, height } = this.layout();
    return { width, height };
  });

  constructor() {
    void this.loadFonts();
    effect(() => {
      window.localStorage.setItem(STORAGE_KEY, String(clamp(this.fontSize())));
    });
    this.followDevicePixelRatio();
  }

  /** The cell at another font size than the one shown; a signal's reader when the font changes it. */
  layoutAt(fontSize: number): CellLayout {
    this.fontLoads();
    const measure = canvasMeasure(this.fontFamily) ?? guess;
    return layOutCell(fontSize, this.devicePixelRatio(), measure);
  }

  private async loadFonts(): Promise<void> {
    const timeout = new Promise((resolve) => setTimeout(resolve, FONT_TIMEOUT_MS));
    const styles = ['', 'bold ', 'italic ', 'italic bold '];
    const loads = styles.map((style) =>
      this.document.fonts.load(`${style}${String(FONT_SIZE_DEFAULT)}px ${this.fontFamily}`),
    );
    // A face that fails to load is replaced by the next of the stack; cells are measured either way.
    await Promise.race([Promise.allSettled(loads), timeout]);
    this.fontLoads.update((count) => count + 1);
  }

  private followDevicePixelRatio(): void {
    let query: MediaQueryList | null = null;
    const follow = (): void => {
      query?.removeEventListener('change', follow);
      const ratio = window.devicePixelRatio || 1;
      this.devicePixelRatio.set(ratio);
      query = window.matchMedia(`(resolution: ${String(ratio)}dppx)`);
      query.addEventListener('change', follow);
    };
    follow();
    inject(DestroyRef).onDestroy(() => {
      query?.removeEventListener('change', follow);
    });
  }
}

function clamp(fontSize: number): number {
  return Math.min(FONT_SIZE_MAX, Math.max(FONT_SIZE_MIN, fontSize));
}

function storedFontSize(): number {
  const stored = Number(window.localStorage.getItem(STORAGE_KEY));
  return Number.isFinite(stored) && stored > 0 ? clamp(stored) : FONT_SIZE_DEFAULT;
}

/** Typical proportions of a monospaced face, for browsers that cannot measure off screen. */
function guess(fontSize: number): { width: number; height: number } {
  return { width: fontSize * 0.6, height: fontSize * 1.2 };
}
