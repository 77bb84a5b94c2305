import assert from 'node:assert/strict';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { ROOT } from '../setup/prepare.mjs';
import { run } from '../runtime/run.mjs';

const CONFIG = join(ROOT, '.dependency-cruiser.cjs');
/** @type {{ forbidden: { name: string }[] }} */
const { forbidden } = createRequire(import.meta.url)(CONFIG);

/**
 * A tree without a fault: path → content.
 *
 * @type {Readonly<Record<string, string>>}
 */
const SOUND = {
  'libs/dto/src/index.ts':
    "export type { Id } from './ids.js';\nexport { makeId } from './make.js';\n",
  'libs/dto/src/constants.ts': "import type { Id } from './ids.js';\nexport const FIRST: Id = 1;\n",
  'libs/dto/src/ids.ts': 'export type Id = number;\n',
  'libs/dto/src/make.ts':
    "import type { Id } from './ids.js';\nexport const makeId = (): Id => 1;\n",
  'libs/tmux-protocol/src/index.ts': "export { parse } from './parse.js';\n",
  'libs/tmux-protocol/src/parse.ts': 'export const parse = 1;\n',
  'libs/tmux-protocol/src/parse.spec.ts': "import '#testing';\nimport './parse.js';\n",
  'libs/testing/src/index.ts': 'export const testing = 1;\n',
  'apps/server/src/main.ts': "import './tmux/tmux.service.js';\nimport './auth/guard.js';\n",
  'apps/server/src/auth/guard.ts': "import '#dto';\n",
  'apps/server/src/auth/guard.spec.ts': "import '../tmux/tmux.service.js';\nimport '#testing';\n",
  'apps/server/src/tmux/tmux.service.ts':
    "import '#dto';\nimport '#tmux-protocol';\nimport 'rxjs';\n",
  'apps/web/src/main.ts':
    "import type { Id } from '#dto';\nimport '#dto/constants';\nexport type A = Id;\n",
  'e2e/typing.e2e.ts': "import '#testing';\n",
  'bench/main.ts': "import './echo.ts';\n",
  'bench/echo.ts': 'export const echo = 1;\n',
};

/**
 * Rule → files that break it, laid over the sound tree.
 *
 * @type {Readonly<Record<string, Readonly<Record<string, string>>>>}
 */
const BROKEN = {
  'libs-import-nothing-of-ours': { 'libs/tmux-protocol/src/parse.ts': "import '#dto';\n" },
  'lib-tests-import-their-lib-and-testing': {
    'libs/tmux-protocol/src/parse.spec.ts': "import '#dto';\n",
  },
  'libs-by-their-entry': {
    'apps/server/src/auth/guard.ts': "import '../../../../libs/dto/src/make.js';\n",
  },
  'web-takes-only-types-from-dto': {
    'apps/web/src/main.ts': "import { makeId } from '#dto';\nmakeId();\n",
  },
  'web-knows-no-server': { 'apps/web/src/main.ts': "import '#tmux-protocol';\n" },
  'server-knows-no-client': { 'apps/server/src/main.ts': "import '../../web/src/main.js';\n" },
  'black-box-imports-nothing-of-apps': {
    'e2e/typing.e2e.ts': "import '../apps/server/src/main.js';\n",
  },
  'http-auth-config-know-no-feature': {
    'apps/server/src/auth/guard.ts': "import '../tmux/tmux.service.js';\n",
  },
  'testing-is-for-tests': { 'apps/server/src/main.ts': "import '#testing';\n" },
  'nobody-imports-a-test': { 'apps/server/src/main.ts': "import './auth/guard.spec.js';\n" },
  'server-runs-without-dev-dependencies': { 'apps/server/src/main.ts': "import 'fast-check';\n" },
  'no-cycles': {
    'libs/dto/src/ids.ts':
      "import type { makeId } from './make.js';\nexport type Id = typeof makeId;\n",
  },
  'no-orphans': { 'apps/server/src/tmux/forgotten.ts': 'export const forgotten = 1;\n' },
  'imports-resolve': { 'apps/server/src/main.ts': "import './absent.js';\n" },
};

/** @param {string} root @param {Readonly<Record<string, string>>} files */
async function writeTree(root, files) {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
}

/**
 * @param {Readonly<Record<string, string>>} files laid over the sound tree
 * @returns {Promise<string[]>} names of the rules that the real rule set reports
 */
async function brokenRules(files) {
  const root = await mkdtemp(join(tmpdir(), 'tmuxy-rules-'));
  try {
    for (const file of ['package.json', 'tsconfig.base.json']) {
      await copyFile(join(ROOT, file), join(root, file));
    }
    const installed = Object.fromEntries(
      ['rxjs', 'fast-check'].flatMap((name) => [
        [`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' })],
        [`node_modules/${name}/index.js`, 'module.exports = {};\n'],
      ]),
    );
    await writeTree(root, { ...installed, ...SOUND, ...files });
    const depcruise = join(ROOT, 'node_modules/.bin/depcruise');
    const args = ['--config', CONFIG, '--output-type', 'json', 'apps', 'libs', 'e2e', 'bench'];
    const { output } = await run(process.execPath, [depcruise, ...args], { cwd: root });
    /** @type {{ summary: { violations: { rule: { name: string } }[] } }} */
    const { summary } = JSON.parse(output);
    return [...new Set(summary.violations.map(({ rule }) => rule.name))];
  } finally {
    await rm(root, { recursive: true });
  }
}

describe('dependency rules', { concurrency: 2 }, () => {
  it('pass a tree without a fault', async () => {
    assert.deepEqual(await brokenRules({}), []);
  });

  it('are each broken by one of these trees', () => {
    assert.deepEqual(Object.keys(BROKEN).sort(), forbidden.map(({ name }) => name).sort());
  });

  for (const [rule, files] of Object.entries(BROKEN)) {
    it(`report ${rule}`, async () => {
      assert.ok((await brokenRules(files)).includes(rule));
    });
  }
});
