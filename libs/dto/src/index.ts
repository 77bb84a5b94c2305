export type { SessionId, WindowId, PaneId } from './ids.js';
export type { Role, IdentityView, MeView } from './identity.js';
export type {
  AccessTokenCreated,
  AccessTokensView,
  AccessTokenView,
  OidcProblem,
  SignInMethodName,
  SignInMethodsView,
  SignInsView,
  SignInView,
} from './sign-in.js';
export type { AuditPageView, AuditRecordView, AuditStatusView } from './audit.js';
export type {
  DirectoryEntryView,
  DirectoryView,
  FileKind,
  FileRootsView,
  FileRootView,
} from './files.js';
export { ERROR_CODES } from './errors.js';
export type { ErrorCode, ErrorView } from './errors.js';
export type { CellBox, PaneLayout, SplitLayout, LayoutNode } from './layout.js';
export type {
  BellEvent,
  ClipboardEvent,
  ConnectionInfoEvent,
  FatalEvent,
  FlowView,
  FrameEvent,
  LimitsView,
  LogEvent,
  NoticeEvent,
  OutputEvent,
  PaneChange,
  PaneInfo,
  PaneSeed,
  PaneView,
  SessionRef,
  SnapshotEvent,
  StateEvent,
  StreamEventName,
  StreamEvents,
  TmuxLinkView,
  ViewerView,
  WindowView,
} from './events.js';
export type { KeyBindingView, KeyBindingsEvent } from './keybindings.js';
export { LAYOUT_NAMES, SPLIT_DIRECTIONS } from './commands.js';
export type {
  CommandName,
  Commands,
  LayoutName,
  PromptField,
  RunResult,
  SplitDirection,
  UiRequest,
} from './commands.js';
export type { SessionView, SessionsView } from './sessions.js';
export { SessionNameDto } from './session-name.dto.js';
export {
  AckArgs,
  COMMAND_ARGS,
  COMMAND_NAMES,
  CommandDto,
  MoveWindowArgs,
  NoArgs,
  PaneArgs,
  PasteArgs,
  RenameSessionArgs,
  RenameWindowArgs,
  ResizePaneArgs,
  RunBindingArgs,
  SelectLayoutArgs,
  SendInputArgs,
  SetSizeArgs,
  SetVisibilityArgs,
  SplitPaneArgs,
  SwapPaneArgs,
  TmuxArgs,
  WindowArgs,
} from './command-args.dto.js';
