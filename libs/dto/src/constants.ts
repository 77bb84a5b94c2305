/** Values both ends keep to. No decorators here, so that the browser may import it by value. */

/** Comment sent on an idle stream; a client that heard nothing for twice as long reconnects. */
export const HEARTBEAT_MS = 5_000;
/** The same for a page that nobody sees: seldom, for the sake of phones, and still before proxies lose patience. */
export const HIDDEN_HEARTBEAT_MS = 20_000;

/**
 * Characters of event data that may be on their way to a viewer that acknowledges what it has read. This by the
 * round trip is its throughput; this by the speed of its link is how old what it sees may be.
 */
export const FLOW_WINDOW_CHARS = 512 * 1024;
/** An acknowledgement is sent when this much more was read: half of the window, so that the other half is on its way. */
export const FLOW_ACK_CHARS = 256 * 1024;
/** … this long after the last one when a frame was read, as the next is only sent then … */
export const FRAME_ACK_MS = 250;
/** … once this much of its pane was not acknowledged. */
export const FRAME_UNREAD_CHARS = 64 * 1024;
/** … and after this time, read or not, so that the server knows of a viewer that is gone. */
export const FLOW_ACK_MS = 15_000;

/** Size a driver may ask for (tmux.md §3: clamp; tmux itself would take 10000×10000). */
export const MIN_COLS = 20;
export const MAX_COLS = 500;
export const MIN_ROWS = 5;
export const MAX_ROWS = 200;

/** Most UTF-8 bytes in one `send-input`; more is refused with `too-large`. */
export const INPUT_MAX_BYTES = 64 * 1024;
/** Most UTF-8 bytes in one `paste`; more is refused with `too-large`. */
export const PASTE_MAX_BYTES = 4 * 1024 * 1024;
/** Most inputs of one connection that may wait for an earlier `seq`; past it they are refused. */
export const INPUT_REORDER_MAX = 256;
/** Longest session or window name, in characters. */
export const NAME_MAX_LENGTH = 64;
/** Longest command line for `tmux`, in characters. */
export const COMMAND_MAX_LENGTH = 16_384;

export const SESSION_TOKEN_HEADER = 'X-Session-Token';
export const CORRELATION_ID_HEADER = 'X-Correlation-Id';
export const LAST_EVENT_ID_HEADER = 'Last-Event-ID';
