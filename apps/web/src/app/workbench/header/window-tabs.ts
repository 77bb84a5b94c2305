import { CdkContextMenuTrigger, CdkMenu, CdkMenuItem } from '@angular/cdk/menu';
import { afterRenderEffect, Component, computed, inject, signal, viewChild } from '@angular/core';
import type { ElementRef } from '@angular/core';
import type { WindowId, WindowView } from '#dto';
import { SessionStore } from '../../stream/session-store';
import { drawAtOnce } from '../../ui/draw-at-once';
import { FocusOnShow } from '../../ui/focus-on-show';
import { Icon } from '../../ui/icon';
import { keyHint } from '../key-hint';
import { TerminalFocus } from '../terminal-focus';
import { WindowActions } from '../window-actions';
import { dropPlace } from './tab-order';
import { TabDrag } from './tab-drag';

/** The session's windows as tabs. */
@Component({
  selector: 'app-window-tabs',
  imports: [CdkContextMenuTrigger, CdkMenu, CdkMenuItem, FocusOnShow, Icon],
  providers: [TabDrag],
  templateUrl: './window-tabs.html',
  styleUrl: './window-tabs.css',
})
export class WindowTabs {
  private readonly draw = drawAtOnce();
  private readonly store = inject(SessionStore);
  protected readonly actions = inject(WindowActions);
  protected readonly focus = inject(TerminalFocus);
  protected readonly drag = inject(TabDrag);

  private readonly list = viewChild.required<ElementRef<HTMLElement>>('list');

  protected readonly windows = this.store.windows;
  protected readonly renaming = signal<WindowId | null>(null);
  protected readonly newWindowTitle = computed(() => {
    const key = keyHint(this.store.keyBindings(), 'new-window');
    return key === '' ? 'New window' : `New window (${key})`;
  });

  constructor() {
    afterRenderEffect(() => {
      const current = this.store.currentWindow()?.id;
      if (current === undefined) return;
      this.list()
        .nativeElement.querySelector(`[data-window="${current}"]`)
        ?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    });
  }

  protected select(window: WindowView): void {
    void this.actions.select(window.id);
    this.focus.toActive();
  }

  protected startRename(window: WindowView): void {
    if (!this.actions.canArrange()) return;
    this.renaming.set(window.id);
    // The field has the keyboard before the next key, which may come before the next frame.
    this.draw();
  }

  protected async rename(window: WindowView, name: string): Promise<void> {
    if (this.renaming() !== window.id) return;
    this.renaming.set(null);
    this.focus.toActive();
    const trimmed = name.trim();
    if (trimmed !== '' && trimmed !== window.name) await this.actions.rename(window.id, trimmed);
  }

  protected stopRename(): void {
    this.renaming.set(null);
    this.focus.toActive();
  }

  /** Arrow keys move between tabs as in any tab list; the choice needs Enter or Space. */
  protected onKey(event: KeyboardEvent, window: WindowView): void {
    if (event.target !== event.currentTarget) return;
    const tab = event.currentTarget;
    if (!(tab instanceof HTMLElement)) return;
    switch (event.key) {
      case 'Enter':
      case ' ':
        this.select(window);
        break;
      case 'ArrowLeft':
        focusTab(tab.previousElementSibling);
        break;
      case 'ArrowRight':
        focusTab(tab.nextElementSibling);
        break;
      case 'F2':
        this.startRename(window);
        break;
      case 'Delete':
        if (this.actions.canArrange()) this.actions.close(window);
        break;
      default:
        return;
    }
    event.preventDefault();
  }

  protected beginDrag(event: PointerEvent, window: WindowView): void {
    if (event.button !== 0 || !this.actions.canArrange() || this.renaming() !== null) return;
    this.drag.begin(event, this.list().nativeElement, (slot) => {
      const place = dropPlace(this.windows(), window.id, slot);
      if (place !== undefined) void this.actions.moveBefore(window.id, place);
    });
  }
}

function focusTab(element: Element | null): void {
  if (element instanceof HTMLElement) element.focus();
}
