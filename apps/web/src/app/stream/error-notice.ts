import type { NoticeFact, NoticeText } from '../ui/notices';
import { sanitizeTitle } from '../ui/title-text';
import { ApiError } from './api-error';

const FACTS = [
  ['command', 'Command'],
  ['reason', 'Reason'],
  ['rule', 'Rule'],
] as const;

/** How a failed command is told: what the policy denied with command, reason and rule. */
export function errorNotice(error: unknown, level: NoticeText['level'] = 'error'): NoticeText {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof ApiError) || error.code !== 'policy-denied') return { level, message };
  const facts = FACTS.flatMap(([key, name]): readonly NoticeFact[] => {
    const value = error.details[key];
    return typeof value === 'string' && value !== '' ? [{ name, value: sanitizeTitle(value) }] : [];
  });
  // The facts say all that the message says, in parts.
  return facts.length === 0 ? { level, message } : { level, message: 'Not allowed here', facts };
}
