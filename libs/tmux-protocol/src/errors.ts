/** The control stream cannot be followed any further; the connection must be closed. */
export class FramingError extends Error {
  override readonly name: string = 'FramingError';
}

/** A line passed its bound before its LF came. */
export class LineTooLongError extends FramingError {
  override readonly name = 'LineTooLongError';

  constructor(readonly maxLineBytes: number) {
    super(`tmux sent a line longer than ${maxLineBytes} bytes`);
  }
}

/** A command cannot be written as one control-mode line. */
export class EncodeError extends Error {
  override readonly name = 'EncodeError';
}

/** A layout string is not one that tmux writes. */
export class LayoutError extends Error {
  override readonly name = 'LayoutError';
}

/** A command line is outside the subset that is read here (docs/command-language.md). */
export class CommandSyntaxError extends Error {
  override readonly name = 'CommandSyntaxError';

  /** `column` counts characters from 1; absent when the mistake has no one place. */
  constructor(
    message: string,
    readonly column?: number,
  ) {
    super(message);
  }
}
