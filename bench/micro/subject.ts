import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What is used of the built `libs/tmux-protocol`. */
interface Protocol {
  readonly ControlReader: new (options: { readonly onEvent: (event: ControlEvent) => void }) => {
    push(chunk: Uint8Array): void;
  };
  readonly Utf8Stream: new () => { push(bytes: Uint8Array): string };
  readonly ModeTracker: new () => { push(bytes: Uint8Array): unknown };
  readonly unescapeOutput: (bytes: Uint8Array) => Uint8Array;
  readonly parseLayout: (layout: string) => object;
  readonly layoutChecksum: (body: string) => number;
  readonly parseCommandLine: (line: string) => readonly object[];
  readonly judge: (commands: readonly object[], policy: object, scope: object) => object;
  readonly BUILT_IN_POLICIES: Readonly<Record<'operator', object>>;
}

export interface ControlEvent {
  readonly kind: string;
  readonly notification?: { readonly pane?: string; readonly data?: Uint8Array };
}

/** What is used of the built server. */
interface PaneOutputModule {
  readonly PaneOutput: new () => {
    push(bytes: Uint8Array): void;
    take(): { readonly offset: number; readonly data: string } | undefined;
  };
}

interface FrameModule {
  /** Absent in builds that left this to Nest. */
  readonly frameOf?: (event: object, idBefore: string) => Buffer;
}

/** One build that is measured. */
export type Subject = { readonly name: string } & Protocol & PaneOutputModule & FrameModule;

/** Loads the build in the `dist` folder of the tree at `root`. */
export async function loadSubject(name: string, root: string): Promise<Subject> {
  const load = async (path: string): Promise<object> =>
    (await import(pathToFileURL(join(root, 'dist', path)).href)) as object;
  return {
    name,
    ...((await load('libs/tmux-protocol/src/index.js')) as Protocol),
    ...((await load('apps/server/src/tmux/pane-output.js')) as PaneOutputModule),
    ...((await load('apps/server/src/events/sse-frame.js').catch(() => ({}))) as FrameModule),
  };
}
