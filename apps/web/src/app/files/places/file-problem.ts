import { HttpErrorResponse } from '@angular/common/http';
import { errorText } from '../../ui/error-text';

/** What to tell a person about files that could not be had, and what to do. */
export function fileProblem(error: unknown): string {
  if (!(error instanceof HttpErrorResponse)) return errorText(error);
  switch (error.status) {
    case 0:
      return 'The server does not answer. Try again when the connection is back.';
    case 404:
      return 'It is not there any more.';
    case 429:
      return 'Too many requests at once. Wait a moment, then try again.';
    default:
      return errorText(error);
  }
}

const BLOCKED: Readonly<Record<string, { readonly short: string; readonly text: string }>> = {
  'outside-roots': { short: 'not yours', text: 'For other roles than yours: not given out.' },
  'denied-name': { short: 'secret', text: 'Names like this hold secrets: not given out.' },
  dotfile: { short: 'hidden', text: 'Hidden files are not given out here.' },
  symlink: { short: 'link', text: 'A symbolic link: links are not followed.' },
  special: { short: 'device', text: 'A device, pipe or socket: only files can be opened.' },
  'hard-link': { short: 'linked', text: 'The file has a second name elsewhere: not given out.' },
  mount: { short: 'mount', text: 'Another file system is mounted here: not followed.' },
  'server-file': { short: 'tmuxy’s own', text: 'Belongs to tmuxy itself: not given out.' },
  permission: { short: 'no access', text: 'The system does not let tmuxy read it.' },
};

/** Why an entry of a directory cannot be opened: in a word for the row, and in a sentence. */
export function blockedReason(code: string): { readonly short: string; readonly text: string } {
  return BLOCKED[code] ?? { short: 'closed', text: `This server does not give it out (${code}).` };
}
