import { Component, input } from '@angular/core';

/** One session on screen. */
@Component({ selector: 'app-workbench', template: `<main data-testid="workbench"></main>` })
export class Workbench {
  /** Route parameter: the session's name. */
  readonly name = input.required<string>();
}
