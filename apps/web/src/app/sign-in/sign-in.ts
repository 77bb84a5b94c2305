import {
  Component,
  computed,
  DestroyRef,
  DOCUMENT,
  effect,
  inject,
  input,
  linkedSignal,
  signal,
  untracked,
} from '@angular/core';
import { Router } from '@angular/router';
import { Brand } from '../ui/brand';
import { Icon } from '../ui/icon';
import { KeyForm } from './key-form';
import { safeReturnPath } from './link-key';
import { PasswordForm } from './password-form';
import { PendingKey } from './pending-key';
import { retryAfterSeconds, SignInApi } from './sign-in-api';
import type { Credentials } from './sign-in-api';
import { providerErrorText, reasonText, refusalText } from './sign-in-texts';

/** Every way of signing in by page; signs in at once with the key of a link that led here. */
@Component({
  selector: 'app-sign-in',
  imports: [Brand, Icon, KeyForm, PasswordForm],
  templateUrl: './sign-in.html',
  styleUrl: './sign-in.css',
})
export class SignIn {
  private readonly api = inject(SignInApi);
  private readonly router = inject(Router);
  private readonly pending = inject(PendingKey);
  private readonly document = inject(DOCUMENT);

  /** Query parameter: where the person wanted to go. */
  readonly next = input<string>();
  /** Query parameter: why the person, signed in before, is here again. */
  readonly reason = input<string>();
  /** Query parameter: what went wrong at the identity provider. */
  readonly error = input<string>();

  protected readonly methods = this.api.methods();
  protected readonly isBusy = signal(false);
  /** A link was refused: the field for the next one, and how to get it, are what is needed now. */
  protected readonly wasKeyTried = signal(false);
  protected readonly secondsLeft = signal(0);
  protected readonly isBlocked = computed(() => this.isBusy() || this.secondsLeft() > 0);
  protected readonly problem = linkedSignal(() => providerErrorText(this.error()));
  protected readonly reasonText = computed(() => reasonText(this.reason()));
  protected readonly providerUrl = computed(() => {
    const path = safeReturnPath(this.next());
    // The server answers with an address, which has the base path in front.
    const { pathname, search } = new URL(`.${path}`, this.document.baseURI);
    return `api/sign-in/oidc?${new URLSearchParams({ returnTo: pathname + search }).toString()}`;
  });

  private timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    effect(() => {
      if (this.pending.key() === null) return;
      const key = this.pending.take();
      if (key !== null) untracked(() => void this.signIn({ key }));
    });
    inject(DestroyRef).onDestroy(() => {
      clearInterval(this.timer);
    });
  }

  protected async signIn(credentials: Credentials): Promise<void> {
    this.isBusy.set(true);
    this.problem.set(null);
    this.wasKeyTried.set('key' in credentials);
    try {
      await this.api.signIn(credentials);
      await this.router.navigateByUrl(safeReturnPath(this.next()), { replaceUrl: true });
    } catch (error) {
      this.problem.set(refusalText(credentials, error));
      this.waitFor(retryAfterSeconds(error));
    } finally {
      this.isBusy.set(false);
    }
  }

  private waitFor(seconds: number): void {
    clearInterval(this.timer);
    this.secondsLeft.set(seconds);
    if (seconds === 0) return;
    this.timer = setInterval(() => {
      this.secondsLeft.update((left) => left - 1);
      if (this.secondsLeft() > 0) return;
      clearInterval(this.timer);
      this.problem.set(null);
    }, 1_000);
  }
}
