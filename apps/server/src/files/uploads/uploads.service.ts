import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { whoOf } from '../../audit/who.js';
import { AccountOfService } from '../../auth/account-of.service.js';
import { CredentialEvents } from '../../auth/credential-events.js';
import type { Identity } from '../../auth/identity.js';
import { assertStillIn } from '../../auth/still-in.js';
import {
  ConflictError,
  NotFoundError,
  TooLargeError,
  UnavailableError,
} from '../../http/app-error.js';
import { appendPiece } from './append-piece.js';
import { FinishedUploads } from './finished-uploads.js';
import type { UploadRequest } from './tus.js';
import { Turns } from './turns.js';
import { assertRoomFor, UPLOAD_EXPIRES_MS } from './upload-limits.js';
import { UploadPlacer } from './upload-placer.js';
import { UploadRights } from './upload-rights.js';
import { type Upload, UploadStore } from './upload-store.js';

/** How far an upload is. `touchedMs` as in {@link Upload}; absent when it is in its place. */
export type UploadState = Pick<Upload, 'offset' | 'size'> & Partial<Pick<Upload, 'touchedMs'>>;

/** Takes files in, piece by piece (tus 1.0.0). */
@Injectable()
export class UploadsService {
  readonly #rights: UploadRights;
  readonly #store: UploadStore;
  readonly #placer: UploadPlacer;
  readonly #accounts: AccountOfService;
  readonly #credentials: CredentialEvents;
  readonly #turns = new Turns();
  readonly #finished = new FinishedUploads();
  /** Requests whose pieces are being written, by upload. */
  readonly #writing = new Map<string, Request>();

  constructor(
    rights: UploadRights,
    store: UploadStore,
    placer: UploadPlacer,
    accounts: AccountOfService,
    credentials: CredentialEvents,
  ) {
    this.#rights = rights;
    this.#store = store;
    this.#placer = placer;
    this.#accounts = accounts;
    this.#credentials = credentials;
  }

  /**
   * Begins an upload; an empty one is in its place at once.
   *
   * @throws ForbiddenError, ReadOnlyError, TooLargeError, RateLimitedError; as `UploadPlacer.check`
   */
  async create(identity: Identity, request: Request, wanted: UploadRequest): Promise<Upload> {
    this.#rights.assertMayUpload(identity);
    if (wanted.size > this.#rights.maxBytes) {
      throw new TooLargeError(
        `Files of up to ${this.#rights.maxBytes} bytes are taken here (files.uploadMaxBytes).`,
        { details: { maxBytes: this.#rights.maxBytes } },
      );
    }
    await this.#placer.check(identity, wanted);
    const account = this.#accounts.accountOf(identity);
    // One after the other, or several at once would each find room for themselves.
    const upload = await this.#turns.run(`account ${account}`, async () => {
      const all = await this.#store.list();
      const mine = all.filter((each) => each.account === account && !isExpired(each));
      assertRoomFor(wanted.size, mine);
      return this.#store.create({ account, ...wanted });
    });
    if (upload.size === 0)
      await this.#turns.run(upload.id, () => this.#finish(identity, request, upload));
    return upload;
  }

  /**
   * How far it is. Where all is here but not in its place, as the server ended in between, it is put there first.
   *
   * @throws NotFoundError; as `UploadPlacer.place`
   */
  async state(identity: Identity, request: Request, id: string): Promise<UploadState> {
    this.#rights.assertMayUpload(identity);
    const finished = this.#finished.sizeOf(id, this.#accounts.accountOf(identity));
    if (finished !== undefined) return { offset: finished, size: finished };
    await this.#find(identity, id);
    this.#endBroken(id);
    return this.#turns.run(id, async () => {
      const size = this.#finished.sizeOf(id, this.#accounts.accountOf(identity));
      if (size !== undefined) return { offset: size, size };
      const upload = await this.#find(identity, id);
      return upload.offset === upload.size ? this.#finish(identity, request, upload) : upload;
    });
  }

  /**
   * Takes the next piece, and puts the file into its place with the last.
   *
   * @param offset where the client believes it is
   * @throws NotFoundError; ConflictError for another offset; as {@link appendPiece} and `UploadPlacer.place`
   */
  async append(
    identity: Identity,
    request: Request,
    id: string,
    offset: number,
  ): Promise<UploadState> {
    this.#rights.assertMayUpload(identity);
    await this.#find(identity, id);
    this.#endBroken(id);
    return this.#turns.run(id, async () => {
      const upload = await this.#find(identity, id);
      if (upload.offset !== offset) {
        throw new ConflictError('The upload is at another offset; ask for it with HEAD.', {
          details: { offset: upload.offset },
        });
      }
      await this.#write(request, upload);
      assertStillIn(this.#credentials, identity);
      const now = await this.#find(identity, id);
      return now.offset === now.size ? this.#finish(identity, request, now) : now;
    });
  }

  /** @throws NotFoundError */
  async remove(identity: Identity, id: string): Promise<void> {
    this.#rights.assertMayUpload(identity);
    await this.#find(identity, id);
    this.#endBroken(id);
    await this.#turns.run(id, () => this.#store.remove(id));
  }

  /** Whoever comes back after a broken connection comes before we know that it broke. */
  #endBroken(id: string): void {
    this.#writing.get(id)?.destroy();
  }

  async #write(request: Request, { id, offset, size }: Upload): Promise<void> {
    this.#writing.set(id, request);
    try {
      await appendPiece(request, { part: this.#store.partOf(id), offset, room: size - offset });
    } finally {
      if (this.#writing.get(id) === request) this.#writing.delete(id);
    }
  }

  async #finish(identity: Identity, request: Request, upload: Upload): Promise<UploadState> {
    const { id, account, size } = upload;
    try {
      await this.#placer.place(identity, whoOf(request), upload);
    } catch (error) {
      // What may work later is kept; what never will is not to count against its owner.
      if (!(error instanceof UnavailableError)) await this.#store.remove(id);
      throw error;
    }
    this.#finished.add(id, { account, size });
    await this.#store.remove(id);
    return { offset: size, size };
  }

  async #find(identity: Identity, id: string): Promise<Upload> {
    const upload = await this.#store.find(id);
    if (upload?.account !== this.#accounts.accountOf(identity) || isExpired(upload)) {
      throw new NotFoundError('There is no such upload of yours.');
    }
    return upload;
  }
}

function isExpired({ touchedMs }: Upload): boolean {
  return touchedMs < Date.now() - UPLOAD_EXPIRES_MS;
}
