/** As VS Code's explorer; the browser's own, not tmux's: it works whatever the prefix. */
export function isFilesKey(event: KeyboardEvent): boolean {
  const isModified = event.shiftKey && (event.ctrlKey || event.metaKey) && !event.altKey;
  return isModified && event.code === 'KeyE';
}

/** How the key is written in menus. */
export function filesKeyHint(userAgent: string): string {
  return /Mac|iPhone|iPad/.test(userAgent) ? '⇧⌘E' : 'Ctrl+Shift+E';
}
