import { HttpClient, HttpErrorResponse } from '@angular/common/http';
import { DOCUMENT, inject, Service } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import type { DirectoryView, FileRootsView } from '#dto';
import { refQuery } from './file-ref';
import type { FileRef } from './file-ref';

/** Some bytes of a file, and how many it has in all. */
export interface FilePart {
  readonly bytes: Uint8Array;
  readonly size: number;
}

/** The REST interface of files. All of it rejects with `HttpErrorResponse`. */
@Service()
export class FilesApi {
  private readonly http = inject(HttpClient);
  private readonly document = inject(DOCUMENT);

  roots(session: string): Promise<FileRootsView> {
    const params = { session };
    return firstValueFrom(this.http.get<FileRootsView>('api/file-roots', { params }));
  }

  directory(ref: FileRef): Promise<DirectoryView> {
    return firstValueFrom(this.http.get<DirectoryView>(`api/directory?${refQuery(ref)}`));
  }

  /** At most `length` bytes from `offset` on; less when the file ends before. */
  async read(ref: FileRef, offset: number, length: number): Promise<FilePart> {
    const range = `bytes=${String(offset)}-${String(offset + length - 1)}`;
    const request = this.http.get(`api/file?${refQuery(ref)}`, {
      headers: { Range: range },
      responseType: 'arraybuffer',
      observe: 'response',
    });
    try {
      const response = await firstValueFrom(request);
      const bytes = new Uint8Array(response.body ?? new ArrayBuffer(0));
      const total = /\/(\d+)$/.exec(response.headers.get('Content-Range') ?? '')?.[1];
      return { bytes, size: total === undefined ? bytes.length : Number(total) };
    } catch (error) {
      // There is no first byte to ask for in an empty file, or beyond the end of one that shrank.
      if (error instanceof HttpErrorResponse && error.status === 416) {
        return { bytes: new Uint8Array(), size: offset };
      }
      throw withText(error);
    }
  }

  /** For a link: the server sends it as an attachment. */
  downloadUrl(ref: FileRef): string {
    return `api/file?${refQuery(ref)}`;
  }

  /** Where uploads begin; absolute, as the addresses of uploads are told from there. */
  uploadsUrl(): string {
    return new URL('api/uploads', this.document.baseURI).href;
  }
}

/** The same error with its body read: asked for bytes, the answer's words come as bytes too. */
function withText(error: unknown): unknown {
  if (!(error instanceof HttpErrorResponse) || !(error.error instanceof ArrayBuffer)) return error;
  let body: unknown = null;
  try {
    body = JSON.parse(new TextDecoder().decode(error.error));
  } catch {
    // No answer of ours, a proxy's page perhaps: the status has to say it.
  }
  return new HttpErrorResponse({ error: body, status: error.status, headers: error.headers });
}
