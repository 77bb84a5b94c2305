import { Component, input, output, signal } from '@angular/core';
import { FocusOnShow } from '../ui/focus-on-show';
import type { Credentials } from './sign-in-api';

/** User name and password, as password managers know it. */
@Component({
  selector: 'app-password-form',
  imports: [FocusOnShow],
  template: `
    <form (submit)="submit(name.value, password.value); $event.preventDefault()">
      <div>
        <label for="username">User name</label>
        <input
          #name
          appFocusOnShow
          id="username"
          name="username"
          autocomplete="username"
          autocapitalize="none"
          spellcheck="false"
          required
        />
      </div>
      <div>
        <label for="password">Password</label>
        <div class="row">
          <input
            #password
            id="password"
            name="password"
            autocomplete="current-password"
            required
            [type]="isShown() ? 'text' : 'password'"
            aria-describedby="caps-lock"
            (keydown)="noteCapsLock($event)"
            (keyup)="noteCapsLock($event)"
            (blur)="hasCapsLock.set(false)"
          />
          <button
            type="button"
            [attr.aria-pressed]="isShown()"
            aria-label="Show password"
            (click)="isShown.set(!isShown())"
          >
            {{ isShown() ? 'Hide' : 'Show' }}
          </button>
        </div>
        <p id="caps-lock" class="hint" role="status">
          {{ hasCapsLock() ? 'Caps Lock is on.' : '' }}
        </p>
      </div>
      <button class="primary" type="submit" [disabled]="disabled()">Sign in</button>
    </form>
  `,
  styleUrl: './sign-in-form.css',
})
export class PasswordForm {
  readonly disabled = input(false);

  readonly submitted = output<Credentials>();

  protected readonly isShown = signal(false);
  protected readonly hasCapsLock = signal(false);

  protected submit(username: string, password: string): void {
    if (username.trim() === '' || password === '') return;
    this.submitted.emit({ username: username.trim(), password });
  }

  protected noteCapsLock(event: KeyboardEvent): void {
    this.hasCapsLock.set(event.getModifierState('CapsLock'));
  }
}
