export { ControlReader, MAX_BLOCK_BYTES } from './blocks.js';
export type { Block, ControlEvent, ControlReaderOptions, ReplyExtent } from './blocks.js';
export { encodeParsedCommands, parseCommandLine } from './command-language.js';
export type { Arg, ParsedCommand } from './command-language.js';
export { COMMANDS, resolveCommand } from './command-table.js';
export type { CommandSpec, UnresolvedCommand } from './command-table.js';
export {
  encodeCommand,
  encodeCommandLine,
  escapeFormat,
  hexWords,
  MAX_ARGUMENTS,
  quoteWord,
} from './encode.js';
export type { CommandWords } from './encode.js';
export {
  CommandSyntaxError,
  EncodeError,
  FramingError,
  LayoutError,
  LineTooLongError,
} from './errors.js';
export { parseFlags } from './flags.js';
export type { ParsedFlags } from './flags.js';
export { parsePaneId, parseSessionId, parseWindowId } from './ids.js';
export type { PaneId, SessionId, WindowId } from './ids.js';
export { formatLayout, layoutChecksum, parseLayout } from './layout.js';
export type { CellBox, LayoutNode, PaneLayout, SplitLayout } from './layout.js';
export { LineSplitter, MAX_LINE_BYTES } from './line-splitter.js';
export { parseListKeys } from './list-keys.js';
export type { ListedBinding } from './list-keys.js';
export { ModeTracker } from './mode-tracker.js';
export type { TrackedOutput } from './mode-tracker.js';
export { parseNotification } from './notifications.js';
export type { Notification } from './notifications.js';
export { unescapeOutput } from './unescape.js';
export { decodeUtf8, encodedLength, encodeUtf8, Utf8Stream } from './utf8.js';
