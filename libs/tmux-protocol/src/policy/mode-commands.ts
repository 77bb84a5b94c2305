/** Commands of copy mode that tmux 3.2 to 3.7 have (window-copy.c), for `send-keys -X`. */
const NAMES = `
append-selection append-selection-and-cancel back-to-indentation begin-selection bottom-line cancel
clear-selection copy-end-of-line copy-end-of-line-and-cancel copy-pipe-end-of-line
copy-pipe-end-of-line-and-cancel copy-line copy-line-and-cancel copy-pipe-line copy-pipe-line-and-cancel
copy-pipe-no-clear copy-pipe copy-pipe-and-cancel copy-selection-no-clear copy-selection
copy-selection-and-cancel cursor-down cursor-down-and-cancel cursor-left cursor-right cursor-up
cursor-centre-vertical cursor-centre-horizontal end-of-line goto-line halfpage-down
halfpage-down-and-cancel halfpage-up history-bottom history-top jump-again jump-backward jump-forward
jump-reverse jump-to-backward jump-to-forward jump-to-mark next-prompt previous-prompt middle-line
next-matching-bracket next-paragraph next-space next-space-end next-word next-word-end other-end page-down
page-down-and-cancel page-up pipe-no-clear pipe pipe-and-cancel previous-matching-bracket
previous-paragraph previous-space previous-word recentre-top-bottom rectangle-on rectangle-off
rectangle-toggle refresh-from-pane scroll-bottom scroll-down scroll-down-and-cancel scroll-exit-on
scroll-exit-off scroll-exit-toggle scroll-middle scroll-to-mouse scroll-top scroll-up search-again
search-backward search-backward-text search-backward-incremental search-forward search-forward-text
search-forward-incremental search-reverse select-line select-word selection-mode set-mark start-of-line
stop-selection toggle-position top-line`;

const KNOWN: ReadonlySet<string> = new Set(NAMES.trim().split(/\s+/));

/** Whether copy mode has a command of this name. */
export function isModeCommand(name: string): boolean {
  return KNOWN.has(name);
}
