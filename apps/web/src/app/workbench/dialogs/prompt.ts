import { Component, computed, inject, input, linkedSignal, output, signal } from '@angular/core';
import type { UiRequest } from '#dto';
import { drawAtOnce } from '../../ui/draw-at-once';
import { FocusOnShow } from '../../ui/focus-on-show';
import { answer, commandOf, currentField, startPrompt } from './prompt-flow';
import { PromptHistory } from './prompt-history';

/** tmux's command prompt: one line at the bottom, one field after another. */
@Component({
  selector: 'app-prompt',
  imports: [FocusOnShow],
  host: { 'data-testid': 'prompt', role: 'dialog', '[attr.aria-label]': 'field()?.label' },
  template: `
    @for (step of [flow().answers.length]; track step) {
      <label for="prompt-input">{{ field()?.label }}</label>
      <input
        #line
        appFocusOnShow
        id="prompt-input"
        data-testid="prompt-input"
        autocomplete="off"
        autocapitalize="none"
        spellcheck="false"
        enterkeyhint="done"
        [value]="field()?.initial ?? ''"
        (keydown.enter)="submit(line.value, $event)"
        (keydown.escape)="leave($event)"
        (keydown.control.c)="leave($event)"
        (keydown.arrowup)="recall(line, 1, $event)"
        (keydown.arrowdown)="recall(line, -1, $event)"
      />
    }
  `,
  styleUrl: './prompt.css',
})
export class Prompt {
  private readonly draw = drawAtOnce();
  private readonly history = inject(PromptHistory);

  readonly request = input.required<Extract<UiRequest, { kind: 'prompt' }>>();

  /** The command to run, or null when the person left. */
  readonly done = output<{
    readonly command: string;
    readonly answers?: readonly string[];
  } | null>();

  protected readonly flow = linkedSignal(() => startPrompt(this.request().prompts));
  protected readonly field = computed(() => currentField(this.flow()));

  private readonly stepsBack = signal(0);
  private draft = '';

  protected submit(text: string, event: Event): void {
    // While an input method composes, Enter belongs to it.
    if (event instanceof KeyboardEvent && event.isComposing) return;
    event.preventDefault();
    this.history.add(text);
    this.stepsBack.set(0);
    const flow = answer(this.flow(), text);
    this.flow.set(flow);
    if (currentField(flow) === undefined) {
      this.done.emit(commandOf(this.request().template, flow.answers));
    } else {
      // The next field takes the next key, not the one that was just answered.
      this.draw();
    }
  }

  protected leave(event: Event): void {
    event.preventDefault();
    event.stopPropagation();
    this.done.emit(null);
  }

  protected recall(line: HTMLInputElement, by: 1 | -1, event: Event): void {
    event.preventDefault();
    const back = this.stepsBack() + by;
    const text = back === 0 ? this.draft : this.history.at(back);
    if (back < 0 || text === undefined) return;
    if (this.stepsBack() === 0) this.draft = line.value;
    this.stepsBack.set(back);
    line.value = text;
  }
}
