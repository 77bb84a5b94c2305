import { readFileSync } from 'node:fs';
import { type IncomingMessage, request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { errorCode } from '../config/error-code.js';
import { CliError } from './cli.errors.js';
import type { ServerFile } from './server-file.js';

const TIMEOUT_MS = 5_000;
/** Far more than any answer the command line asks for. */
const ANSWER_MAX_CHARS = 1_048_576;

/** What a server said. */
export interface ServerReply {
  readonly status: number;
  /** Parsed JSON, undefined when it is none. */
  readonly body: unknown;
}

/**
 * Asks a running server of ours, as whoever may read its file.
 *
 * @param path below the base path, such as `api/link`
 * @returns undefined when nobody listens there any more, or somebody who is not it
 * @throws CliError when it does not answer
 */
export async function askServer(
  server: ServerFile,
  method: 'GET' | 'POST',
  path: string,
): Promise<ServerReply | undefined> {
  const url = new URL(path, server.url);
  const options: RequestOptions = {
    method,
    headers: { authorization: `Bearer ${server.secret}` },
    signal: AbortSignal.timeout(TIMEOUT_MS),
    agent: false,
  };
  try {
    const { status, text } = await send(url, options, server.certificate);
    return { status, body: parseJson(text) };
  } catch (error) {
    if (errorCode(error) === 'ABORT_ERR') {
      throw new CliError(
        `The server at ${server.url} (process ${String(server.pid)}) does not answer.`,
      );
    }
    // The file outlived its server.
    if (server.certificate === undefined || errorCode(error) === 'ECONNREFUSED') return undefined;
    throw new CliError(
      `What listens at ${server.url} does not show the certificate in ${server.certificate} ` +
        `(${errorCode(error) ?? 'unknown'}). If it was renewed just now, ask again in a few seconds.`,
    );
  }
}

function send(
  url: URL,
  options: RequestOptions,
  certificate: string | undefined,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const onReply = (reply: IncomingMessage): void => {
      let text = '';
      reply.setEncoding('utf8');
      reply.on('error', reject);
      reply.on('data', (chunk: string) => {
        text += chunk;
        if (text.length > ANSWER_MAX_CHARS) reply.destroy(new Error('too long an answer'));
      });
      reply.on('end', () => {
        resolve({ status: reply.statusCode ?? 0, text });
      });
    };
    const sent =
      certificate === undefined
        ? httpRequest(url, options, onReply)
        : httpsRequest(url, { ...options, ...trusting(certificate) }, onReply);
    sent.on('error', reject);
    sent.end();
  });
}

/** Believes this very certificate and no authority. Its names are for browsers; we ask by loopback's. */
function trusting(file: string) {
  return {
    ca: readFileSync(file),
    allowPartialTrustChain: true,
    checkServerIdentity: () => undefined,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // An empty answer, or somebody else's.
  }
}
