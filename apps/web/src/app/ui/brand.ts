import { Component } from '@angular/core';

/** The product's name with its mark: three panes, one of them active. */
@Component({
  selector: 'app-brand',
  template: `<span class="mark" aria-hidden="true"></span>tmuxy`,
  styles: `
    :host {
      display: flex;
      gap: 8px;
      align-items: center;
      font-weight: 650;
    }
    .mark {
      width: 14px;
      height: 14px;
      background:
        linear-gradient(var(--accent) 0 0) left / 45% 100% no-repeat,
        linear-gradient(var(--text) 0 0) right top / 45% 45% no-repeat,
        linear-gradient(var(--line-strong) 0 0) right bottom / 45% 45% no-repeat;
    }
  `,
})
export class Brand {}
