import { inject, InjectionToken } from '@angular/core';
import { FilesApi } from '../places/files-api';
import { TusTransport } from './tus-transport';
import type { UploadTransport } from './upload-transport';

/** What uploads go by; tests have one of their own. */
export const UPLOAD_TRANSPORT = new InjectionToken<UploadTransport>('UPLOAD_TRANSPORT', {
  providedIn: 'root',
  factory: () => new TusTransport(inject(FilesApi).uploadsUrl()),
});
