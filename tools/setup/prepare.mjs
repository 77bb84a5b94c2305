import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { environmentFor, provideNode } from '../runtime/node-runtime.mjs';
import { buildStale } from './build.mjs';
import { installDependencies } from './dependencies.mjs';
import { installSystemPackages } from './system-packages.mjs';

/** The repository's top folder. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Everything from a bare clone to a built tree; what is there already is left alone.
 *
 * @param {readonly import('./system-packages.mjs').SystemPackage[]} systemPackages
 * @returns {Promise<{ node: string, env: NodeJS.ProcessEnv }>} a fit Node, and an environment in
 *   which it and the installed packages' programs come first
 */
export async function prepare(systemPackages) {
  const say = (/** @type {string} */ text) => console.error(text);
  const node = await provideNode({ installDirs: [join(ROOT, '.runtime')], say });
  // Caches that tools would otherwise leave in the system's folder for temporary files.
  const caches = {
    NODE_COMPILE_CACHE: join(ROOT, 'node_modules/.cache/node'),
    PLAYWRIGHT_TRANSFORM_CACHE_DIR: join(ROOT, 'node_modules/.cache/playwright'),
  };
  const env = { ...environmentFor(node, join(ROOT, 'node_modules/.bin')), ...caches };
  await installSystemPackages(systemPackages);
  await installDependencies(ROOT, env);
  await buildStale(ROOT, env);
  return { node, env };
}
