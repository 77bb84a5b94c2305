// `npm run bench`: sets up, then measures in real Chromium (bench/README.md).
import { join } from 'node:path';
import { launch } from './runtime/launch.mjs';
import { exitWith } from './runtime/user-error.mjs';
import { ROOT, prepare } from './setup/prepare.mjs';
import { CHROMIUM, TMUX } from './setup/system-packages.mjs';

await exitWith(async () => {
  const isMicro = process.argv.includes('--micro');
  const { node, env } = await prepare(isMicro ? [TMUX] : [TMUX, CHROMIUM]);
  return launch(
    node,
    [join(ROOT, isMicro ? 'bench/micro/main.ts' : 'bench/main.ts'), ...process.argv.slice(2)],
    env,
  );
});
