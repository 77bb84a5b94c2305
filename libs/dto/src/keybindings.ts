/** One binding of one key table, as tmux's `list-keys` reports it. */
export interface KeyBindingView {
  /** tmux's key name: `C-b`, `M-Up`, `%`, `F5`, `Space`. */
  readonly key: string;
  /** Whether the prefix stays armed for `repeatTimeMs` after it (`bind-key -r`). */
  readonly repeat: boolean;
  /** The command list, in tmux's own words; for display only, it is run by name with `run-binding`. */
  readonly command: string;
}

export interface KeyBindingsEvent {
  /** `prefix` and, when set, `prefix2`. */
  readonly prefixes: readonly string[];
  readonly repeatTimeMs: number;
  /** Table name (`prefix`, `root`, or the user's own) → its bindings. Mouse bindings are left out. */
  readonly tables: Readonly<Record<string, readonly KeyBindingView[]>>;
}
