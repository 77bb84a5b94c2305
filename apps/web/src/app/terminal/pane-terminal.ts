import { Component, input } from '@angular/core';
import type { PaneId } from '#dto';

/** One pane's xterm.js; fills its host, which is `cols`×cell width by `rows`×cell height pixels. */
@Component({ selector: 'app-pane-terminal', template: '' })
export class PaneTerminal {
  readonly pane = input.required<PaneId>();
  /** Whether it is the pane keys go to. */
  readonly active = input(false);
  /** Whether it is on screen now; a hidden one keeps its content but gives up its renderer. */
  readonly visible = input(true);
}
