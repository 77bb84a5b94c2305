import { Component, computed, DOCUMENT, inject } from '@angular/core';
import { Links } from '../../terminal/links';
import { Dialog } from '../../ui/dialog';
import { FocusOnShow } from '../../ui/focus-on-show';
import { TerminalFocus } from '../terminal-focus';

/** Longest user name that is shown in front of a host: a longer one would push the host out of sight. */
const USER_MAX_CHARS = 32;

/** Shows where a link of a program's output really leads, before it is opened. */
@Component({
  selector: 'app-link-dialog',
  imports: [Dialog, FocusOnShow],
  host: { 'data-testid': 'link-dialog' },
  template: `
    @if (links.asked(); as target) {
      <app-dialog label="Open this link?" (closed)="close()">
        <div class="body">
          <p>Open this link in a new tab?</p>
          <p class="target">
            {{ before() }}<b>{{ host() }}</b
            >{{ after() }}
          </p>
          <div class="buttons">
            <button (click)="close()">Cancel</button>
            <button appFocusOnShow class="primary" (click)="open(target)">Open</button>
          </div>
        </div>
      </app-dialog>
    }
  `,
  styles: `
    .body {
      padding: 14px 16px;
    }
    p {
      margin: 0 0 12px;
    }
    .target {
      max-height: 40vh;
      overflow: auto;
      font-family: var(--cell-font-family);
      overflow-wrap: anywhere;
      color: var(--text-quiet);
    }
    b {
      color: var(--text);
    }
    .buttons {
      display: flex;
      gap: 8px;
      justify-content: flex-end;
    }
  `,
})
export class LinkDialog {
  private readonly document = inject(DOCUMENT);
  private readonly focus = inject(TerminalFocus);
  protected readonly links = inject(Links);

  /** The part that says who answers; mail has none. */
  protected readonly host = computed(() => this.links.asked()?.host ?? '');
  protected readonly before = computed(() => this.split()[0]);
  protected readonly after = computed(() => this.split()[1]);

  private readonly split = computed<readonly [string, string]>(() => {
    const href = this.links.asked()?.href ?? '';
    const host = this.host();
    if (host === '') return [href, ''];
    // A user name in front may look like a host: the last `@` before the path ends it.
    const [authority, scheme = '', user = ''] = /^([a-z]+:\/\/)([^/?#]*@)?/.exec(href) ?? [''];
    const before = user.length > USER_MAX_CHARS ? `${scheme}…@` : authority;
    return [before, href.slice(authority.length + host.length)];
  });

  protected open(target: URL): void {
    this.document.defaultView?.open(target.href, '_blank', 'noopener,noreferrer');
    this.close();
  }

  protected close(): void {
    this.links.close();
    this.focus.toActive();
  }
}
