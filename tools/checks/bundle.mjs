import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** What a browser loads before the first page shows, compressed. angular.json bounds it uncompressed. */
const INITIAL_MAX_BYTES = 250_000;

/**
 * Paths of the scripts and styles that a page loads at once.
 *
 * @param {string} html
 * @returns {string[]}
 */
export function initialFiles(html) {
  const tags = html.match(/<(script|link)\b[^>]*>/g) ?? [];
  const paths = tags.map((tag) => /\b(?:src|href)="([^"]+\.(?:js|css))"/.exec(tag)?.[1] ?? '');
  return [...new Set(paths.filter((path) => path !== ''))];
}

/**
 * Holds the web app's first load to its budget.
 *
 * @param {import('./test-runners.mjs').Context} context
 * @returns {Promise<import('./counts.mjs').Counts>}
 */
export async function checkBundle({ root }) {
  const folder = join(root, 'dist/web');
  const html = await readFile(join(folder, 'index.html'), 'utf8');
  const files = await Promise.all(initialFiles(html).map((path) => readFile(join(folder, path))));
  const bytes = files.reduce((total, content) => total + gzipSync(content).length, 0);
  const isWithin = files.length > 0 && bytes <= INITIAL_MAX_BYTES;
  console.error(`initial bundle: ${bytes} of ${INITIAL_MAX_BYTES} bytes, compressed`);
  return isWithin ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}
