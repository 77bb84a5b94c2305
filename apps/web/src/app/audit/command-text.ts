interface RecordedCommand {
  readonly command: string;
  readonly args: readonly unknown[];
  readonly nested?: unknown;
}

/**
 * Command lines as the log keeps them (`params.commands`), as they would be typed: those inside another command in
 * braces, and how many more there were.
 * @returns null: it is something else
 */
export function commandsText(value: unknown): string | null {
  if (!Array.isArray(value)) return null;
  const texts = value.map(commandText);
  return texts.includes(null) ? null : texts.join(' ; ');
}

function commandText(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return null;
  if ('more' in value) return `and ${String(value.more)} more`;
  if (!isCommand(value)) return null;
  const line = [value.command, ...value.args.map((arg) => quoted(String(arg)))].join(' ');
  return value.nested === true ? `{ ${line} }` : line;
}

function isCommand(value: object): value is RecordedCommand {
  return (
    'command' in value &&
    typeof value.command === 'string' &&
    'args' in value &&
    Array.isArray(value.args)
  );
}

/** A flag stands with its value in one argument; and what was left out has its own brackets. */
function quoted(arg: string): string {
  return /^[-[{]/.test(arg) || !/[\s"';]|^$/.test(arg) ? arg : JSON.stringify(arg);
}
