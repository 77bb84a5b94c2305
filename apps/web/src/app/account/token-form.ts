import { Component, computed, input, output, signal } from '@angular/core';
import type { Role } from '#dto';
import { drawAtOnce } from '../ui/draw-at-once';
import { FocusOnShow } from '../ui/focus-on-show';
import type { NewAccessToken } from './account-api';

const ROLES: readonly Role[] = ['viewer', 'operator', 'admin'];
const NEVER = 'never';
const EXPIRIES = [
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'a year' },
  { value: NEVER, label: 'never' },
] as const;
const DEFAULT_EXPIRY = '90';

/** What a new access token is called and may do: as little as is needed, to begin with. */
@Component({
  selector: 'app-token-form',
  imports: [FocusOnShow],
  template: `
    @if (isOpen()) {
      <form
        (submit)="
          submit({
            name: name.value,
            role: role.value,
            sessions: sessions.value,
            expiry: expiry.value,
            readOnly: readOnly.checked,
          });
          $event.preventDefault()
        "
      >
        <label>Name<input #name appFocusOnShow autocomplete="off" maxlength="64" required /></label>
        <label>
          At most
          <select #role>
            @for (each of roles(); track each) {
              <option [value]="each">{{ each }}</option>
            }
          </select>
        </label>
        <label>
          Sessions
          <input
            #sessions
            autocomplete="off"
            autocapitalize="none"
            spellcheck="false"
            placeholder="all; or work, build-*"
          />
        </label>
        <label>
          Expires in
          <select #expiry>
            @for (each of expiries; track each.value) {
              <option [value]="each.value" [selected]="each.value === defaultExpiry">
                {{ each.label }}
              </option>
            }
          </select>
        </label>
        <label class="check">
          <input #readOnly type="checkbox" [checked]="ownReadOnly()" [disabled]="ownReadOnly()" />
          Read-only
        </label>
        <button class="primary" type="submit">Create</button>
      </form>
    } @else {
      <button class="open" (click)="open()">New access token…</button>
    }
  `,
  styleUrl: './account.css',
  styles: `
    .open {
      margin-top: 8px;
    }
  `,
})
export class TokenForm {
  private readonly draw = drawAtOnce();

  /** Of who makes it: more cannot be given. */
  readonly ownRole = input.required<Role>();
  readonly ownReadOnly = input.required<boolean>();

  readonly submitted = output<NewAccessToken>();

  protected readonly isOpen = signal(false);
  protected readonly roles = computed(() => ROLES.slice(0, ROLES.indexOf(this.ownRole()) + 1));
  protected readonly expiries = EXPIRIES;
  protected readonly defaultExpiry = DEFAULT_EXPIRY;

  protected open(): void {
    this.isOpen.set(true);
    // The first field has the keyboard before the next key.
    this.draw();
  }

  protected submit(typed: {
    readonly name: string;
    readonly role: string;
    readonly sessions: string;
    readonly expiry: string;
    readonly readOnly: boolean;
  }): void {
    const name = typed.name.trim();
    if (name === '') return;
    const patterns = typed.sessions.split(',').map((pattern) => pattern.trim());
    const sessions = patterns.filter((pattern) => pattern !== '');
    this.submitted.emit({
      name,
      role: this.roles().find((role) => role === typed.role) ?? 'viewer',
      readOnly: typed.readOnly,
      sessions: sessions.length === 0 ? null : sessions,
      expiresInDays: typed.expiry === NEVER ? null : Number(typed.expiry),
    });
    this.isOpen.set(false);
  }
}
