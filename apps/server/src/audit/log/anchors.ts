import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { request } from 'node:https';
import { errorCode } from '../../config/error-code.js';
import type { AuditAnchorsSection } from '../../config/audit-section.js';
import type { Anchor } from './anchor-outbox.js';

/** An anchor does not take a checkpoint. `message` says why, without paths and addresses. */
export class AnchorError extends Error {
  override readonly name = 'AnchorError';
}

/** An answer that takes longer is none. */
const ANSWER_WAIT_MS = 10_000;
const { O_APPEND, O_CREAT, O_NONBLOCK, O_WRONLY } = constants;
/** Not blocking: opening a FIFO that nobody reads would never end, and nor would the process then. */
const APPENDING = O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK;

/** The anchors that are configured. @throws AnchorError when one cannot ever work */
export function anchorsOf(section: AuditAnchorsSection): readonly Anchor[] {
  return [
    ...(section.file === undefined ? [] : [fileAnchor(section.file)]),
    ...(section.journal === true ? [journalAnchor()] : []),
    ...(section.https === undefined ? [] : [httpsAnchor(section.https, section)]),
  ];
}

/** A file that checkpoints are added to, as in the log's own: an empty line after each. */
export function fileAnchor(path: string): Anchor {
  return {
    name: 'file',
    send: async (note) => {
      try {
        const file = await open(path, APPENDING, 0o600);
        try {
          if (!(await file.stat()).isFile()) throw new AnchorError('its file is none');
          await file.appendFile(`${note}\n`);
          await file.datasync();
        } finally {
          await file.close();
        }
      } catch (error) {
        if (error instanceof AnchorError) throw error;
        throw new AnchorError(`the file cannot be written (${errorCode(error) ?? 'unknown'})`, {
          cause: error,
        });
      }
    },
  };
}

/**
 * The system's journal, on one line each, as a journal splits lines and drops empty ones;
 * `journalctl -t tmuxy-audit -o cat` gives a file that `tmuxy audit verify --checkpoints` reads.
 *
 * @param env of the programs that write to it; this one's when absent
 */
export function journalAnchor(env?: Readonly<Record<string, string>>): Anchor {
  const writers = [
    ['systemd-cat', '-t', 'tmuxy-audit'],
    ['logger', '-t', 'tmuxy-audit', '--size', '8KiB'],
  ] as const;
  return {
    name: 'journal',
    send: async (note) => {
      const line = `${JSON.stringify({ checkpoint: note })}\n`;
      for (const [program, ...args] of writers) if (await pipeTo(program, args, line, env)) return;
      throw new AnchorError('neither systemd-cat nor logger took it');
    },
  };
}

/** @returns whether the program was there and ended well */
async function pipeTo(
  program: string,
  args: readonly string[],
  text: string,
  env: Readonly<Record<string, string>> | undefined,
): Promise<boolean> {
  const child = spawn(program, args, {
    stdio: ['pipe', 'ignore', 'ignore'],
    timeout: ANSWER_WAIT_MS,
    ...(env === undefined ? {} : { env }),
  });
  // A program that does not read ends the pipe; its status says the rest.
  child.stdin.on('error', () => undefined);
  child.stdin.end(text);
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    return code === 0;
  } catch {
    return false; // There is no such program.
  }
}

/**
 * An address that takes checkpoints by POST. Its certificate is always verified, and nothing is ever sent without
 * TLS; it does not follow where it is redirected to.
 *
 * @throws AnchorError when the address is not https
 */
export function httpsAnchor(
  address: string,
  files: Pick<AuditAnchorsSection, 'httpsCaFile' | 'httpsTokenFile'>,
): Anchor {
  const url = URL.parse(address);
  if (url?.protocol !== 'https:') throw new AnchorError('its address must begin with https://');
  return {
    name: 'https',
    send: async (note) => {
      // Read each time: both are replaced while the server runs.
      const [ca, token] = await Promise.all([
        readOptional(files.httpsCaFile),
        readOptional(files.httpsTokenFile),
      ]);
      const status = await post(url, note, ca, token?.split(/\r?\n/, 1)[0]?.trim());
      if (status < 200 || status > 299) throw new AnchorError(`it answered with status ${status}`);
    },
  };
}

async function readOptional(path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new AnchorError(
      `its certificates or token cannot be read (${errorCode(error) ?? 'unknown'})`,
      { cause: error },
    );
  }
}

function post(
  url: URL,
  body: string,
  ca: string | undefined,
  token: string | undefined,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method: 'POST',
        agent: false,
        rejectUnauthorized: true,
        ...(ca === undefined ? {} : { ca }),
        signal: AbortSignal.timeout(ANSWER_WAIT_MS),
        headers: {
          'Content-Type': 'text/plain; charset=utf-8',
          'Content-Length': Buffer.byteLength(body),
          ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        },
      },
      (answer) => {
        resolve(answer.statusCode ?? 0);
        // Nothing of the answer is needed, however long it is.
        answer.on('error', () => undefined);
        answer.destroy();
      },
    );
    sent.on('error', (error) => {
      reject(
        new AnchorError(`it cannot be reached (${errorCode(error) ?? error.name})`, {
          cause: error,
        }),
      );
    });
    sent.end(body);
  });
}
