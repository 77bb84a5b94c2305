import type { Provider } from '@angular/core';
import { CopyMode } from '../keys/copy-mode';
import { KeyDispatcher } from '../keys/key-dispatcher';
import { TypeAhead } from '../keys/type-ahead';
import { InputQueue } from '../stream/input-queue';
import { Predictions } from '../prediction/predictions';
import { PANE_SINKS } from '../stream/pane-sinks';
import { SessionStore } from '../stream/session-store';
import { PasteGuard } from './paste-guard';
import { Terminals } from './terminals';

/** Everything that lives as long as one open session; for the workbench's `providers`, beside `UiRequests`. */
export const SESSION_PROVIDERS: readonly Provider[] = [
  { provide: PANE_SINKS, useExisting: Terminals },
  SessionStore,
  InputQueue,
  KeyDispatcher,
  TypeAhead,
  CopyMode,
  PasteGuard,
  Predictions,
];
