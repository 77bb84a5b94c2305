import { Injectable, type PipeTransform } from '@nestjs/common';
import { parseSessionId } from '#tmux-protocol';
import type { SessionId } from '#dto';
import { InvalidRequestError } from '../http/app-error.js';

/** Reads a tmux session id (`$3`) from a path. */
@Injectable()
export class SessionIdPipe implements PipeTransform<string, SessionId> {
  transform(value: string): SessionId {
    const id = parseSessionId(value);
    if (id === undefined) throw new InvalidRequestError('A session id looks like $3.');
    return id;
  }
}
