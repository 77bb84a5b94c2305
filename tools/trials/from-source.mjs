// `node --import ./tools/trials/from-source.mjs …` runs the server's TypeScript as Jest does, without a build.
import { existsSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';

const ENTRIES = new Map(
  [
    ['#audit-log', 'audit-log/src/index.ts'],
    ['#dto', 'dto/src/index.ts'],
    ['#dto/constants', 'dto/src/constants.ts'],
    ['#testing', 'testing/src/index.ts'],
    ['#tmux-protocol', 'tmux-protocol/src/index.ts'],
  ].map(([name, file]) => [name, new URL(`../../libs/${file}`, import.meta.url).href]),
);

registerHooks({
  resolve(specifier, context, next) {
    const entry = ENTRIES.get(specifier);
    if (entry !== undefined) return { url: entry, shortCircuit: true };
    if (/^\.{1,2}\/.*\.js$/.test(specifier) && context.parentURL !== undefined) {
      const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
      if (source.protocol === 'file:' && existsSync(source)) {
        return { url: source.href, shortCircuit: true };
      }
    }
    return next(specifier, context);
  },
  load(url, context, next) {
    if (!url.endsWith('.ts') || url.includes('/node_modules/')) return next(url, context);
    const filename = fileURLToPath(url);
    const { code } = transformSync(readFileSync(filename, 'utf8'), {
      filename,
      jsc: {
        target: 'es2023',
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true },
      },
      module: { type: 'es6' },
    });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
