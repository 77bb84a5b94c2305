import { Controller, Get, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { DirectoryView, FileRootsView } from '#dto';
import { whoOf } from '../audit/who.js';
import { CurrentIdentity } from '../auth/current-identity.decorator.js';
import type { Identity } from '../auth/identity.js';
import { RateLimit } from '../http/rate-limit/rate-limit.decorator.js';
import { SingleQuery } from '../http/single-query.js';
import { DirectoryService } from './directory.service.js';
import { DownloadService } from './download/download.service.js';
import { queryPath } from './query-path.js';
import { FileRoots } from './roots/file-roots.service.js';
import { UploadRights } from './uploads/upload-rights.js';

/** What lies in the directories that somebody may look into. */
@Controller('api')
@RateLimit('files')
export class FilesController {
  readonly #roots: FileRoots;
  readonly #directories: DirectoryService;
  readonly #downloads: DownloadService;
  readonly #rights: UploadRights;

  constructor(
    roots: FileRoots,
    directories: DirectoryService,
    downloads: DownloadService,
    rights: UploadRights,
  ) {
    this.#roots = roots;
    this.#directories = directories;
    this.#downloads = downloads;
    this.#rights = rights;
  }

  @Get('file-roots')
  async roots(
    @CurrentIdentity() who: Identity,
    @SingleQuery('session') session: string | undefined,
  ): Promise<FileRootsView> {
    const canUpload = this.#rights.mayUpload(who);
    const roots = await this.#roots.views(who, canUpload, session);
    return { roots, uploadMaxBytes: canUpload ? this.#rights.maxBytes : null };
  }

  @Get('directory')
  directory(@CurrentIdentity() who: Identity, @Req() request: Request): Promise<DirectoryView> {
    return this.#directories.list(who, whoOf(request), queryPath(request.url));
  }

  /** `HEAD` as well: Express asks here for it. */
  @Get('file')
  async file(
    @CurrentIdentity() who: Identity,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.#downloads.send(who, queryPath(request.url), request, response);
  }
}
