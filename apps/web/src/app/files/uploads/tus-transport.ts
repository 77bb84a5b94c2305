import { Upload } from 'tus-js-client';
import type { DetailedError } from 'tus-js-client';
import type {
  UploadEvents,
  UploadFailure,
  UploadHandle,
  UploadTask,
  UploadTransport,
} from './upload-transport';

/** Proxies that hold a request back until it is whole then hold back this much, and it counts as sent. */
const CHUNK_BYTES = 8 * 1024 * 1024;

/** Waits between tries while nothing answers: about two minutes, begun anew by each success. */
const RETRY_MS = [0, 500, 1_000, 2_000, ...Array.from({ length: 24 }, () => 5_000)];

/** What a server that is starting, or a proxy without one behind it, answers. */
const AWAY: readonly number[] = [423, 429, 500, 502, 503, 504];

/** Uploads by the tus protocol 1.0; an upload that was cut off, or left by a reload, goes on. */
export class TusTransport implements UploadTransport {
  private readonly endpoint: string;

  /** @param endpoint absolute address of `POST /api/uploads` */
  constructor(endpoint: string) {
    this.endpoint = endpoint;
  }

  start(task: UploadTask, events: UploadEvents): UploadHandle {
    const upload = new Upload(task.file, {
      endpoint: this.endpoint,
      metadata: {
        path: task.directory,
        name: task.name,
        ...(task.overwrite ? { overwrite: 'true' } : {}),
      },
      chunkSize: CHUNK_BYTES,
      retryDelays: RETRY_MS,
      removeFingerprintOnSuccess: true,
      fingerprint: () => Promise.resolve(fingerprint(this.endpoint, task)),
      onShouldRetry: (error) => {
        const status = error.originalResponse?.getStatus() ?? 0;
        const isAway = status === 0 || AWAY.includes(status);
        if (isAway) events.interrupted();
        return isAway;
      },
      onProgress: (sent) => {
        events.progress(sent);
      },
      onSuccess: () => {
        events.done();
      },
      onError: (error) => {
        events.failed(failureOf(error));
      },
    });
    const handle = new TusHandle(upload, events);
    void handle.begin();
    return handle;
  }
}

class TusHandle implements UploadHandle {
  private readonly upload: Upload;
  private readonly events: UploadEvents;
  private isWanted = true;

  constructor(upload: Upload, events: UploadEvents) {
    this.upload = upload;
    this.events = events;
  }

  /** Goes on with what was begun before a reload, if this file was. */
  async begin(): Promise<void> {
    const [previous] = await this.upload.findPreviousUploads();
    if (previous !== undefined) this.upload.resumeFromPreviousUpload(previous);
    if (this.isWanted) this.upload.start();
  }

  pause(): void {
    this.isWanted = false;
    void this.upload.abort();
  }

  resume(): void {
    this.isWanted = true;
    this.upload.start();
  }

  cancel(): void {
    this.isWanted = false;
    // Without an answer the server drops the part by itself, later.
    this.upload.abort(true).catch((error: unknown) => {
      this.events.failed({ kind: 'lost', message: String(error) });
    });
  }
}

/** What makes it the same upload when the file is chosen again. */
function fingerprint(endpoint: string, { file, directory, name, overwrite }: UploadTask): string {
  const facts = [endpoint, directory, name, file.size, file.lastModified, overwrite];
  return `tmuxy-upload ${JSON.stringify(facts)}`;
}

function failureOf(error: Error | DetailedError): UploadFailure {
  const response = 'originalResponse' in error ? error.originalResponse : null;
  if (response === null || response.getStatus() === 0) {
    return { kind: 'lost', message: 'The server does not answer.' };
  }
  const status = response.getStatus();
  const message = messageIn(response.getBody()) ?? `The server answered ${String(status)}.`;
  if (status === 409) return { kind: 'conflict', message };
  return { kind: AWAY.includes(status) ? 'lost' : 'refused', message };
}

/** The words of an error answer; null when it is a proxy's, or none. */
function messageIn(body: string): string | null {
  try {
    const view: unknown = JSON.parse(body);
    const isView = typeof view === 'object' && view !== null && 'message' in view;
    return isView && typeof view.message === 'string' ? view.message : null;
  } catch {
    // Not JSON: the caller tells the status.
    return null;
  }
}
