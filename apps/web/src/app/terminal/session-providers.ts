import type { Provider } from '@angular/core';
import { CopyMode } from '../keys/copy-mode';
import { KeyDispatcher } from '../keys/key-dispatcher';
import { SessionStore } from '../stream/session-store';

/** Everything that lives as long as one open session; for the workbench's `providers`, beside `UiRequests`. */
export const SESSION_PROVIDERS: readonly Provider[] = [SessionStore, KeyDispatcher, CopyMode];
