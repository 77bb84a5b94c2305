import {
  CdkMenu,
  CdkMenuItem,
  CdkMenuItemCheckbox,
  CdkMenuItemRadio,
  CdkMenuTrigger,
} from '@angular/cdk/menu';
import { Component, inject } from '@angular/core';
import { EchoSetting } from '../../prediction/echo-setting';
import type { EchoChoice } from '../../prediction/echo-setting';
import { SessionStore } from '../../stream/session-store';
import { CellMetrics } from '../../terminal/cell-metrics';
import { PasteGuard } from '../../terminal/paste-guard';
import { Icon } from '../../ui/icon';
import type { IconName } from '../../ui/icon-paths';
import { Theme } from '../../ui/theme';
import type { ThemeChoice } from '../../ui/theme';
import { ClipboardConsent } from '../clipboard-consent';
import type { ClipboardChoice } from '../clipboard-consent';
import { TerminalFocus } from '../terminal-focus';
import { ViewSettings } from '../view-settings';

const MIN_FONT_PX = 9;
const MAX_FONT_PX = 28;

const THEMES: readonly { choice: ThemeChoice; label: string; icon: IconName }[] = [
  { choice: 'system', label: 'As the device', icon: 'display' },
  { choice: 'light', label: 'Light', icon: 'sun' },
  { choice: 'dark', label: 'Dark', icon: 'moon' },
];

const CLIPBOARD: readonly { choice: ClipboardChoice; label: string }[] = [
  { choice: 'ask', label: 'Ask in this session' },
  { choice: 'allow', label: 'Allow in this session' },
  { choice: 'never', label: 'Never in this session' },
];

const ECHO: readonly { choice: EchoChoice; label: string }[] = [
  { choice: 'automatic', label: 'On slow networks' },
  { choice: 'always', label: 'Always' },
  { choice: 'off', label: 'Never' },
];

/** Theme, font size, predictive echo, the clipboard, and how a grid of another size is shown. */
@Component({
  selector: 'app-view-menu',
  imports: [CdkMenu, CdkMenuItem, CdkMenuItemCheckbox, CdkMenuItemRadio, CdkMenuTrigger, Icon],
  template: `
    <button
      class="bare square"
      title="View"
      aria-label="View"
      [cdkMenuTriggerFor]="menu"
      (cdkMenuClosed)="focus.afterMenu()"
    >
      <app-icon name="settings" />
    </button>
    <ng-template #menu>
      <div cdkMenu class="menu" aria-label="View">
        <div class="menu-label">Font size: {{ metrics.fontSize() }} px</div>
        <button cdkMenuItem (cdkMenuItemTriggered)="resizeFont(1)">
          <app-icon name="plus" /><span class="grow">Larger</span>
        </button>
        <button cdkMenuItem (cdkMenuItemTriggered)="resizeFont(-1)">
          <app-icon name="chevron-down" /><span class="grow">Smaller</span>
        </button>
        <div role="separator"></div>
        <div class="menu-label">Theme</div>
        @for (item of themes; track item.choice) {
          <button
            cdkMenuItemRadio
            [cdkMenuItemChecked]="theme.choice() === item.choice"
            (cdkMenuItemTriggered)="theme.choose(item.choice)"
          >
            <app-icon [name]="item.icon" /><span class="grow">{{ item.label }}</span>
            <app-icon class="check" name="check" />
          </button>
        }
        <div role="separator"></div>
        <div class="menu-label">Show typed characters at once</div>
        @for (item of echo; track item.choice) {
          <button
            cdkMenuItemRadio
            [cdkMenuItemChecked]="prediction.choice() === item.choice"
            (cdkMenuItemTriggered)="prediction.choose(item.choice)"
          >
            <app-icon name="edit" /><span class="grow">{{ item.label }}</span>
            <app-icon class="check" name="check" />
          </button>
        }
        <div role="separator"></div>
        <div class="menu-label">Programs writing to your clipboard</div>
        @for (item of clipboard; track item.choice) {
          <button
            cdkMenuItemRadio
            [cdkMenuItemChecked]="consent.choice() === item.choice"
            (cdkMenuItemTriggered)="consent.choose(item.choice)"
          >
            <app-icon name="clipboard" /><span class="grow">{{ item.label }}</span>
            <app-icon class="check" name="check" />
          </button>
        }
        <button
          cdkMenuItemCheckbox
          [cdkMenuItemChecked]="pastes.asks()"
          (cdkMenuItemTriggered)="pastes.setAsks(!pastes.asks())"
        >
          <app-icon name="edit" /><span class="grow">Ask before pasting lines</span>
          <app-icon class="check" name="check" />
        </button>
        @if (!store.isDriver()) {
          <div role="separator"></div>
          <button
            cdkMenuItemCheckbox
            [cdkMenuItemChecked]="!settings.actualSize()"
            (cdkMenuItemTriggered)="settings.toggleActualSize()"
          >
            <app-icon name="fit" /><span class="grow">Shrink to fit</span>
            <app-icon class="check" name="check" />
          </button>
        }
      </div>
    </ng-template>
  `,
})
export class ViewMenu {
  protected readonly store = inject(SessionStore);
  protected readonly metrics = inject(CellMetrics);
  protected readonly theme = inject(Theme);
  protected readonly settings = inject(ViewSettings);
  protected readonly focus = inject(TerminalFocus);
  protected readonly consent = inject(ClipboardConsent);
  protected readonly pastes = inject(PasteGuard);
  protected readonly prediction = inject(EchoSetting);
  protected readonly themes = THEMES;
  protected readonly clipboard = CLIPBOARD;
  protected readonly echo = ECHO;

  protected resizeFont(by: number): void {
    this.metrics.fontSize.update((size) => Math.min(MAX_FONT_PX, Math.max(MIN_FONT_PX, size + by)));
  }
}
