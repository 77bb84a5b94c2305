// `npm start`: from a bare clone to a running server. Runs on any Node from 18 on, without packages.
import { join } from 'node:path';
import { launch } from './runtime/launch.mjs';
import { exitWith } from './runtime/user-error.mjs';
import { ROOT, prepare } from './setup/prepare.mjs';
import { TMUX } from './setup/system-packages.mjs';

await exitWith(async () => {
  const { node } = await prepare([TMUX]);
  const entry = join(ROOT, 'dist/apps/server/src/cli/main.js');
  return launch(node, [entry, 'server', ...process.argv.slice(2)]);
});
