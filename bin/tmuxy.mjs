#!/usr/bin/env node
// Runs on any Node from 18 on: finds a Node that the server runs on and starts it there.
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch } from '../tools/runtime/launch.mjs';
import { provideNode } from '../tools/runtime/node-runtime.mjs';
import { RUNTIME_MAJOR } from '../tools/runtime/node-version.mjs';
import { UserError, exitWith } from '../tools/runtime/user-error.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const entry = join(root, 'dist/apps/server/src/cli/main.js');
const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');

await exitWith(async () => {
  if (!existsSync(entry)) {
    throw new UserError(`${entry} is missing: run 'npm run build' in ${root} first.`);
  }
  const node = await provideNode({
    installDirs: [join(root, '.runtime'), join(cache, 'tmuxy', `node-${RUNTIME_MAJOR}`)],
    say: (text) => console.error(text),
  });
  return launch(node, [entry, ...process.argv.slice(2)]);
});
