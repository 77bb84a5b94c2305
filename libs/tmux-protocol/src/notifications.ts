import { parsePaneId, parseSessionId, parseWindowId } from './ids.js';
import type { PaneId, SessionId, WindowId } from './ids.js';
import { parseOutputLine } from './output-line.js';
import { unescapeOutput } from './unescape.js';
import { decodeUtf8 } from './utf8.js';

/**
 * What tmux says on its own between replies (control-notify.c, control.c; complete for 3.2–3.7).
 * `data` is unescaped. What is not understood stays as `unknown`, for later versions of tmux.
 */
export type Notification =
  | { readonly kind: 'output'; readonly pane: PaneId; readonly data: Uint8Array }
  | {
      readonly kind: 'extended-output';
      readonly pane: PaneId;
      /** How long tmux held the data back, in milliseconds. */
      readonly ageMs: number;
      readonly data: Uint8Array;
    }
  | { readonly kind: 'pause' | 'continue' | 'pane-mode-changed'; readonly pane: PaneId }
  | {
      readonly kind: 'subscription-changed';
      readonly name: string;
      readonly session: SessionId;
      readonly window?: WindowId;
      readonly index?: number;
      readonly pane?: PaneId;
      readonly value: Uint8Array;
    }
  | {
      readonly kind: 'session-changed' | 'session-renamed';
      readonly session: SessionId;
      readonly name: string;
    }
  | {
      readonly kind: 'client-session-changed';
      readonly client: string;
      readonly session: SessionId;
      readonly name: string;
    }
  | { readonly kind: 'client-detached'; readonly client: string }
  | { readonly kind: 'sessions-changed' }
  | {
      readonly kind: 'session-window-changed';
      readonly session: SessionId;
      readonly window: WindowId;
    }
  | {
      /** Closing a window of our own session comes as `unlinked-window-close`. */
      readonly kind:
        'window-add' | 'unlinked-window-add' | 'window-close' | 'unlinked-window-close';
      readonly window: WindowId;
    }
  | {
      readonly kind: 'window-renamed' | 'unlinked-window-renamed';
      readonly window: WindowId;
      readonly name: string;
    }
  | { readonly kind: 'window-pane-changed'; readonly window: WindowId; readonly pane: PaneId }
  | {
      readonly kind: 'layout-change';
      readonly window: WindowId;
      readonly layout: string;
      readonly visibleLayout: string;
      readonly flags: string;
    }
  | { readonly kind: 'paste-buffer-changed' | 'paste-buffer-deleted'; readonly name: string }
  | { readonly kind: 'config-error' | 'message'; readonly text: string }
  | { readonly kind: 'exit'; readonly reason?: string }
  | { readonly kind: 'unknown'; readonly line: Uint8Array };

const SPACE = 0x20;
const COLON = 0x3a;
const PERCENT = 0x25;
/** Longer than any name tmux has; bounds what is decoded to look one up. */
const MAX_NAME_BYTES = 40;

/** Reads one line (without LF) that stands outside every block. Never throws. */
export function parseNotification(line: Uint8Array): Notification {
  return parseOutputLine(line) ?? parse(line) ?? { kind: 'unknown', line };
}

function parse(line: Uint8Array): Notification | undefined {
  if (line[0] !== PERCENT) return undefined;
  const space = line.indexOf(SPACE);
  const end = space === -1 ? line.length : space;
  if (end > MAX_NAME_BYTES) return undefined;
  const name = decodeUtf8(line.subarray(1, end));
  const rest = line.subarray(Math.min(end + 1, line.length));
  switch (name) {
    case 'output':
      return parseOutput(rest);
    case 'extended-output':
      return parseExtendedOutput(rest);
    case 'subscription-changed':
      return parseSubscription(rest);
    default:
      return parseText(name, decodeUtf8(rest), space !== -1);
  }
}

function parseOutput(rest: Uint8Array): Notification | undefined {
  const space = rest.indexOf(SPACE);
  if (space === -1) return undefined;
  const pane = parsePaneId(decodeUtf8(rest.subarray(0, space)));
  if (pane === undefined) return undefined;
  return { kind: 'output', pane, data: unescapeOutput(rest.subarray(space + 1)) };
}

