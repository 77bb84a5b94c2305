export { ControlReader, MAX_BLOCK_BYTES } from './blocks.js';
export type { Block, ControlEvent, ControlReaderOptions, ReplyExtent } from './blocks.js';
export { encodeParsedCommands, parseCommandLine } from './command-language.js';
export type { Arg, ParsedCommand } from './command-language.js';
export { COMMANDS, resolveCommand, synonyms } from './command-table.js';
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
export type { GivenFlag, ParsedFlags } from './flags.js';
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
export { BUILT_IN_POLICIES, mergePolicy } from './policy/built-in.js';
export { COMMAND_RULES } from './policy/command-rules.js';
export type { ArgKind, CommandRules } from './policy/command-rules.js';
export { scanFormat } from './policy/format-scan.js';
export type { FormatScan } from './policy/format-scan.js';
export { FormatProblem } from './policy/format-syntax.js';
export { judge, judgeFormat } from './policy/judge.js';
export { EFFECTS } from './policy/types.js';
export type {
  CommandPolicy,
  CommandScope,
  Denial,
  Effect,
  JudgedCommand,
  PolicyRule,
  ScopedSession,
  Verdict,
} from './policy/types.js';
export { unescapeOutput } from './unescape.js';
export { decodeUtf8, encodedLength, encodeUtf8, Utf8Stream } from './utf8.js';
export type { ValidUtf8Decoder } from './utf8.js';
