import type { IncomingHttpHeaders } from 'node:http';
import { UnsupportedMediaTypeError } from '../app-error.js';

const JSON_TYPE = /^application\/json[ \t]*(?:;[ \t]*charset=(?:utf-8|"utf-8")[ \t]*)?$/i;

/**
 * Forms and text/plain may be posted across origins without asking, JSON may not.
 *
 * @throws UnsupportedMediaTypeError for anything but `application/json`, in UTF-8 and as it is
 */
export function assertJson(headers: IncomingHttpHeaders): void {
  if (!JSON_TYPE.test(headers['content-type'] ?? '')) {
    throw new UnsupportedMediaTypeError('Send application/json, in UTF-8.');
  }
  assertPlain(headers);
}

/** @throws UnsupportedMediaTypeError for anything but `type`, as it is */
export function assertContentType(headers: IncomingHttpHeaders, type: string): void {
  if (headers['content-type']?.trim().toLowerCase() !== type) {
    throw new UnsupportedMediaTypeError(`Send ${type}.`);
  }
  assertPlain(headers);
}

function assertPlain(headers: IncomingHttpHeaders): void {
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding.toLowerCase() !== 'identity') {
    throw new UnsupportedMediaTypeError('Send the body as it is, without a Content-Encoding.');
  }
}
