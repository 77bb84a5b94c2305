import { Component, computed, DOCUMENT, inject, input, signal } from '@angular/core';
import type { AccessTokenCreated, AccessTokenView, Role } from '#dto';
import { copyText } from '../terminal/copy-text';
import { errorText } from '../ui/error-text';
import { FocusOnShow } from '../ui/focus-on-show';
import { PlainTitle, sanitizeTitle } from '../ui/title-text';
import { AccountApi } from './account-api';
import { TokenForm } from './token-form';
import type { NewAccessToken } from './account-api';

/** Access tokens of programs: what they may do, and the way to make and to revoke them. */
@Component({
  selector: 'app-access-tokens',
  imports: [FocusOnShow, PlainTitle, TokenForm],
  host: { 'data-testid': 'access-tokens' },
  template: `
    <div class="head">
      <h3>Access tokens</h3>
    </div>
    @if (list(); as tokens) {
      <ul class="list">
        @for (token of tokens; track token.id) {
          <li>
            <div class="what">
              <span>
                <b>{{ token.name | plainTitle }}</b>
                <span class="badge">{{ token.role }}</span>
                @if (token.readOnly) {
                  <span class="badge">read-only</span>
                }
              </span>
              <span class="quiet">{{ facts(token) }}</span>
            </div>
            <button
              [attr.aria-label]="'Revoke ' + (token.name | plainTitle)"
              (click)="revoke(token)"
            >
              Revoke
            </button>
          </li>
        } @empty {
          <li class="quiet">None yet. Programs sign in with one: Authorization: Bearer …</li>
        }
      </ul>
    }
    @if (created(); as token) {
      <div class="created" role="status" data-testid="created-token">
        <p>
          This is “{{ token.name | plainTitle }}”. It is shown this once: keep it where only the
          program reads it.
        </p>
        <code>{{ token.token }}</code>
        <div class="row">
          <button appFocusOnShow class="primary" (click)="copy(token)">
            {{ isCopied() ? 'Copied' : 'Copy' }}
          </button>
          <button (click)="created.set(null)">Done</button>
        </div>
      </div>
    } @else {
      <app-token-form [ownRole]="role()" [ownReadOnly]="readOnly()" (submitted)="create($event)" />
    }
    @if (shownProblem(); as text) {
      <p class="problem" role="alert">{{ text }}</p>
    }
  `,
  styleUrl: './account.css',
})
export class AccessTokens {
  private readonly api = inject(AccountApi);
  private readonly document = inject(DOCUMENT);

  /** Whether everybody's. */
  readonly all = input.required<boolean>();
  /** Of who makes tokens here. */
  readonly role = input.required<Role>();
  readonly readOnly = input.required<boolean>();

  private readonly loaded = this.api.tokens(() => this.all());
  private readonly problem = signal<string | null>(null);

  protected readonly created = signal<AccessTokenCreated | null>(null);
  protected readonly isCopied = signal(false);
  protected readonly list = computed(() =>
    this.loaded.hasValue() ? this.loaded.value().tokens : null,
  );
  protected readonly shownProblem = computed(() => {
    const error = this.loaded.error();
    return error === undefined ? this.problem() : errorText(error);
  });

  protected facts({ owner, sessions, expiresAt, lastUsedAt }: AccessTokenView): string {
    const day = (iso: string): string => new Date(iso).toLocaleDateString();
    return [
      this.all() ? `of ${sanitizeTitle(owner)}` : '',
      sessions === null ? 'all sessions' : sanitizeTitle(sessions.join(', ')),
      expiresAt === null ? 'never expires' : `expires ${day(expiresAt)}`,
      lastUsedAt === null ? 'not used yet' : `used ${day(lastUsedAt)}`,
    ]
      .filter((fact) => fact !== '')
      .join(' · ');
  }

  protected async create(token: NewAccessToken): Promise<void> {
    this.problem.set(null);
    this.isCopied.set(false);
    try {
      this.created.set(await this.api.createToken(token));
      this.loaded.reload();
    } catch (error) {
      this.problem.set(errorText(error));
    }
  }

  protected async revoke({ id }: AccessTokenView): Promise<void> {
    this.problem.set(null);
    try {
      await this.api.revokeToken(id);
    } catch (error) {
      this.problem.set(errorText(error));
    }
    this.loaded.reload();
  }

  protected async copy({ token }: AccessTokenCreated): Promise<void> {
    this.isCopied.set(await copyText(this.document, token));
    if (!this.isCopied()) this.problem.set('The browser refused to copy. Select it instead.');
  }
}
