import { CdkMenu, CdkMenuItem } from '@angular/cdk/menu';
import { Component, computed, inject, input, output } from '@angular/core';
import { Icon } from '../ui/icon';
import { visibleText } from '../ui/visible-text';
import { FileActions } from './file-actions';
import { blockedReason } from './places/file-problem';
import { FileTree } from './tree/file-tree';
import type { EntryRow } from './tree/tree-rows';

const NAME_MAX_CHARS = 60;

/** Everything that can be done with one file or directory. */
@Component({
  selector: 'app-file-menu',
  imports: [CdkMenu, CdkMenuItem, Icon],
  template: `
    <div cdkMenu class="menu" data-testid="file-menu" aria-label="File">
      <div class="menu-label">
        <bdi>{{ name() }}</bdi>
      </div>
      @if (reason(); as text) {
        <div class="menu-label">{{ text }}</div>
      } @else {
        @if (!row().isDirectory) {
          <button cdkMenuItem (cdkMenuItemTriggered)="opened.emit()">
            <app-icon name="eye" /><span class="grow">Preview</span>
          </button>
          <button cdkMenuItem (cdkMenuItemTriggered)="actions.download(row().ref)">
            <app-icon name="download" /><span class="grow">Download</span>
          </button>
        }
        @if (actions.canType()) {
          <button
            cdkMenuItem
            (cdkMenuItemTriggered)="actions.openInPane(row().ref, row().isDirectory)"
          >
            <app-icon name="terminal" /><span class="grow">Open in a pane</span>
          </button>
          <button cdkMenuItem (cdkMenuItemTriggered)="actions.pastePath(row().ref)">
            <app-icon name="clipboard" /><span class="grow">Paste path into pane</span>
          </button>
        }
        @if (canUpload()) {
          <button cdkMenuItem (cdkMenuItemTriggered)="uploadAsked.emit()">
            <app-icon name="upload" /><span class="grow">Upload here…</span>
          </button>
        }
        <div role="separator"></div>
      }
      <button cdkMenuItem (cdkMenuItemTriggered)="actions.copyPath(row().ref)">
        <app-icon name="copy" /><span class="grow">Copy path</span>
      </button>
      <button cdkMenuItem (cdkMenuItemTriggered)="actions.copyRelativePath(row().ref)">
        <app-icon name="copy" /><span class="grow">Copy path as the pane sees it</span>
      </button>
      @if (row().isDirectory) {
        <button cdkMenuItem (cdkMenuItemTriggered)="tree.list(row().ref)">
          <app-icon name="refresh" /><span class="grow">Refresh</span>
        </button>
      }
    </div>
  `,
})
export class FileMenu {
  protected readonly actions = inject(FileActions);
  protected readonly tree = inject(FileTree);

  readonly row = input.required<EntryRow>();

  readonly opened = output();
  readonly uploadAsked = output();

  protected readonly reason = computed(() => {
    const code = this.row().entry?.blocked;
    return code === undefined ? null : blockedReason(code).text;
  });
  protected readonly name = computed(() => visibleText(this.row().name, NAME_MAX_CHARS));
  protected readonly canUpload = computed(() => {
    const { isDirectory, ref, root } = this.row();
    return isDirectory && (this.tree.viewOf(ref)?.upload ?? root.upload);
  });
}
