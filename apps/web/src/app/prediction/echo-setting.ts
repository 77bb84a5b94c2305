import { DOCUMENT, inject, Service, signal } from '@angular/core';

const SETTING_KEY = 'tmuxy.predictive-echo';
const CHOICES = ['automatic', 'off', 'always'] as const;

/** When typed characters are shown before they come back. */
export type EchoChoice = (typeof CHOICES)[number];

/** Kept in this browser. */
@Service()
export class EchoSetting {
  private readonly storage = inject(DOCUMENT).defaultView?.localStorage;
  private readonly chosen = signal(choiceOf(this.storage?.getItem(SETTING_KEY)));

  readonly choice = this.chosen.asReadonly();

  choose(choice: EchoChoice): void {
    this.chosen.set(choice);
    this.storage?.setItem(SETTING_KEY, choice);
  }
}

function choiceOf(stored: string | null | undefined): EchoChoice {
  return CHOICES.find((choice) => choice === stored) ?? 'automatic';
}
