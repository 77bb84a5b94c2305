import { Component, input, output } from '@angular/core';
import { keyInText } from './link-key';
import type { Credentials } from './sign-in-api';

/** A one-time key, alone or in its link, and how to get one. */
@Component({
  selector: 'app-key-form',
  template: `
    <p>
      Open the link that the server printed when it started. To get a new one, type this on the
      server’s machine:
    </p>
    <pre><code>tmuxy link</code></pre>
    <form (submit)="submit(link.value); $event.preventDefault()">
      <div>
        <label for="link">Link or key</label>
        <div class="row">
          <input
            #link
            id="link"
            autocomplete="off"
            autocapitalize="none"
            spellcheck="false"
            placeholder="http://…#key=…"
            [disabled]="disabled()"
          />
          <button class="primary" type="submit" [disabled]="disabled()">Sign in</button>
        </div>
      </div>
    </form>
  `,
  styleUrl: './sign-in-form.css',
})
export class KeyForm {
  readonly disabled = input(false);

  readonly submitted = output<Credentials>();
  /** What was typed is neither; says so. */
  readonly refused = output<string>();

  protected submit(text: string): void {
    const key = keyInText(text);
    if (key !== null) this.submitted.emit({ key });
    else this.refused.emit('That is neither a sign-in link nor a key. Paste the whole line.');
  }
}
