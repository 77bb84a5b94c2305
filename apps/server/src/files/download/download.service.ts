import { Injectable } from '@nestjs/common';
import { create as contentDisposition } from 'content-disposition';
import type { Request, Response } from 'express';
import { AuditTrail } from '../../audit/audit-trail.service.js';
import { whoOf } from '../../audit/who.js';
import type { Identity } from '../../auth/identity.js';
import { TmuxyConfig } from '../../config/config.js';
import { FILES_DEFAULTS } from '../../config/files-section.js';
import {
  InvalidRequestError,
  NotFoundError,
  RangeNotSatisfiableError,
  TooLargeError,
} from '../../http/app-error.js';
import { ConfinedFiles, type OpenedFile } from '../confined/confined-files.js';
import { decodeName } from '../confined/name-rules.js';
import { fileTarget } from '../file-target.js';
import { toFileError } from '../files.errors.js';
import { pathOf, type PlaceBelow } from '../roots/file-root.js';
import { FileRoots } from '../roots/file-roots.service.js';
import { type ByteRange, parseRange } from './byte-range.js';
import { DownloadSlots } from './download-slots.js';
import { isRangeOfThis, isUnchanged, validatorsOf } from './preconditions.js';
import { isText, sendRange } from './read-file.js';

const SLASH = 0x2f;
/** So that nothing in a file is ever part of our page, whatever a browser makes of it. The rest is http/security-headers. */
const CONTENT_POLICY = "default-src 'none'; sandbox";

/** Gives files to clients, as bytes that a browser saves and never shows. */
@Injectable()
export class DownloadService {
  readonly #maxBytes: number;
  readonly #roots: FileRoots;
  readonly #files: ConfinedFiles;
  readonly #slots: DownloadSlots;
  readonly #trail: AuditTrail;

  constructor(
    { files }: TmuxyConfig,
    roots: FileRoots,
    confined: ConfinedFiles,
    slots: DownloadSlots,
    trail: AuditTrail,
  ) {
    this.#maxBytes = files.maxBytes ?? FILES_DEFAULTS.maxBytes;
    this.#roots = roots;
    this.#files = confined;
    this.#slots = slots;
    this.#trail = trail;
  }

  /**
   * Answers a request for the file at `path`.
   *
   * @throws AppError before anything was sent; what fails later ends the connection
   */
  async send(
    identity: Identity,
    path: Buffer,
    request: Request,
    response: Response,
  ): Promise<void> {
    const giveBack = this.#slots.take(identity.credentialId, () => response.destroy());
    try {
      const place = await this.#roots.find(identity, path);
      const held = await place.root.hold();
      try {
        const file = await this.#files.open(held.pinned, place.names);
        try {
          assertNamed(file, path);
          await this.#answer(file, place, request, response);
        } finally {
          await file.close();
        }
      } finally {
        await held.release();
      }
    } finally {
      giveBack();
    }
  }

  async #answer(
    file: OpenedFile,
    place: PlaceBelow,
    request: Request,
    response: Response,
  ): Promise<void> {
    if (file.kind === 'directory') {
      throw new InvalidRequestError('This is a directory; ask /api/directory for what is in it.');
    }
    const size = Number(file.stats.size);
    const validators = validatorsOf(file.stats);
    const asked = isRangeOfThis(request.headers, validators)
      ? parseRange(request.headers.range, size)
      : undefined;
    const isKnown = isUnchanged(request.headers, validators);
    const range = isKnown ? undefined : this.#rangeOf(asked, size);
    const intent = await this.#trail.intent(whoOf(request), {
      action: 'file.read',
      target: fileTarget(pathOf(place)),
      ...(range === undefined ? {} : { params: { first: range.start, last: range.end } }),
    });
    try {
      setHeaders(response, place, validators);
      if (isKnown) {
        response.status(304).end();
        intent.done({ bytes: 0 });
        return;
      }
      response.setHeader(
        'Content-Type',
        (await isText(file.fd)) ? 'text/plain; charset=utf-8' : 'application/octet-stream',
      );
      const whole = range ?? { start: 0, end: size - 1 };
      response.setHeader('Content-Length', whole.end - whole.start + 1);
      if (range !== undefined) {
        response.status(206);
        response.setHeader('Content-Range', `bytes ${range.start}-${range.end}/${size}`);
      }
      const bytes = request.method === 'HEAD' ? 0 : await sendRange(file.fd, whole, response);
      response.end();
      intent.done({ bytes });
    } catch (error) {
      const failure = toFileError(error);
      intent.failed(failure);
      throw failure;
    }
  }

  /** @throws RangeNotSatisfiableError; TooLargeError */
  #rangeOf(asked: ReturnType<typeof parseRange>, size: number): ByteRange | undefined {
    if (asked === 'unsatisfiable') {
      throw new RangeNotSatisfiableError(
        'The file has no such range, or more than one was asked for.',
        size,
      );
    }
    const bytes = asked === undefined ? size : asked.end - asked.start + 1;
    if (bytes > this.#maxBytes) {
      throw new TooLargeError(
        `This is more than the ${this.#maxBytes} bytes that are given at once (files.maxBytes). Ask for a range.`,
        { details: { size, maxBytes: this.#maxBytes } },
      );
    }
    return asked;
  }
}

/** A slash at the end says that it is a directory (POSIX 4.16): of a file there is no such path. */
function assertNamed({ kind }: OpenedFile, path: Buffer): void {
  if (kind === 'file' && path.at(-1) === SLASH) {
    throw new NotFoundError('There is no such file or directory.');
  }
}

function setHeaders(
  response: Response,
  { root, names }: PlaceBelow,
  { etag, lastModified }: ReturnType<typeof validatorsOf>,
): void {
  const name = names.at(-1);
  response.setHeader('ETag', etag);
  response.setHeader('Last-Modified', lastModified);
  response.setHeader('Accept-Ranges', 'bytes');
  response.setHeader('Content-Security-Policy', CONTENT_POLICY);
  response.setHeader(
    'Content-Disposition',
    contentDisposition(saveName(name === undefined ? root.name : decodeName(name))),
  );
}

/** A name that looks as it is: no control characters, nothing that turns text around. */
function saveName(name: string): string {
  return name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '_');
}
