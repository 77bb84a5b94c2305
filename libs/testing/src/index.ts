export { ControlClient } from './control-client.js';
export { OidcProvider } from './oidc-provider.js';
export type { OidcProviderSetUp } from './oidc-provider.js';
export { tempDir } from './temp-dir.js';
export type { TempDir } from './temp-dir.js';
export { TmuxServer } from './tmux-server.js';
export type { TmuxServerOptions } from './tmux-server.js';
export { waitFor } from './wait-for.js';
export type { WaitOptions } from './wait-for.js';
