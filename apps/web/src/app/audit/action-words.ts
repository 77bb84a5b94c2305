/** What the server records, in words. A code that is not here is shown as it is read. */
const WORDS: Readonly<Record<string, string>> = {
  'sign-in': 'Sign in',
  'sign-in.end': 'End a sign-in',
  'sign-in.end-all': 'Sign out everywhere',
  'sign-out': 'Sign out',
  'link.create': 'Make a sign-in link',
  'token.create': 'Make an access token',
  'token.revoke': 'Revoke an access token',
  'credential.end': 'Credential ended',
  'request.refused': 'Request refused',
  'session.create': 'Create a session',
  'session.rename': 'Rename a session',
  'session.kill': 'Kill a session',
  'stream.open': 'Open a session',
  'stream.close': 'Leave a session',
  'tmux.command': 'Run a command',
  'tmux.take-driver': 'Take over the size',
  'input.keys': 'Type',
  'input.paste': 'Paste',
  'file.list': 'List a directory',
  'file.read': 'Read a file',
  'file.upload': 'Upload a file',
  'audit.read': 'Read the audit log',
  'audit.follow': 'Follow the audit log',
  'audit.export': 'Export the audit log',
  'server.start': 'Server started',
  'server.stop': 'Server stopped',
  'config.relaxed': 'Protection relaxed',
  'sign-in.revoke': 'End a sign-in',
  'user.add': 'Add a user',
  'user.set': 'Change a user',
  'user.password': 'Change a password',
  'user.disable': 'Disable a user',
  'user.enable': 'Enable a user',
  'user.remove': 'Remove a user',
  'anchor.failed': 'Checkpoint not sent',
  'anchor.recovered': 'Checkpoints sent again',
  'log.opened': 'Log opened',
  'log.closed': 'Log closed',
  'log.resumed': 'Recording again',
  'log.pruned': 'Old segments deleted',
  'log.damaged': 'Log damaged',
  'log.low-space': 'Disk nearly full',
  'log.clock': 'Clock set back',
  'log.segment': 'Log segment begun',
  'log.rotated': 'Log segment ended',
  'log.recovered': 'Log recovered',
  'log.lost': 'Records lost',
};

/** Groups that can be chosen to look at, as the server takes them for `action`. */
export const ACTION_GROUPS: readonly { readonly action: string; readonly label: string }[] = [
  { action: 'request.refused', label: 'refused requests' },
  { action: 'sign-in', label: 'sign-ins' },
  { action: 'stream.*', label: 'opened sessions' },
  { action: 'session.*', label: 'changed sessions' },
  { action: 'tmux.*', label: 'commands' },
  { action: 'input.*', label: 'typing and pasting' },
  { action: 'file.*', label: 'files' },
  { action: 'token.*', label: 'access tokens' },
  { action: 'user.*', label: 'users' },
  { action: 'audit.*', label: 'readers of this log' },
  { action: 'server.*', label: 'starts and stops' },
  { action: 'log.*', label: 'the log itself' },
  { action: 'anchor.*', label: 'checkpoints elsewhere' },
];

/** `Run a command` for `tmux.command`; `User undo all` for `user.undo-all`. */
export function actionWords(code: string): string {
  const known = Object.hasOwn(WORDS, code) ? WORDS[code] : undefined;
  if (known !== undefined) return known;
  const words = code
    .replace(/^tmux\./, '')
    .replace(/[.\-_]+/g, ' ')
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
