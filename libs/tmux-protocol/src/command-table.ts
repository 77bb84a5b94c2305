/** A tmux command as its server knows it. */
export interface CommandSpec {
  readonly name: string;
  readonly alias?: string;
  /** Flags as for getopt: `x` a flag, `x:` with a value, `x::` with an optional one. */
  readonly flags: string;
  /** Fewest and most arguments after the flags. */
  readonly args: readonly [min: number, max: number];
}

/** Why a name is no command; `candidates` are the full names it could mean. */
export interface UnresolvedCommand {
  readonly error: 'unknown' | 'ambiguous';
  readonly candidates: readonly string[];
}

/**
 * The commands of tmux 3.3a (each cmd-*.c, `cmd_entry`), in tmux's order, and `new-pane` of 3.7.
 * Flags that later versions added are left out: what is not known here is refused.
 */
export const COMMANDS: readonly CommandSpec[] = [
  { name: 'attach-session', alias: 'attach', flags: 'c:dEf:rt:x', args: [0, 0] },
  { name: 'bind-key', alias: 'bind', flags: 'nrN:T:', args: [1, Infinity] },
  { name: 'break-pane', alias: 'breakp', flags: 'abdPF:n:s:t:', args: [0, 0] },
  { name: 'capture-pane', alias: 'capturep', flags: 'ab:CeE:JNpPqS:t:', args: [0, 0] },
  { name: 'choose-buffer', flags: 'F:f:K:NO:rt:Z', args: [0, 1] },
  { name: 'choose-client', flags: 'F:f:K:NO:rt:Z', args: [0, 1] },
  { name: 'choose-tree', flags: 'F:f:GK:NO:rst:wZ', args: [0, 1] },
  { name: 'clear-history', alias: 'clearhist', flags: 't:', args: [0, 0] },
  { name: 'clear-prompt-history', alias: 'clearphist', flags: 'T:', args: [0, 0] },
  { name: 'clock-mode', flags: 't:', args: [0, 0] },
  { name: 'command-prompt', flags: '1bFkiI:Np:t:T:', args: [0, 1] },
  { name: 'confirm-before', alias: 'confirm', flags: 'bp:t:', args: [1, 1] },
  { name: 'copy-mode', flags: 'eHMs:t:uq', args: [0, 0] },
  { name: 'customize-mode', flags: 'F:f:Nt:Z', args: [0, 0] },
  { name: 'delete-buffer', alias: 'deleteb', flags: 'b:', args: [0, 0] },
  { name: 'detach-client', alias: 'detach', flags: 'aE:s:t:P', args: [0, 0] },
  { name: 'display-menu', alias: 'menu', flags: 'c:t:OT:x:y:', args: [1, Infinity] },
  { name: 'display-message', alias: 'display', flags: 'ac:d:INpt:F:v', args: [0, 1] },
  {
    name: 'display-popup',
    alias: 'popup',
    flags: 'Bb:Cc:d:e:Eh:s:S:t:T:w:x:y:',
    args: [0, Infinity],
  },
  { name: 'display-panes', alias: 'displayp', flags: 'bd:Nt:', args: [0, 1] },
  { name: 'find-window', alias: 'findw', flags: 'CiNrt:TZ', args: [1, 1] },
  { name: 'has-session', alias: 'has', flags: 't:', args: [0, 0] },
  { name: 'if-shell', alias: 'if', flags: 'bFt:', args: [2, 3] },
  { name: 'join-pane', alias: 'joinp', flags: 'bdfhvp:l:s:t:', args: [0, 0] },
  { name: 'kill-pane', alias: 'killp', flags: 'at:', args: [0, 0] },
  { name: 'kill-server', flags: '', args: [0, 0] },
  { name: 'kill-session', flags: 'aCt:', args: [0, 0] },
  { name: 'kill-window', alias: 'killw', flags: 'at:', args: [0, 0] },
  { name: 'last-pane', alias: 'lastp', flags: 'det:Z', args: [0, 0] },
  { name: 'last-window', alias: 'last', flags: 't:', args: [0, 0] },
  { name: 'link-window', alias: 'linkw', flags: 'abdks:t:', args: [0, 0] },
  { name: 'list-buffers', alias: 'lsb', flags: 'F:f:', args: [0, 0] },
  { name: 'list-clients', alias: 'lsc', flags: 'F:t:', args: [0, 0] },
  { name: 'list-commands', alias: 'lscm', flags: 'F:', args: [0, 1] },
  { name: 'list-keys', alias: 'lsk', flags: '1aNP:T:', args: [0, 1] },
  { name: 'list-panes', alias: 'lsp', flags: 'asF:f:t:', args: [0, 0] },
  { name: 'list-sessions', alias: 'ls', flags: 'F:f:', args: [0, 0] },
  { name: 'list-windows', alias: 'lsw', flags: 'F:f:at:', args: [0, 0] },
  { name: 'load-buffer', alias: 'loadb', flags: 'b:t:w', args: [1, 1] },
  { name: 'lock-client', alias: 'lockc', flags: 't:', args: [0, 0] },
  { name: 'lock-server', alias: 'lock', flags: '', args: [0, 0] },
  { name: 'lock-session', alias: 'locks', flags: 't:', args: [0, 0] },
  { name: 'move-pane', alias: 'movep', flags: 'bdfhvp:l:s:t:', args: [0, 0] },
  { name: 'move-window', alias: 'movew', flags: 'abdkrs:t:', args: [0, 0] },
  {
    name: 'new-pane',
    alias: 'newp',
    flags: 'bc:de:EfF:hIkl:Lm:p:PR:s:S:t:vx:X:y:Y:Z',
    args: [0, Infinity],
  },
  { name: 'new-session', alias: 'new', flags: 'Ac:dDe:EF:f:n:Ps:t:x:Xy:', args: [0, Infinity] },
  { name: 'new-window', alias: 'neww', flags: 'abc:de:F:kn:PSt:', args: [0, Infinity] },
  { name: 'next-layout', alias: 'nextl', flags: 't:', args: [0, 0] },
  { name: 'next-window', alias: 'next', flags: 'at:', args: [0, 0] },
  { name: 'paste-buffer', alias: 'pasteb', flags: 'db:prs:t:', args: [0, 0] },
  { name: 'pipe-pane', alias: 'pipep', flags: 'IOot:', args: [0, 1] },
  { name: 'previous-layout', alias: 'prevl', flags: 't:', args: [0, 0] },
  { name: 'previous-window', alias: 'prev', flags: 'at:', args: [0, 0] },
  { name: 'refresh-client', alias: 'refresh', flags: 'A:B:cC:Df:F:l::LRSt:U', args: [0, 1] },
  { name: 'rename-session', alias: 'rename', flags: 't:', args: [1, 1] },
  { name: 'rename-window', alias: 'renamew', flags: 't:', args: [1, 1] },
  { name: 'resize-pane', alias: 'resizep', flags: 'DLMRTt:Ux:y:Z', args: [0, 1] },
  { name: 'resize-window', alias: 'resizew', flags: 'aADLRt:Ux:y:', args: [0, 1] },
  { name: 'respawn-pane', alias: 'respawnp', flags: 'c:e:kt:', args: [0, Infinity] },
  { name: 'respawn-window', alias: 'respawnw', flags: 'c:e:kt:', args: [0, Infinity] },
  { name: 'rotate-window', alias: 'rotatew', flags: 'Dt:UZ', args: [0, 0] },
  { name: 'run-shell', alias: 'run', flags: 'bd:Ct:', args: [0, 1] },
  { name: 'save-buffer', alias: 'saveb', flags: 'ab:', args: [1, 1] },
  { name: 'select-layout', alias: 'selectl', flags: 'Enopt:', args: [0, 1] },
  { name: 'select-pane', alias: 'selectp', flags: 'DdegLlMmP:RT:t:UZ', args: [0, 0] },
  { name: 'select-window', alias: 'selectw', flags: 'lnpTt:', args: [0, 0] },
  { name: 'send-keys', alias: 'send', flags: 'FHlMN:Rt:X', args: [0, Infinity] },
  { name: 'send-prefix', flags: '2t:', args: [0, 0] },
  { name: 'server-access', flags: 'adlrw', args: [0, 1] },
  { name: 'set-buffer', alias: 'setb', flags: 'ab:t:n:w', args: [0, 1] },
  { name: 'set-environment', alias: 'setenv', flags: 'Fhgrt:u', args: [1, 2] },
  { name: 'set-hook', flags: 'agpRt:uw', args: [1, 2] },
  { name: 'set-option', alias: 'set', flags: 'aFgopqst:uUw', args: [1, 2] },
  { name: 'set-window-option', alias: 'setw', flags: 'aFgoqt:u', args: [1, 2] },
  { name: 'show-buffer', alias: 'showb', flags: 'b:', args: [0, 0] },
  { name: 'show-environment', alias: 'showenv', flags: 'hgst:', args: [0, 1] },
  { name: 'show-hooks', flags: 'gpt:w', args: [0, 1] },
  { name: 'show-messages', alias: 'showmsgs', flags: 'JTt:', args: [0, 0] },
  { name: 'show-options', alias: 'show', flags: 'AgHpqst:vw', args: [0, 1] },
  { name: 'show-prompt-history', alias: 'showphist', flags: 'T:', args: [0, 0] },
  { name: 'show-window-options', alias: 'showw', flags: 'gvt:', args: [0, 1] },
  { name: 'source-file', alias: 'source', flags: 'Fnqv', args: [1, Infinity] },
  { name: 'split-window', alias: 'splitw', flags: 'bc:de:fF:hIl:p:Pt:vZ', args: [0, Infinity] },
  { name: 'start-server', alias: 'start', flags: '', args: [0, 0] },
  { name: 'suspend-client', alias: 'suspendc', flags: 't:', args: [0, 0] },
  { name: 'swap-pane', alias: 'swapp', flags: 'dDs:t:UZ', args: [0, 0] },
  { name: 'swap-window', alias: 'swapw', flags: 'ds:t:', args: [0, 0] },
  { name: 'switch-client', alias: 'switchc', flags: 'lc:EFnpt:rT:Z', args: [0, 0] },
  { name: 'unbind-key', alias: 'unbind', flags: 'anqT:', args: [0, 1] },
  { name: 'unlink-window', alias: 'unlinkw', flags: 'kt:', args: [0, 0] },
  { name: 'wait-for', alias: 'wait', flags: 'LSU', args: [1, 1] },
];

