import { HttpClient, HttpErrorResponse } from '@angular/common/http';
import { Component, effect, inject, input, signal, untracked } from '@angular/core';
import { Router } from '@angular/router';
import { firstValueFrom } from 'rxjs';
import { errorText } from '../ui/error-text';
import { Brand } from '../ui/brand';
import { Icon } from '../ui/icon';
import { keyInText, safeReturnPath } from './link-key';
import { PendingKey } from './pending-key';

/** Signs in with the one-time key of a link, or asks for one. */
@Component({
  selector: 'app-sign-in',
  imports: [Brand, Icon],
  templateUrl: './sign-in.html',
  styleUrl: './sign-in.css',
})
export class SignIn {
  private readonly http = inject(HttpClient);
  private readonly router = inject(Router);
  private readonly pending = inject(PendingKey);

  /** Query parameter: where the person wanted to go. */
  readonly next = input<string>();

  protected readonly isBusy = signal(false);
  protected readonly problem = signal<string | null>(null);

  constructor() {
    effect(() => {
      if (this.pending.key() === null) return;
      const key = this.pending.take();
      if (key !== null) untracked(() => void this.signIn(key));
    });
  }

  protected submit(text: string): void {
    const key = keyInText(text);
    if (key === null) {
      this.problem.set('That is neither a sign-in link nor a key. Paste the whole line.');
      return;
    }
    void this.signIn(key);
  }

  private async signIn(key: string): Promise<void> {
    this.isBusy.set(true);
    this.problem.set(null);
    try {
      await firstValueFrom(this.http.post('api/sign-in', { key }));
      await this.router.navigateByUrl(safeReturnPath(this.next()), { replaceUrl: true });
    } catch (error) {
      this.problem.set(
        error instanceof HttpErrorResponse && error.status === 401
          ? 'This key was already used or is too old: each works once. Make a new one with the command above.'
          : errorText(error),
      );
    } finally {
      this.isBusy.set(false);
    }
  }
}