function parseExtendedOutput(rest: Uint8Array): Notification | undefined {
  const cut = cutAtColon(rest);
  if (cut === undefined) return undefined;
  // tmux may put more fields before the colon later (control.c says so of them).
  const [paneText = '', age = ''] = cut.fields;
  const pane = parsePaneId(paneText);
  if (pane === undefined || !/^[0-9]+$/.test(age)) return undefined;
  return { kind: 'extended-output', pane, ageMs: Number(age), data: unescapeOutput(cut.value) };
}

function parseSubscription(rest: Uint8Array): Notification | undefined {
  const cut = cutAtColon(rest);
  if (cut === undefined) return undefined;
  const [name = '', sessionText = '', windowText = '', indexText = '', paneText = ''] = cut.fields;
  const session = parseSessionId(sessionText);
  if (name === '' || session === undefined) return undefined;
  const window = parseWindowId(windowText);
  const pane = parsePaneId(paneText);
  // `-` stands for what the subscription is not about.
  if (window === undefined && windowText !== '-') return undefined;
  if (pane === undefined && paneText !== '-') return undefined;
  if (!/^(?:-|[0-9]{1,10})$/.test(indexText)) return undefined;
  return {
    kind: 'subscription-changed',
    name,
    session,
    ...(window === undefined ? {} : { window }),
    ...(indexText === '-' ? {} : { index: Number(indexText) }),
    ...(pane === undefined ? {} : { pane }),
    value: cut.value,
  };
}

/** Splits `field field… : value` at the first lone colon. */
function cutAtColon(rest: Uint8Array): { fields: string[]; value: Uint8Array } | undefined {
  for (let i = rest.indexOf(COLON); i !== -1; i = rest.indexOf(COLON, i + 1)) {
    if (rest[i - 1] === SPACE && rest[i + 1] === SPACE) {
      const fields = decodeUtf8(rest.subarray(0, i - 1)).split(' ');
      return { fields, value: rest.subarray(i + 2) };
    }
  }
  return undefined;
}

function parseText(name: string, rest: string, hasRest: boolean): Notification | undefined {
  switch (name) {
    case 'sessions-changed':
      return hasRest ? undefined : { kind: name };
    case 'exit':
      return hasRest ? { kind: name, reason: rest } : { kind: name };
    case 'config-error':
    case 'message':
      return hasRest ? { kind: name, text: rest } : undefined;
    case 'paste-buffer-changed':
    case 'paste-buffer-deleted':
      return rest === '' ? undefined : { kind: name, name: rest };
    case 'client-detached':
      return rest === '' ? undefined : { kind: name, client: rest };
    case 'pause':
    case 'continue':
    case 'pane-mode-changed': {
      const pane = parsePaneId(rest);
      return pane && { kind: name, pane };
    }
    case 'window-add':
    case 'unlinked-window-add':
    case 'window-close':
    case 'unlinked-window-close': {
      const window = parseWindowId(rest);
      return window && { kind: name, window };
    }
    default:
      return parseFields(name, rest);
  }
}

function parseFields(name: string, rest: string): Notification | undefined {
  const [first, afterFirst] = cutWord(rest);
  switch (name) {
    case 'session-changed':
    case 'session-renamed': {
      const session = parseSessionId(first);
      return session && { kind: name, session, name: afterFirst };
    }
    case 'client-session-changed': {
      const [second, sessionName] = cutWord(afterFirst);
      const session = parseSessionId(second);
      return session && { kind: name, client: first, session, name: sessionName };
    }
    case 'session-window-changed': {
      const session = parseSessionId(first);
      const window = parseWindowId(afterFirst);
      return session && window && { kind: name, session, window };
    }
    case 'window-renamed':
    case 'unlinked-window-renamed': {
      const window = parseWindowId(first);
      return window && { kind: name, window, name: afterFirst };
    }
    case 'window-pane-changed': {
      const window = parseWindowId(first);
      const pane = parsePaneId(afterFirst);
      return window && pane && { kind: name, window, pane };
    }
    case 'layout-change': {
      const window = parseWindowId(first);
      const [layout, afterLayout] = cutWord(afterFirst);
      const [visibleLayout, flags] = cutWord(afterLayout);
      if (window === undefined || layout === '' || visibleLayout === '') return undefined;
      return { kind: name, window, layout, visibleLayout, flags };
    }
    default:
      return undefined;
  }
}

/** The word before the first space, and what follows that space. */
function cutWord(text: string): [string, string] {
  const space = text.indexOf(' ');
  return space === -1 ? [text, ''] : [text.slice(0, space), text.slice(space + 1)];
}