/**
 * Finds the command that tmux would run for `name`: by exact alias, exact name or unique prefix
 * (cmd.c, `cmd_find`). The user's `command-alias` option is not known here.
 */
export function resolveCommand(name: string): CommandSpec | UnresolvedCommand {
  const exact =
    COMMANDS.find(({ alias }) => alias === name) ?? COMMANDS.find((spec) => spec.name === name);
  if (exact !== undefined) return exact;
  const [first, ...others] = COMMANDS.filter((spec) => spec.name.startsWith(name));
  if (first === undefined) return { error: 'unknown', candidates: [] };
  if (others.length === 0) return first;
  return { error: 'ambiguous', candidates: [first, ...others].map((spec) => spec.name) };
}

/**
 * All words that every tmux takes for a command: its name, its alias, then its unique beginnings from the
 * longest to the shortest. A `command-alias` of the user shadows the words it is named like, and only those.
 */
export function synonyms(spec: CommandSpec): string[] {
  const beginnings = Array.from({ length: spec.name.length - 1 }, (_, cut) =>
    spec.name.slice(0, -1 - cut),
  );
  const words = [spec.name, ...(spec.alias === undefined ? [] : [spec.alias]), ...beginnings];
  return words.filter((word, i) => resolveCommand(word) === spec && words.indexOf(word) === i);
}
