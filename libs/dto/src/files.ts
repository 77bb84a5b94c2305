export type FileKind = 'file' | 'directory' | 'symlink' | 'other';

/** One name in a directory. */
export interface DirectoryEntryView {
  /** As UTF-8; bytes that are none are U+FFFD, and `path64` is there. */
  readonly name: string;
  readonly kind: FileKind;
  /** Bytes. */
  readonly size: number;
  /** ISO 8601. */
  readonly modified: string;
  /** The whole path in base64url, for `path64=` instead of `path=`; only of names that are no UTF-8. */
  readonly path64?: string;
  /** Why it cannot be opened (`denied-name`, `symlink`, `special`, …); absent: it can be tried. */
  readonly blocked?: string;
}

/** Reply of `GET /api/directory?path=`: directories first, then by name. */
export interface DirectoryView {
  readonly path: string;
  readonly entries: readonly DirectoryEntryView[];
  /** Whether there are more entries than are listed. */
  readonly truncated: boolean;
  /** Whether files can be uploaded into it by who asks. */
  readonly upload: boolean;
}

/** A place that somebody may look into. */
export interface FileRootView {
  /** Absolute. */
  readonly path: string;
  /** What to call it. */
  readonly name: string;
  /** `session`: the working directory of a pane. */
  readonly kind: 'configured' | 'session';
  readonly upload: boolean;
}

/** Reply of `GET /api/file-roots[?session=NAME]`; without any, the other routes answer 404. */
export interface FileRootsView {
  readonly roots: readonly FileRootView[];
  /** Most bytes of one upload; null: nothing can be uploaded. */
  readonly uploadMaxBytes: number | null;
}
