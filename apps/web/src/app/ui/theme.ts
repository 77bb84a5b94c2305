import { computed, DOCUMENT, effect, inject, Service, signal } from '@angular/core';

/** What the person chose; `system` follows the device. */
export type ThemeChoice = 'system' | 'light' | 'dark';
export type Scheme = 'light' | 'dark';

const STORAGE_KEY = 'tmuxy.theme';

/** The colour scheme of cells and chrome; styles/tokens.css reads `data-theme`. */
@Service()
export class Theme {
  private readonly document = inject(DOCUMENT);
  private readonly deviceIsLight = signal(false);
  private readonly chosen = signal<ThemeChoice>(readChoice(this.document));

  readonly choice = this.chosen.asReadonly();
  readonly scheme = computed<Scheme>(() => {
    const choice = this.chosen();
    if (choice !== 'system') return choice;
    return this.deviceIsLight() ? 'light' : 'dark';
  });

  constructor() {
    const query = this.document.defaultView?.matchMedia('(prefers-color-scheme: light)');
    this.deviceIsLight.set(query?.matches ?? false);
    query?.addEventListener('change', (event) => {
      this.deviceIsLight.set(event.matches);
    });
    this.apply();
    effect(() => {
      this.apply();
    });
  }

  choose(choice: ThemeChoice): void {
    this.chosen.set(choice);
    this.document.defaultView?.localStorage.setItem(STORAGE_KEY, choice);
    this.apply();
  }

  /** At once, not in an effect's turn: readers of `scheme` read the CSS variables right away. */
  private apply(): void {
    this.document.documentElement.dataset['theme'] = this.scheme();
  }
}

function readChoice(document: Document): ThemeChoice {
  const stored = document.defaultView?.localStorage.getItem(STORAGE_KEY);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}
