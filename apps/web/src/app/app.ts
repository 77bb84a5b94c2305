import { Component, DOCUMENT, inject } from '@angular/core';
import { RouterOutlet } from '@angular/router';
import { tellReducedProtection } from './ui/browser-protection';
import { NoticeList } from './ui/notice-list';
import { UserActivity } from './sign-in/user-activity';
import { Theme } from './ui/theme';

/** The page around every route. */
@Component({
  selector: 'app-root',
  imports: [RouterOutlet, NoticeList],
  template: `<router-outlet /><app-notice-list />`,
})
export class App {
  constructor() {
    inject(Theme);
    inject(UserActivity);
    tellReducedProtection();
    // Asked for before the first terminal opens: cells are measured with this font.
    const fonts = inject(DOCUMENT).fonts;
    void fonts.load('400 14px "JetBrains Mono"');
    void fonts.load('700 14px "JetBrains Mono"');
  }
}
