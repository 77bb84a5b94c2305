import type { Effect } from './types.js';
import type { TargetKind } from './targets.js';

/**
 * What an argument, or the value of a flag, is to tmux (tmux.md §6). `format` is expanded, `format-time`
 * goes through strftime before; `prompts` are such formats between commas; `name` and `path` are formats as well, in one version or another.
 * `commands` are tmux commands, as text or in braces; `expanded-commands` are a format first when they
 * are text; `prompted` and `chosen` are commands with placeholders, for what somebody types or chooses.
 */
export type ArgKind =
  | TargetKind
  | 'client'
  | 'format'
  | 'format-time'
  | 'prompts'
  | 'prompt-type'
  | 'name'
  | 'path'
  | 'shell'
  | 'commands'
  | 'expanded-commands'
  | 'prompted'
  | 'chosen'
  | 'file'
  | 'environment'
  | 'number'
  | 'width'
  | 'height'
  | 'line'
  | 'plain'
  /** Judged by a rule of the command itself (special-rules.ts). */
  | 'special';

/** What one command does: all effects that it has by itself, and more by flag and by argument. */
export interface CommandRules {
  readonly effects: readonly Effect[];
  /** Kinds of the values of flags: of every flag that has one. */
  readonly values?: Readonly<Record<string, ArgKind>>;
  /** Effects that a flag adds. */
  readonly adds?: Readonly<Record<string, readonly Effect[]>>;
  /** Flags that nobody may use, and why. */
  readonly refused?: Readonly<Record<string, string>>;
  /** Kinds of the arguments; the last one's goes for all that follow. */
  readonly args?: readonly ArgKind[];
  /** Without `-s` it takes the marked pane, which may be anywhere. */
  readonly marked?: true;
  /** Without `-s` it takes the current window, which may be one of any session where no client runs it. */
  readonly ownSource?: true;
  /** It acts on the client that runs it; where tmux itself runs it, on whichever client tmux finds. */
  readonly ownClient?: true;
  /** It presses keys, which run bindings where the pane is in a mode. */
  readonly types?: true;
}

const UNKNOWN = 'it is of tmux 3.7 and not known here';
const pick = { F: 'format', f: 'format', K: 'format', O: 'plain' } as const;
const spawn = { c: 'path', e: 'environment' } as const;
const join = { l: 'line', p: 'number', s: 'pane', t: 'pane' } as const;

