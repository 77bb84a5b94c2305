import { SESSION_TOKEN_HEADER } from '#dto/constants';
import type { CommandName, Commands, ErrorView } from '#dto';
import { ApiError } from './api-error';
import type { StreamEnvironment } from './stream-environment';

/** A command without an answer for this long counts as unanswered; it may still have run. */
const ANSWER_TIMEOUT_MS = 20_000;

/** Where a command goes: the open session and its connection's token. */
export interface CommandTarget {
  readonly session: string;
  readonly token: string;
}

function isErrorView(body: unknown): body is ErrorView {
  return typeof body === 'object' && body !== null && 'code' in body && 'message' in body;
}

/** The error an HTTP answer that is not 2xx stands for. */
export async function errorOf(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  if (isErrorView(body)) return new ApiError(body.message, { ...body, status: response.status });
  return new ApiError(`The server answered ${String(response.status)}`, {
    status: response.status,
    code: response.status === 401 ? 'unauthenticated' : 'internal',
  });
}

/**
 * Sends one command and waits for its result.
 * @throws ApiError as the server says it; code `unavailable` with status 0 when nothing answered.
 */
export async function postCommand<C extends CommandName>(
  environment: StreamEnvironment,
  target: CommandTarget,
  cmd: C,
  args: Commands[C]['args'],
): Promise<Commands[C]['result']> {
  const abort = new AbortController();
  const cancel = environment.after(ANSWER_TIMEOUT_MS, () => {
    abort.abort();
  });
  let response: Response;
  try {
    response = await environment.fetch(`commands?session=${encodeURIComponent(target.session)}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', [SESSION_TOKEN_HEADER]: target.token },
      body: JSON.stringify({ cmd, args }),
      signal: abort.signal,
    });
  } catch (cause) {
    throw new ApiError('The server did not answer', { status: 0, code: 'unavailable', cause });
  } finally {
    cancel();
  }
  if (!response.ok) throw await errorOf(response);
  const body = (await response.json()) as { readonly result: Commands[C]['result'] };
  return body.result;
}
