import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import {
  COMMAND_MAX_LENGTH,
  MAX_COLS,
  MAX_ROWS,
  MIN_COLS,
  MIN_ROWS,
  NAME_MAX_LENGTH,
} from './constants.js';
import { LAYOUT_NAMES, SPLIT_DIRECTIONS } from './commands.js';
import type { CommandName, Commands, LayoutName, SplitDirection } from './commands.js';
import type { PaneId, WindowId } from './ids.js';

const IsPaneId = () => Matches(/^%(0|[1-9][0-9]{0,9})$/, { message: 'must be a pane id like %1' });
const IsWindowId = () =>
  Matches(/^@(0|[1-9][0-9]{0,9})$/, { message: 'must be a window id like @1' });

// No field below has a default: what is missing must be refused, not filled in.

/** `{}`: any property is refused. */
export class NoArgs {
  readonly [key: string]: never;
}

export class PaneArgs {
  @IsPaneId()
  readonly pane!: PaneId;
}

export class WindowArgs {
  @IsWindowId()
  readonly window!: WindowId;
}

export class SendInputArgs extends PaneArgs {
  /** Text as typed; a lone low surrogate U+DC00 + byte stands for a byte that is not UTF-8. */
  @IsString()
  readonly data!: string;

  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  readonly seq!: number;
}

export class PasteArgs extends PaneArgs {
  @IsString()
  readonly data!: string;
}

export class TmuxArgs {
  @IsString()
  @MaxLength(COMMAND_MAX_LENGTH)
  readonly command!: string;

  @IsOptional()
  @IsPaneId()
  readonly pane?: PaneId;

  /** Answers to a prompt: replace `%1`, `%2`… and `%%` inside the parsed words of `command`. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(9)
  @IsString({ each: true })
  @MaxLength(COMMAND_MAX_LENGTH, { each: true })
  readonly answers?: readonly string[];
}

export class RunBindingArgs {
  @IsString()
  @MaxLength(NAME_MAX_LENGTH)
  readonly table!: string;

  @IsString()
  @MaxLength(NAME_MAX_LENGTH)
  readonly key!: string;

  @IsOptional()
  @IsPaneId()
  readonly pane?: PaneId;
}

export class SetSizeArgs {
  @IsInt()
  @Min(MIN_COLS)
  @Max(MAX_COLS)
  readonly cols!: number;

  @IsInt()
  @Min(MIN_ROWS)
  @Max(MAX_ROWS)
  readonly rows!: number;
}

export class AckArgs {
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  readonly received!: number;
}

export class SetVisibilityArgs {
  @IsBoolean()
  readonly visible!: boolean;
}

export class SplitPaneArgs extends PaneArgs {
  @IsIn(SPLIT_DIRECTIONS)
  readonly direction!: SplitDirection;
}

export class ResizePaneArgs extends PaneArgs {
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_COLS)
  readonly cols?: number;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_ROWS)
  readonly rows?: number;
}

export class SwapPaneArgs {
  @IsPaneId()
  readonly source!: PaneId;

  @IsPaneId()
  readonly target!: PaneId;
}

export class SelectLayoutArgs extends WindowArgs {
  @IsIn(LAYOUT_NAMES)
  readonly layout!: LayoutName;
}

export class RenameWindowArgs extends WindowArgs {
  @IsString()
  @MaxLength(256)
  readonly name!: string;
}

export class MoveWindowArgs extends WindowArgs {
  /** Null: to the end. */
  @IsOptional()
  @IsWindowId()
  readonly before: WindowId | null = null;
}

export class RenameSessionArgs {
  @IsString()
  @MaxLength(256)
  readonly name!: string;
}

/** The class that checks each command's `args`. */
export const COMMAND_ARGS = {
  'send-input': SendInputArgs,
  paste: PasteArgs,
  tmux: TmuxArgs,
  'run-binding': RunBindingArgs,
  'take-driver': NoArgs,
  'set-size': SetSizeArgs,
  resync: NoArgs,
  ack: AckArgs,
  'set-visibility': SetVisibilityArgs,
  'select-pane': PaneArgs,
  'split-pane': SplitPaneArgs,
  'kill-pane': PaneArgs,
  'zoom-pane': PaneArgs,
  'resize-pane': ResizePaneArgs,
  'swap-pane': SwapPaneArgs,
  'break-pane': PaneArgs,
  'clear-history': PaneArgs,
  'select-layout': SelectLayoutArgs,
  'select-window': WindowArgs,
  'new-window': NoArgs,
  'rename-window': RenameWindowArgs,
  'kill-window': WindowArgs,
  'move-window': MoveWindowArgs,
  'rename-session': RenameSessionArgs,
  'kill-session': NoArgs,
} as const satisfies { [C in CommandName]: new () => Commands[C]['args'] };

export const COMMAND_NAMES = Object.keys(COMMAND_ARGS) as readonly CommandName[];

/** Body of `POST /commands`; `args` are checked by the class of `cmd`. */
export class CommandDto {
  @IsIn(COMMAND_NAMES, { message: 'is not a command of this server' })
  readonly cmd!: CommandName;

  @IsObject()
  @Type(() => Object)
  readonly args!: Readonly<Record<string, unknown>>;
}
