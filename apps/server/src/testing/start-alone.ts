import { join } from 'node:path';
import type { ConfigInput } from '../config/load-config.js';
import { loadConfig } from '../config/load-config.js';
import { startServer, type RunningServer } from '../main.js';

interface Alone {
  readonly flags?: Readonly<Record<string, string>>;
  /** Configuration file. */
  readonly file?: ConfigInput['file'];
  /** Folder of the web app; one that is not there by default. */
  readonly webRoot?: string;
}

/**
 * The real server without a tmux, all its state below `dir`: for what has nothing to do with sessions.
 * Its owner ends it with `app.close()`.
 */
export function startAlone(dir: string, options: Alone = {}): Promise<RunningServer> {
  const { flags, file, webRoot = join(dir, 'no-web') } = options;
  const config = loadConfig({
    env: {},
    file,
    homeDir: dir,
    isTerminal: false,
    flags: {
      port: '0',
      logLevel: 'silent',
      stateDir: join(dir, 'state'),
      socketPath: join(dir, 'tmux.sock'),
      createSession: '',
      ...flags,
    },
  });
  return startServer(config, webRoot);
}
