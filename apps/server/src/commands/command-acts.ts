import type { CommandName } from '#dto';
import type { Act } from '../audit/audit-trail.service.js';
import type { OpenConnection } from '../events/open-connection.js';

/** Recorded by those who run them, where more is known, or about one's own stream, which does nothing to anybody. */
const NOT_RECORDED_HERE: ReadonlySet<CommandName> = new Set<CommandName>([
  'send-input',
  'paste',
  'tmux',
  'run-binding',
  'resync',
  'ack',
  'set-visibility',
]);

/** What a typed command is in the audit log; undefined when it is not recorded here. */
export function actOf(cmd: CommandName, connection: OpenConnection, args: object): Act | undefined {
  if (NOT_RECORDED_HERE.has(cmd)) return undefined;
  const values = Object.entries(args).filter(([, value]) => isPlain(value));
  return {
    action: `tmux.${cmd}`,
    target: { session: connection.stream.session.name },
    params: Object.fromEntries(values),
  };
}

function isPlain(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
