import type { IncomingMessage } from 'node:http';
import type { TmuxyConfig } from '../../config/config.js';
import { InvalidRequestError } from '../../http/app-error.js';
import { vouchedName } from '../vouched-name.js';

/** Who a reverse proxy says is asking. */
export interface ProxiedUser {
  readonly name: string;
  readonly groups: readonly string[];
}

type ProxiedRequest = Pick<IncomingMessage, 'headers' | 'rawHeaders'>;
type HeaderNames = Pick<TmuxyConfig, 'proxyUserHeader' | 'proxyGroupsHeader'>;

/**
 * Reads the headers of a proxy that was found to be trusted. What is no longer among `headers` was taken
 * off by somebody who knew why.
 *
 * @returns undefined when it names nobody
 * @throws InvalidRequestError when a header came twice, or says what is no name: then the proxy adds
 *   to what its clients send, and nobody can tell which of the two is the proxy's word
 */
export function readProxiedUser(
  request: ProxiedRequest,
  { proxyUserHeader, proxyGroupsHeader }: HeaderNames,
): ProxiedUser | undefined {
  if (proxyUserHeader === undefined) return undefined;
  const user = onlyValue(request, proxyUserHeader);
  const groups =
    proxyGroupsHeader === undefined ? undefined : onlyValue(request, proxyGroupsHeader);
  if (!user) return undefined;
  return {
    name: toName(user, proxyUserHeader),
    groups: (groups ?? '')
      .split(',')
      .filter((group) => group.trim() !== '')
      .map((group) => toName(group, proxyGroupsHeader ?? '')),
  };
}

/**
 * The names under which a header may hide from a proxy that overwrites it: CGI and some servers read
 * `X_Remote_User` as `X-Remote-User`. Lower case, as Node names headers.
 */
export function isVariantOf(header: string, wanted: string | undefined): boolean {
  return header.replaceAll('_', '-') === wanted?.toLowerCase();
}

function onlyValue({ headers, rawHeaders }: ProxiedRequest, header: string): string | undefined {
  const wanted = header.toLowerCase();
  const value = headers[wanted];
  // Node joins what came twice, so that only the raw list of names and values tells.
  const count = rawHeaders.filter(
    (name, index) => index % 2 === 0 && name.toLowerCase() === wanted,
  ).length;
  if (count > 1 || Array.isArray(value)) {
    throw new InvalidRequestError(
      `The header ${header} came twice: the reverse proxy must set it, not add to what it was sent.`,
    );
  }
  return value;
}

function toName(value: string, header: string): string {
  const name = vouchedName(decode(value));
  if (name === undefined) {
    throw new InvalidRequestError(
      `The header ${header} holds what is no name: it must be UTF-8 of at most 256 characters, none of them invisible.`,
    );
  }
  return name;
}

/** Node gives header bytes as Latin-1; proxies send names as UTF-8. */
function decode(value: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(value, 'latin1'));
  } catch {
    // Bytes that are no UTF-8 are no name; the caller says so.
    return undefined;
  }
}
