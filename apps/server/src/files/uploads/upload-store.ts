import { mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Account } from '../../auth/accounts.js';
import { writePrivateFile } from '../../auth/private-file.js';
import { createId } from '../../auth/secrets.js';
import { errorCode } from '../../config/error-code.js';
import { UnavailableError } from '../../http/app-error.js';
import { toFileError } from '../files.errors.js';

const ID = /^[0-9a-f]{24}$/;
const PART = '.part';
const NOTE = '.json';

/** An upload that is not whole, or not in its place. */
export interface Upload {
  readonly id: string;
  /** Whose it is. */
  readonly account: Account;
  /** The directory it is for, as bytes. */
  readonly path: Buffer;
  readonly name: Buffer;
  readonly overwrite: boolean;
  /** Bytes it will have. */
  readonly size: number;
  /** Bytes that are here. */
  readonly offset: number;
  /** When the last of them came. */
  readonly touchedMs: number;
}

export type NewUpload = Omit<Upload, 'id' | 'offset' | 'touchedMs'>;

/**
 * Unfinished uploads on the disk: `<id>.part` holds the bytes, `<id>.json` says what they are. How many there are is
 * the length of the part, so that nothing has to be kept in step. All of it throws UnavailableError where the disk
 * does not do it.
 */
export class UploadStore {
  readonly #dir: string;

  constructor(dir: string) {
    this.#dir = dir;
  }

  async create(upload: NewUpload): Promise<Upload> {
    const id = createId();
    const { account, path, name, overwrite, size } = upload;
    const note = {
      account,
      path: path.toString('base64'),
      name: name.toString('base64'),
      overwrite,
      size,
    };
    try {
      await mkdir(this.#dir, { recursive: true, mode: 0o700 });
      const part = await open(this.partOf(id), 'wx', 0o600);
      await part.close();
      writePrivateFile(this.#noteOf(id), JSON.stringify(note));
    } catch (error) {
      // Without its note it is nobody's, and would count against nobody until it is old.
      await this.remove(id).catch(() => undefined);
      throw toStoreError(error);
    }
    return { ...upload, id, offset: 0, touchedMs: Date.now() };
  }

  /** @returns undefined when there is none of that id */
  async find(id: string): Promise<Upload | undefined> {
    if (!ID.test(id)) return undefined;
    try {
      const [text, { size: offset, mtimeMs: touchedMs }] = await Promise.all([
        readFile(this.#noteOf(id), 'utf8'),
        stat(this.partOf(id)),
      ]);
      const note = parseNote(text);
      return note && { ...note, id, offset, touchedMs };
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return undefined;
      throw toStoreError(error);
    }
  }

  async list(): Promise<readonly Upload[]> {
    const uploads = await Promise.all((await this.#ids()).map((id) => this.find(id)));
    return uploads.filter((upload) => upload !== undefined);
  }

  async remove(id: string): Promise<void> {
    await rm(this.partOf(id), { force: true });
    await rm(this.#noteOf(id), { force: true });
  }

  /** Removes what nobody has added to since `beforeMs`, whatever is missing of it. */
  async removeOlder(beforeMs: number): Promise<number> {
    let removed = 0;
    for (const id of await this.#ids()) {
      const touched = await Promise.all(
        [this.partOf(id), this.#noteOf(id)].map((file) => stat(file).catch(() => undefined)),
      );
      if (touched.some((stats) => stats !== undefined && stats.mtimeMs >= beforeMs)) continue;
      await this.remove(id);
      removed += 1;
    }
    return removed;
  }

  /** The file with the bytes. */
  partOf(id: string): string {
    return join(this.#dir, id + PART);
  }

  #noteOf(id: string): string {
    return join(this.#dir, id + NOTE);
  }

  async #ids(): Promise<readonly string[]> {
    try {
      const names = await readdir(this.#dir);
      const ids = names.map((name) => name.slice(0, name.indexOf('.'))).filter((id) => ID.test(id));
      return [...new Set(ids)];
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return [];
      throw toStoreError(error);
    }
  }
}

/** Here it is never what was asked for that is wrong, but always the disk. */
function toStoreError(error: unknown): unknown {
  const known = toFileError(error);
  return known instanceof UnavailableError || errorCode(error) === undefined
    ? known
    : new UnavailableError('Uploads cannot be kept now; the server log says why.', {
        cause: error,
      });
}

/** @returns undefined for what this server did not write */
function parseNote(text: string): NewUpload | undefined {
  let note: unknown;
  try {
    note = JSON.parse(text);
  } catch {
    return undefined; // Cut off by a full disk, say; it goes when it is old.
  }
  if (!isRecord(note)) return undefined;
  const { account, path, name, overwrite, size } = note;
  return typeof account === 'string' &&
    typeof path === 'string' &&
    typeof name === 'string' &&
    typeof overwrite === 'boolean' &&
    typeof size === 'number'
    ? {
        account,
        path: Buffer.from(path, 'base64'),
        name: Buffer.from(name, 'base64'),
        overwrite,
        size,
      }
    : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
