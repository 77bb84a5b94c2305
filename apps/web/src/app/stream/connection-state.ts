/** What the person should know about the link to the server and to tmux. */
export type ConnectionState =
  /** Nothing on screen yet. */
  | { readonly status: 'connecting'; readonly attempt: number }
  | { readonly status: 'live' }
  /** The screen stays, dimmed. `retryAt` is in epoch milliseconds. */
  | {
      readonly status: 'reconnecting';
      readonly attempt: number;
      readonly reason: string;
      readonly retryAt: number;
    }
  /** The screen stays, dimmed: other tabs of this browser have its connections (ADR 16). */
  | { readonly status: 'resting' }
  /** The stream is up, tmux is not; comes back by itself. */
  | { readonly status: 'tmux-lost'; readonly reason: string }
  /** Trying again would not help until the person does something. */
  | { readonly status: 'ended'; readonly code: string; readonly message: string };
