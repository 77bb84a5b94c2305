import { isUtf8 } from 'node:buffer';
import type { IncomingHttpHeaders } from 'node:http';
import { InvalidRequestError } from '../../http/app-error.js';

/** The version of https://tus.io/protocols/resumable-upload that is spoken. */
export const TUS_VERSION = '1.0.0';
/** Content type of pieces. */
export const TUS_PIECE_TYPE = 'application/offset+octet-stream';

const WHOLE_NUMBER = /^(?:0|[1-9]\d{0,14})$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** What an upload is to become. */
export interface UploadRequest {
  /** Directory, as bytes. */
  readonly path: Buffer;
  readonly name: Buffer;
  /** Whether a file of that name is replaced. */
  readonly overwrite: boolean;
  /** Bytes. */
  readonly size: number;
}

/** @throws InvalidRequestError for another version, or none */
export function assertTusVersion(headers: IncomingHttpHeaders): void {
  if (headers['tus-resumable'] !== TUS_VERSION) {
    throw new InvalidRequestError(`Send 'Tus-Resumable: ${TUS_VERSION}'.`);
  }
}

/** @throws InvalidRequestError when it is missing or no number that could be one */
export function wholeNumber(headers: IncomingHttpHeaders, name: string): number {
  const text = headers[name];
  if (typeof text !== 'string' || !WHOLE_NUMBER.test(text)) {
    throw new InvalidRequestError(`The header '${name}' must be a whole number.`, {
      details: { header: name },
    });
  }
  return Number(text);
}

/**
 * Reads what creates an upload: `Upload-Length`, and `path`, `name` and `overwrite` of `Upload-Metadata`.
 *
 * @throws InvalidRequestError
 */
export function readUploadRequest(headers: IncomingHttpHeaders): UploadRequest {
  const size = wholeNumber(headers, 'upload-length');
  const metadata = headers['upload-metadata'];
  const values = parseMetadata(typeof metadata === 'string' ? metadata : '');
  const path = values.get('path');
  const name = values.get('name');
  if (path === undefined || name === undefined) {
    throw new InvalidRequestError("Upload-Metadata needs 'path' (the directory) and 'name'.");
  }
  if (!isUtf8(name) || /\p{Cc}/u.test(name.toString('utf8'))) {
    throw new InvalidRequestError('A new name is UTF-8 without control characters.');
  }
  const overwrite = values.get('overwrite')?.toString('latin1') ?? 'false';
  if (overwrite !== 'true' && overwrite !== 'false') {
    throw new InvalidRequestError("'overwrite' in Upload-Metadata is true or false.");
  }
  return { path, name, overwrite: overwrite === 'true', size };
}

/**
 * `key base64,key base64`; a value may be missing.
 *
 * @throws InvalidRequestError also for a key that is there twice
 */
function parseMetadata(text: string): ReadonlyMap<string, Buffer> {
  const values = new Map<string, Buffer>();
  for (const pair of text.split(',').map((each) => each.trim())) {
    const [key = '', value = '', ...more] = pair.split(' ');
    if (key === '' || more.length > 0 || !BASE64.test(value) || values.has(key)) {
      throw new InvalidRequestError('Upload-Metadata is not as tus 1.0.0 writes it.');
    }
    values.set(key, Buffer.from(value, 'base64'));
  }
  return values;
}
