import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONFIG_KEYS, flagOf, variableOf } from './config.keys.js';
import { lintConfig } from './lint/lint-config.js';
import { loadConfigWithSources } from './load-config.js';
import { PACKAGE_ROOT } from './package.js';

describe('docs/configuration.md', () => {
  const rows = readFileSync(join(PACKAGE_ROOT, 'docs', 'configuration.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'));

  it.each(CONFIG_KEYS)('names $name, its flag and its variable', (key) => {
    const row = rows.find((line) => line.startsWith(`| \`${key.name}\` |`)) ?? '';
    const names = key.kind === 'section' ? ['file only'] : [flagOf(key), variableOf(key)];
    for (const name of names) expect(row).toContain(name);
  });

  it('names no key that does not exist', () => {
    const keys = rows.map((line) => /^\| `(\w+)` \|/.exec(line)?.[1]);
    expect(keys).toEqual(CONFIG_KEYS.map(({ name }) => name));
  });
});

describe('tmuxy.example.yaml', () => {
  it('is a configuration that nothing is wrong with', () => {
    const { config, sources } = loadConfigWithSources({
      env: {},
      homeDir: '/nowhere',
      isTerminal: false,
      file: join(PACKAGE_ROOT, 'tmuxy.example.yaml'),
    });
    expect(sources['oidc']).toBe('file');
    expect(lintConfig(config, { userId: 1000, files: [], sources })).toEqual([]);
  });
});