/** Every command of tmux 3.2 to 3.7 by its full name; the table of tmux.md §6. */
export const COMMAND_RULES: Readonly<Record<string, CommandRules>> = {
  'attach-session': {
    effects: ['layout'],
    values: { c: 'path', f: 'plain', t: 'session' },
    adds: { c: ['later'], d: ['client'], f: ['client'], r: ['client'], x: ['client'] },
    ownClient: true,
  },
  'bind-key': {
    effects: ['later', 'server'],
    values: { N: 'plain', T: 'plain' },
    args: ['plain', 'special'],
  },
  'break-pane': {
    effects: ['layout'],
    values: { F: 'format', n: 'name', s: 'pane', t: 'slot' },
    adds: { n: ['name'], P: ['read'] },
    ownSource: true,
  },
  'capture-pane': {
    effects: ['read'],
    values: { b: 'plain', E: 'line', S: 'line', t: 'pane' },
    adds: { b: ['buffer'] },
  },
  'choose-buffer': {
    effects: ['layout', 'buffer'],
    values: { ...pick, t: 'pane' },
    args: ['chosen'],
    ownClient: true,
  },
  'choose-client': {
    effects: ['layout', 'client', 'reveal'],
    values: { ...pick, t: 'pane' },
    args: ['chosen'],
    ownClient: true,
  },
  'choose-tree': {
    effects: ['layout', 'other-session'],
    values: { ...pick, t: 'pane' },
    args: ['chosen'],
    ownClient: true,
  },
  'clear-history': { effects: ['kill'], values: { t: 'pane' } },
  'clear-prompt-history': { effects: ['server'], values: { T: 'plain' } },
  'clock-mode': { effects: ['layout'], values: { t: 'pane' } },
  'command-prompt': {
    effects: ['read'],
    values: { I: 'prompts', p: 'prompts', t: 'client', T: 'prompt-type' },
    args: ['prompted'],
    ownClient: true,
  },
  'confirm-before': {
    effects: ['read'],
    values: { p: 'format-time', t: 'client' },
    args: ['expanded-commands'],
    ownClient: true,
  },
  'copy-mode': { effects: ['layout', 'read'], values: { s: 'pane', t: 'pane' } },
  'customize-mode': {
    effects: ['layout', 'reveal', 'later'],
    values: { F: 'format', f: 'format', t: 'pane' },
  },
  'delete-buffer': { effects: ['buffer'], values: { b: 'plain' } },
  'detach-client': {
    effects: ['layout'],
    values: { E: 'shell', s: 'session', t: 'client' },
    adds: { a: ['client'], s: ['client'], P: ['client'], E: ['client'] },
    ownClient: true,
  },
  'display-menu': {
    effects: ['client'],
    values: { c: 'client', t: 'pane', T: 'format', x: 'format', y: 'format' },
    args: ['special'],
  },
  'display-message': {
    effects: ['read'],
    values: { c: 'client', d: 'number', t: 'pane', F: 'format-time' },
    adds: { a: ['reveal'], v: ['reveal'], I: ['input'] },
    refused: { c: 'tmux 3.2 takes its value for the message' },
    args: ['format-time'],
  },
  'display-panes': {
    effects: ['read'],
    values: { d: 'number', t: 'client' },
    args: ['chosen'],
    ownClient: true,
  },
  'display-popup': {
    effects: ['client', 'create'],
    values: {
      b: 'plain',
      e: 'environment',
      c: 'client',
      d: 'path',
      h: 'format',
      s: 'plain',
      S: 'plain',
      t: 'pane',
      T: 'format',
      w: 'format',
      x: 'format',
      y: 'format',
    },
    args: ['shell'],
  },
  'find-window': {
    effects: ['layout', 'other-session'],
    values: { t: 'pane' },
    adds: { r: ['server'] },
    args: ['special'],
  },
  'has-session': { effects: ['read'], values: { t: 'session' } },
  'if-shell': {
    effects: ['read'],
    values: { t: 'pane' },
    args: ['special', 'commands', 'commands'],
  },
  'join-pane': { effects: ['layout'], values: join, marked: true },
  'kill-pane': { effects: ['kill'], values: { t: 'pane' } },
  'kill-server': { effects: ['kill', 'server'] },
  'kill-session': { effects: ['kill'], values: { t: 'session' }, adds: { a: ['other-session'] } },
  'kill-window': { effects: ['kill'], values: { t: 'winlink' } },
  'last-pane': {
    effects: ['layout'],
    values: { t: 'window' },
    adds: { d: ['input'], e: ['input'] },
  },
  'last-window': { effects: ['layout'], values: { t: 'session' } },
  'link-window': {
    effects: ['layout'],
    values: { s: 'winlink', t: 'slot' },
    adds: { k: ['kill'] },
    ownSource: true,
  },
  'list-buffers': { effects: ['buffer'], values: { F: 'format', f: 'format' } },
  'list-clients': { effects: ['reveal'], values: { F: 'format', t: 'session' } },
  'list-commands': { effects: ['read'], values: { F: 'format' }, args: ['plain'] },
  'list-keys': { effects: ['read'], values: { P: 'plain', T: 'plain' }, args: ['plain'] },
  'list-panes': {
    effects: ['read'],
    values: { F: 'format', f: 'format', t: 'window' },
    adds: { a: ['other-session'] },
  },
  'list-sessions': { effects: ['read', 'other-session'], values: { F: 'format', f: 'format' } },
  'list-windows': {
    effects: ['read'],
    values: { F: 'format', f: 'format', t: 'session' },
    adds: { a: ['other-session'] },
  },
  'load-buffer': {
    effects: ['buffer', 'file-read'],
    values: { b: 'plain', t: 'client' },
    adds: { w: ['client'] },
    args: ['file'],
  },
  'lock-client': { effects: ['client', 'shell'], values: { t: 'client' } },
  'lock-server': { effects: ['client', 'shell', 'server'] },
  'lock-session': { effects: ['client', 'shell'], values: { t: 'session' } },
  'move-pane': { effects: ['layout'], values: join, marked: true },
  'move-window': {
    effects: ['layout'],
    values: { s: 'winlink', t: 'slot' },
    adds: { k: ['kill'] },
    ownSource: true,
  },
  'new-pane': {
    effects: ['create'],
    values: {
      ...spawn,
      F: 'format',
      l: 'line',
      m: 'format',
      p: 'number',
      R: 'plain',
      s: 'plain',
      S: 'plain',
      t: 'pane',
      x: 'width',
      X: 'plain',
      y: 'height',
      Y: 'plain',
    },
    refused: Object.fromEntries(Array.from('EkLmRsSXY', (flag) => [flag, UNKNOWN])),
    adds: { P: ['read'] },
    args: ['shell'],
  },
  'new-session': {
    effects: ['create', 'other-session'],
    values: {
      ...spawn,
      f: 'plain',
      F: 'format',
      n: 'name',
      s: 'name',
      t: 'plain',
      x: 'width',
      y: 'height',
    },
    adds: { P: ['read'], D: ['client'], X: ['client'], f: ['client'] },
    args: ['shell'],
  },
  'new-window': {
    effects: ['create'],
    values: { ...spawn, F: 'format', n: 'name', t: 'slot' },
    adds: { P: ['read'], k: ['kill'], n: ['name'] },
    args: ['shell'],
  },
  'next-layout': { effects: ['layout'], values: { t: 'window' } },
  'next-window': { effects: ['layout'], values: { t: 'session' } },
  'paste-buffer': { effects: ['input', 'buffer'], values: { b: 'plain', s: 'plain', t: 'pane' } },
  'pipe-pane': { effects: ['layout'], values: { t: 'pane' }, args: ['shell'] },
  'previous-layout': { effects: ['layout'], values: { t: 'window' } },
  'previous-window': { effects: ['layout'], values: { t: 'session' } },
  'refresh-client': {
    effects: ['layout'],
    values: {
      A: 'special',
      B: 'special',
      C: 'special',
      f: 'plain',
      F: 'plain',
      l: 'plain',
      t: 'client',
    },
    adds: { A: ['client'], f: ['client'], F: ['client'] },
    refused: { l: 'versions of tmux read it differently' },
    args: ['number'],
    ownClient: true,
  },
  'rename-session': {
    effects: ['name', 'other-session'],
    values: { t: 'session' },
    args: ['name'],
  },
  'rename-window': { effects: ['name'], values: { t: 'window' }, args: ['name'] },
  'resize-pane': {
    effects: ['layout'],
    values: { t: 'pane', x: 'width', y: 'height' },
    adds: { T: ['kill'] },
    args: ['number'],
  },
  'resize-window': {
    effects: ['layout'],
    values: { t: 'window', x: 'width', y: 'height' },
    args: ['number'],
  },
  'respawn-pane': {
    effects: ['create'],
    values: { ...spawn, t: 'pane' },
    adds: { k: ['kill'] },
    args: ['shell'],
  },
  'respawn-window': {
    effects: ['create'],
    values: { ...spawn, t: 'window' },
    adds: { k: ['kill'] },
    args: ['shell'],
  },
  'rotate-window': { effects: ['layout'], values: { t: 'window' } },
  'run-shell': {
    effects: ['read'],
    values: { d: 'number', t: 'pane' },
    // By then whoever typed it may not be allowed to any more.
    adds: { d: ['later'] },
    args: ['special'],
  },
  'save-buffer': { effects: ['buffer', 'file-write'], values: { b: 'plain' }, args: ['file'] },
  'select-layout': { effects: ['layout'], values: { t: 'window' }, args: ['special'] },
  'select-pane': {
    effects: ['layout'],
    values: { P: 'plain', T: 'name', t: 'pane' },
    adds: {
      d: ['input'],
      e: ['input'],
      g: ['reveal'],
      m: ['other-session'],
      M: ['other-session'],
      P: ['option'],
      T: ['name'],
    },
  },
  'select-window': { effects: ['layout'], values: { t: 'winlink' } },
  'send-keys': {
    effects: ['input'],
    values: { N: 'special', t: 'pane' },
    args: ['special'],
    types: true,
  },
  'send-prefix': { effects: ['input'], values: { t: 'pane' }, types: true },
  'server-access': { effects: ['server'], args: ['name'] },
  'set-buffer': {
    effects: ['buffer'],
    values: { b: 'plain', t: 'client', n: 'plain' },
    adds: { w: ['client'] },
    args: ['plain'],
  },
  'set-environment': {
    effects: ['later'],
    values: { t: 'session' },
    adds: { g: ['server'] },
    args: ['plain', 'special'],
  },
  'set-hook': { effects: ['later'], values: { t: 'pane' }, args: ['special'] },
  'set-option': { effects: ['option'], values: { t: 'pane' }, args: ['special'] },
  'set-window-option': { effects: ['option'], values: { t: 'window' }, args: ['special'] },
  'show-buffer': { effects: ['buffer'], values: { b: 'plain' } },
  'show-environment': { effects: ['reveal'], values: { t: 'session' }, args: ['plain'] },
  'show-hooks': { effects: ['reveal'], values: { t: 'pane' }, args: ['format'] },
  'show-messages': { effects: ['reveal'], values: { t: 'client' } },
  'show-options': { effects: ['read'], values: { t: 'pane' }, args: ['special'] },
  'show-prompt-history': { effects: ['reveal'], values: { T: 'plain' } },
  'show-window-options': { effects: ['read'], values: { t: 'window' }, args: ['special'] },
  // What the file holds cannot be known: it may do anything.
  'source-file': { effects: ['file-read', 'shell', 'later', 'server'], args: ['file'] },
  'split-window': {
    effects: ['create'],
    values: { ...spawn, F: 'format', l: 'line', p: 'number', t: 'pane' },
    adds: { P: ['read'], I: ['input'] },
    args: ['shell'],
  },
  'start-server': { effects: ['read'] },
  'suspend-client': { effects: ['client'], values: { t: 'client' } },
  'swap-pane': { effects: ['layout'], values: { s: 'pane', t: 'pane' }, marked: true },
  'swap-window': { effects: ['layout'], values: { s: 'winlink', t: 'winlink' }, marked: true },
  'switch-client': {
    effects: ['layout'],
    values: { c: 'client', t: 'pane', T: 'plain' },
    adds: {
      l: ['other-session'],
      n: ['other-session'],
      p: ['other-session'],
      r: ['client'],
    },
    ownClient: true,
  },
  'unbind-key': { effects: ['later', 'server'], values: { T: 'plain' }, args: ['plain'] },
  'unlink-window': { effects: ['kill'], values: { t: 'winlink' } },
  'wait-for': { effects: ['wait'], args: ['plain'] },
};
