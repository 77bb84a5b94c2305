export { ControlReader, MAX_BLOCK_BYTES } from './blocks.js';
export type { Block, ControlEvent, ControlReaderOptions, ReplyExtent } from './blocks.js';
export {
  encodeCommand,
  encodeCommandLine,
  escapeFormat,
  hexWords,
  MAX_ARGUMENTS,
  quoteWord,
} from './encode.js';
export type { CommandWords } from './encode.js';
export { EncodeError, FramingError, LayoutError, LineTooLongError } from './errors.js';
export { parsePaneId, parseSessionId, parseWindowId } from './ids.js';
export type { PaneId, SessionId, WindowId } from './ids.js';
export { formatLayout, layoutChecksum, parseLayout } from './layout.js';
export type { CellBox, LayoutNode, PaneLayout, SplitLayout } from './layout.js';
export { LineSplitter, MAX_LINE_BYTES } from './line-splitter.js';
export { ModeTracker } from './mode-tracker.js';
export type { TrackedOutput } from './mode-tracker.js';
export { parseNotification } from './notifications.js';
export type { Notification } from './notifications.js';
export { unescapeOutput } from './unescape.js';
export { decodeUtf8, encodedLength, encodeUtf8, Utf8Stream } from './utf8.js';
