/** A file on its way to a directory. */
export interface UploadTask {
  readonly file: File;
  /** The directory's path. */
  readonly directory: string;
  readonly name: string;
  /** Whether the person said that what is there may be replaced. */
  readonly overwrite: boolean;
}

/** Why an upload ended before it was done. */
export interface UploadFailure {
  /** A name that is taken is asked about; nothing else. */
  readonly kind: 'conflict' | 'refused' | 'lost';
  /** For people. */
  readonly message: string;
}

export interface UploadEvents {
  progress(sentBytes: number): void;
  /** Nothing answers; it is being tried again. */
  interrupted(): void;
  done(): void;
  failed(failure: UploadFailure): void;
}

/** One upload under way. */
export interface UploadHandle {
  pause(): void;
  /** Goes on after a pause or a failure, where the server has it. */
  resume(): void;
  /** Stops, and has the server forget what it has. */
  cancel(): void;
}

/** How files get to the server. */
export interface UploadTransport {
  start(task: UploadTask, events: UploadEvents): UploadHandle;
}
