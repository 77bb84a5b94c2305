import { CdkMenu, CdkMenuItemCheckbox, CdkMenuItemRadio, CdkMenuTrigger } from '@angular/cdk/menu';
import {
  Component,
  computed,
  DOCUMENT,
  effect,
  ElementRef,
  inject,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { Icon } from '../ui/icon';
import { Notices } from '../ui/notices';
import { visibleText } from '../ui/visible-text';
import { TerminalFocus } from '../workbench/terminal-focus';
import { FileActions } from './file-actions';
import { FilePlaces } from './file-places';
import { PanelEdge } from './panel-edge';
import { PanelSettings } from './panel-settings';
import { crumbsOf } from './places/file-ref';
import type { Crumb } from './places/file-ref';
import { FilePreview } from './preview/file-preview';
import { FileTree } from './tree/file-tree';
import type { EntryRow } from './tree/tree-rows';
import { TreeView } from './tree/tree-view';
import { bringsFiles } from './uploads/dropped-files';
import { PanelUploads } from './uploads/panel-uploads';
import { UploadList } from './uploads/upload-list';
import { UploadQueue } from './uploads/upload-queue';

const NAME_MAX_CHARS = 80;

/** The files beside the panes: tree, preview, uploads. */
@Component({
  selector: 'app-file-panel',
  imports: [
    CdkMenu,
    CdkMenuItemCheckbox,
    CdkMenuItemRadio,
    CdkMenuTrigger,
    FilePreview,
    Icon,
    PanelEdge,
    TreeView,
    UploadList,
  ],
  providers: [FileTree, FileActions, PanelUploads],
  templateUrl: './file-panel.html',
  styleUrl: './file-panel.css',
  host: {
    'data-testid': 'file-panel',
    role: 'complementary',
    'aria-label': 'Files',
    '[class.left]': "settings.look().side === 'left'",
    '[class.large]': 'isLarge() && previewed() !== null',
    '[style.--panel-width.px]': 'settings.look().width',
    '(dragover)': 'dragOver($event)',
    '(dragleave)': 'dragLeave($event)',
    '(drop)': 'drop($event)',
  },
})
export class FilePanel {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly document = inject(DOCUMENT);
  private readonly focus = inject(TerminalFocus);
  private readonly notices = inject(Notices);
  private readonly sending = inject(PanelUploads);
  protected readonly places = inject(FilePlaces);
  protected readonly tree = inject(FileTree);
  protected readonly settings = inject(PanelSettings);
  protected readonly uploads = inject(UploadQueue);

  private readonly view = viewChild.required(TreeView);
  private readonly picker = viewChild.required<ElementRef<HTMLInputElement>>('picker');

  /** The file that is looked at. */
  protected readonly previewed = signal<EntryRow | null>(null);
  protected readonly isLarge = signal(false);
  protected readonly dropTarget = signal<EntryRow | null>(null);
  protected readonly isRefreshing = signal(false);
  protected readonly crumbs = computed<readonly Crumb[]>(() => {
    const row = this.tree.directory();
    if (row === null) return [];
    const [first, ...rest] = crumbsOf(row.root.path, row.ref.path);
    return first === undefined ? [] : [{ ...first, name: row.root.name }, ...rest];
  });
  /** Where the button sends files. */
  protected readonly uploadDirectory = this.sending.directory;
  private pickFor: EntryRow | null = null;
  /** Where the pane went, while it could not be followed there. */
  private unshown: string | null = null;

  constructor() {
    effect(() => {
      const roots = this.places.roots();
      untracked(() => {
        this.tree.setRoots(roots);
        // The pane may have been there before its directory was a place to look into.
        if (this.unshown !== null || this.tree.selected() === null) this.followPane();
      });
    });
    effect(() => {
      this.places.paneDirectory();
      if (this.settings.look().follows) untracked(() => this.followPane());
    });
    effect(() => {
      // What could not be listed, or sent, while nothing answered can be now.
      if (!this.places.isLive()) return;
      untracked(() => {
        void this.tree.refresh();
        this.uploads.resumeLost();
      });
    });
    effect(() => {
      const asked = this.places.revealRequest();
      if (asked !== null) untracked(() => void this.reveal(asked.path));
    });
    effect(() => {
      const directory = this.uploads.arrived();
      if (directory !== null) untracked(() => void this.tree.list(directory));
    });
  }

  /** Gives the keyboard to the tree. */
  takeFocus(): void {
    this.view().focus();
  }

  /** Whether the keyboard is here. */
  hasFocus(): boolean {
    return this.host.contains(this.document.activeElement);
  }

  protected close(): void {
    this.places.close();
    this.leave();
  }

  protected leave(): void {
    this.focus.toActive();
  }

  protected closePreview(): void {
    this.previewed.set(null);
    this.isLarge.set(false);
    this.view().focus();
  }

  protected async goToPane(): Promise<void> {
    const path = this.places.paneDirectory();
    if (path === null) return;
    await this.reveal(path);
  }

  protected async goTo(path: string): Promise<void> {
    await this.tree.reveal(path);
    this.view().focus();
  }

  protected async refresh(): Promise<void> {
    this.isRefreshing.set(true);
    await Promise.all([this.places.reload(), this.tree.refresh()]);
    this.isRefreshing.set(false);
  }

  protected label(text: string): string {
    return visibleText(text, NAME_MAX_CHARS);
  }

  protected pick(directory: EntryRow | null): void {
    if (directory === null) return;
    this.pickFor = directory;
    this.picker().nativeElement.click();
  }

  protected picked(input: HTMLInputElement): void {
    const files = Array.from(input.files ?? []);
    // So that choosing the same file again is a change, too.
    input.value = '';
    if (this.pickFor !== null) this.sending.send(files, this.pickFor);
  }

  protected dragOver(event: DragEvent): void {
    if (!bringsFiles(event.dataTransfer)) return;
    event.preventDefault();
    event.stopPropagation();
    const target = this.targetAt(event);
    this.dropTarget.set(target);
    if (event.dataTransfer !== null) {
      event.dataTransfer.dropEffect = target === null ? 'none' : 'copy';
    }
  }

  protected dragLeave(event: DragEvent): void {
    const to = event.relatedTarget;
    if (!(to instanceof Node) || !this.host.contains(to)) this.dropTarget.set(null);
  }

  protected drop(event: DragEvent): void {
    if (!bringsFiles(event.dataTransfer)) return;
    event.preventDefault();
    event.stopPropagation();
    this.dropTarget.set(null);
    this.sending.drop(event.dataTransfer, this.targetAt(event));
  }

  private async reveal(path: string): Promise<void> {
    // At once: who goes back to the terminal meanwhile must not be fetched from there.
    this.view().focus();
    let revealed = await this.tree.reveal(path);
    if (revealed === 'absent') {
      await this.places.reload();
      this.tree.setRoots(this.places.roots());
      revealed = await this.tree.reveal(path);
    }
    if (revealed === 'absent') {
      const message = `${this.label(path)} is not in a place that you may look into.`;
      this.notices.push({ level: 'info', message });
    }
    if (this.hasFocus()) this.view().focus();
  }

  /** Not with words when it cannot: nobody asked for it. */
  private followPane(): void {
    const path = this.places.paneDirectory();
    this.unshown = path;
    if (path === null) return;
    void this.tree.reveal(path).then((revealed) => {
      if (revealed !== 'absent') this.unshown = null;
      if (revealed === 'shown') this.view().showSelected();
    });
  }

  /** The directory that files would go to from there; null: they are not taken. */
  private targetAt({ target }: DragEvent): EntryRow | null {
    return this.sending.targetOf(target instanceof Element ? this.view().rowAt(target) : null);
  }
}
