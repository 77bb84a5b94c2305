import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readPrivateFile, writePrivateFile } from '../auth/private-file.js';
import { errorCode } from '../config/error-code.js';

/** What a running server leaves for `tmuxy link`, readable by its user only. */
export interface ServerFile {
  readonly pid: number;
  readonly port: number;
  /** Address for programs on this machine. */
  readonly url: string;
  /** Every address that people may open, that one first; each with a slash at its end. */
  readonly links: readonly string[];
  /** Path of the certificate it speaks https with; absent: it speaks http. */
  readonly certificate?: string;
  /** Bearer of `POST /api/link`. */
  readonly secret: string;
}

/** Writes it. @returns a function that takes it away */
export function writeServerFile(stateDir: string, server: ServerFile): () => void {
  const file = fileOf(stateDir, server.port);
  writePrivateFile(file, `${JSON.stringify(server)}\n`);
  return () => {
    // A later server on this port may have put its own there.
    if (parseServerFile(readPrivateFile(file))?.secret === server.secret)
      rmSync(file, { force: true });
  };
}

/** The servers that said they run; one that was killed may still be among them. */
export function readServerFiles(stateDir: string): readonly ServerFile[] {
  return listDir(join(stateDir, 'servers'))
    .filter((name) => /^\d{1,5}\.json$/.test(name))
    .map((name) => parseServerFile(readPrivateFile(join(stateDir, 'servers', name))))
    .filter((server) => server !== undefined);
}

/** Takes away what a killed server left. */
export function removeServerFile(stateDir: string, port: number): void {
  rmSync(fileOf(stateDir, port), { force: true });
}

function fileOf(stateDir: string, port: number): string {
  return join(stateDir, 'servers', `${String(port)}.json`);
}

function listDir(dir: string): readonly string[] {
  try {
    return readdirSync(dir);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

function parseServerFile(text: string | undefined): ServerFile | undefined {
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined; // Somebody else's file: as if it were not there.
  }
  return isServerFile(value) ? value : undefined;
}

function isServerFile(value: unknown): value is ServerFile {
  if (typeof value !== 'object' || value === null) return false;
  const { pid, port, url, secret, links, certificate } = value as Partial<
    Record<keyof ServerFile, unknown>
  >;
  return (
    typeof pid === 'number' &&
    typeof port === 'number' &&
    typeof url === 'string' &&
    typeof secret === 'string' &&
    Array.isArray(links) &&
    links.every((link) => typeof link === 'string') &&
    (certificate === undefined || typeof certificate === 'string')
  );
}
