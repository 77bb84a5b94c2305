import {
  Controller,
  Delete,
  Head,
  HttpCode,
  Param,
  Patch,
  Post,
  Req,
  Res,
  UseGuards,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { CurrentIdentity } from '../../auth/current-identity.decorator.js';
import type { Identity } from '../../auth/identity.js';
import { TmuxyConfig } from '../../config/config.js';
import { TooLargeError } from '../../http/app-error.js';
import { Audited } from '../../http/audited.decorator.js';
import { StreamedBody } from '../../http/body/streamed-body.decorator.js';
import { RateLimit } from '../../http/rate-limit/rate-limit.decorator.js';
import { MayChangeGuard } from '../../policy/may-change.guard.js';
import { readUploadRequest, TUS_PIECE_TYPE, wholeNumber } from './tus.js';
import { TusGuard } from './tus.guard.js';
import { expiryOf } from './upload-limits.js';
import { type UploadState, UploadsService } from './uploads.service.js';

/** Uploads by tus 1.0.0: core, creation, termination and expiration. */
@Controller('api/uploads')
@RateLimit('files')
@UseGuards(MayChangeGuard, TusGuard)
export class UploadsController {
  readonly #uploads: UploadsService;
  readonly #basePath: string;

  constructor(uploads: UploadsService, { basePath }: TmuxyConfig) {
    this.#uploads = uploads;
    this.#basePath = basePath === '/' ? '' : basePath;
  }

  @Post()
  @HttpCode(201)
  async create(
    @CurrentIdentity() who: Identity,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    const upload = await this.#uploads.create(who, request, readUploadRequest(request.headers));
    response.setHeader('Location', `${this.#basePath}/api/uploads/${upload.id}`);
    setState(response, upload);
  }

  @Head(':id')
  async state(
    @CurrentIdentity() who: Identity,
    @Param('id') id: string,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    const state = await this.#uploads.state(who, request, id);
    setState(response, state);
    response.setHeader('Upload-Length', state.size);
  }

  @Patch(':id')
  @HttpCode(204)
  @StreamedBody(TUS_PIECE_TYPE)
  async append(
    @CurrentIdentity() who: Identity,
    @Param('id') id: string,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    const offset = wholeNumber(request.headers, 'upload-offset');
    try {
      setState(response, await this.#uploads.append(who, request, id, offset));
    } catch (error) {
      // Nobody knows how much more there is to come.
      if (error instanceof TooLargeError) response.setHeader('Connection', 'close');
      // What is left of the piece would else stay before the next request on this connection, which waits with it.
      request.resume();
      throw error;
    }
  }

  @Delete(':id')
  @HttpCode(204)
  @Audited('file.upload.abort', { target: ({ params }) => ({ upload: String(params['id']) }) })
  async remove(@CurrentIdentity() who: Identity, @Param('id') id: string): Promise<void> {
    await this.#uploads.remove(who, id);
  }
}

function setState(response: Response, { offset, touchedMs }: UploadState): void {
  response.setHeader('Upload-Offset', offset);
  if (touchedMs !== undefined) {
    response.setHeader('Upload-Expires', expiryOf({ touchedMs }).toUTCString());
  }
}
