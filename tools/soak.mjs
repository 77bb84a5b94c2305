// `npm run soak`: sets up, then keeps a server busy and watches its memory (bench/README.md).
import { join } from 'node:path';
import { launch } from './runtime/launch.mjs';
import { exitWith } from './runtime/user-error.mjs';
import { ROOT, prepare } from './setup/prepare.mjs';
import { TMUX } from './setup/system-packages.mjs';

await exitWith(async () => {
  const { node, env } = await prepare([TMUX]);
  return launch(node, [join(ROOT, 'bench/soak/main.ts'), ...process.argv.slice(2)], env);
});
