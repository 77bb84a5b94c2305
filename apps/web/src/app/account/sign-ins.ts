import { Component, computed, inject, input, signal } from '@angular/core';
import { Router } from '@angular/router';
import type { SignInMethodName, SignInView } from '#dto';
import { errorText } from '../ui/error-text';
import { PlainTitle } from '../ui/title-text';
import { ago } from '../ui/ago';
import { AccountApi } from './account-api';
import { browserName } from './browser-name';

const METHODS: Readonly<Record<SignInMethodName, string>> = {
  key: 'link',
  password: 'password',
  'access-token': 'access token',
  proxy: 'proxy',
  oidc: 'identity provider',
  none: 'no sign-in',
};

/** Browsers that are signed in, and the way to end that. */
@Component({
  selector: 'app-sign-ins',
  imports: [PlainTitle],
  host: { 'data-testid': 'sign-ins' },
  template: `
    <div class="head">
      <h3>Signed in</h3>
      <button class="danger" (click)="everywhere()">Sign out everywhere</button>
    </div>
    @if (list(); as signIns) {
      <ul class="list">
        @for (signIn of signIns; track signIn.id) {
          <li>
            <div class="what">
              <span>
                @if (all()) {
                  <b>{{ signIn.name | plainTitle }}</b>
                }
                {{ browser(signIn) }}
                @if (signIn.current) {
                  <span class="badge current">this browser</span>
                }
              </span>
              <span class="quiet">
                {{ signIn.address | plainTitle }} · by {{ method(signIn) }} · used
                {{ since(signIn.lastActiveAt) }}
              </span>
            </div>
            @if (!signIn.current) {
              <button [attr.aria-label]="'End ' + browser(signIn)" (click)="end(signIn)">
                End
              </button>
            }
          </li>
        } @empty {
          <li class="quiet">No browser is signed in.</li>
        }
      </ul>
    }
    @if (shownProblem(); as text) {
      <p class="problem" role="alert">{{ text }}</p>
    }
  `,
  styleUrl: './account.css',
})
export class SignIns {
  private readonly api = inject(AccountApi);
  private readonly router = inject(Router);

  /** Whether everybody's. */
  readonly all = input.required<boolean>();

  private readonly loaded = this.api.signIns(() => this.all());
  private readonly now = Date.now();
  private readonly problem = signal<string | null>(null);

  protected readonly list = computed(() =>
    this.loaded.hasValue() ? this.loaded.value().signIns : null,
  );
  protected readonly shownProblem = computed(() => {
    const error = this.loaded.error();
    return error === undefined ? this.problem() : errorText(error);
  });

  protected browser({ userAgent }: SignInView): string {
    return browserName(userAgent);
  }

  protected method({ method }: SignInView): string {
    return METHODS[method];
  }

  protected since(iso: string): string {
    return ago(iso, this.now);
  }

  protected async end({ id }: SignInView): Promise<void> {
    await this.attempt(() => this.api.endSignIn(id));
    this.loaded.reload();
  }

  protected async everywhere(): Promise<void> {
    const isDone = await this.attempt(() => this.api.signOutEverywhere());
    if (isDone) await this.router.navigate(['/sign-in'], { queryParams: { reason: 'signed-out' } });
  }

  private async attempt(act: () => Promise<void>): Promise<boolean> {
    this.problem.set(null);
    try {
      await act();
      return true;
    } catch (error) {
      this.problem.set(errorText(error));
      return false;
    }
  }
}
