import { HttpClient } from '@angular/common/http';
import { DestroyRef, DOCUMENT, inject, Service } from '@angular/core';
import { Router } from '@angular/router';
import { STREAM_ENVIRONMENT } from '../stream/stream-environment';

/** Use of the page is told to the server no more often than this. */
const TELL_EVERY_MS = 60_000;
/** What a person does, reading only included. */
const SIGNS = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchmove'] as const;

/**
 * Tells the server that somebody is here, so that the idle timeout is about the person: an open stream
 * counts for nothing there, and who only watches sends no commands. A page nobody touches says nothing.
 */
@Service()
export class UserActivity {
  private readonly http = inject(HttpClient);
  private readonly router = inject(Router);
  private readonly environment = inject(STREAM_ENVIRONMENT);
  private toldAt = this.environment.now();

  constructor() {
    const document = inject(DOCUMENT);
    const listening = new AbortController();
    for (const sign of SIGNS) {
      const options = { capture: true, passive: true, signal: listening.signal };
      document.addEventListener(sign, () => this.note(), options);
    }
    inject(DestroyRef).onDestroy(() => {
      listening.abort();
    });
  }

  private note(): void {
    const now = this.environment.now();
    if (now - this.toldAt < TELL_EVERY_MS) return;
    if (this.router.url.startsWith('/sign-in')) return;
    this.toldAt = now;
    this.http.get('api/me').subscribe({
      error: () => {
        // A sign-in that is over leads to its page by itself; a server that is away will be asked again.
      },
    });
  }
}
