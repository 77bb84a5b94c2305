import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { initialFiles } from './bundle.mjs';
import { commitlintArgs } from './commits.mjs';
import { STAGES, selectStages } from './stages.mjs';

describe(selectStages.name, () => {
  it('runs everything unless told otherwise', () => {
    assert.equal(selectStages([]), STAGES);
  });

  it('runs the stages of the named groups', () => {
    const names = selectStages(['web', 'e2e']).map(({ name }) => name);
    assert.deepEqual(names, ['web', 'e2e']);
  });

  it('names the groups there are when one is unknown', () => {
    assert.throws(() => selectStages(['unti']), /unti.*lint, types, unit, web, integration, e2e/);
  });
});

describe(commitlintArgs.name, () => {
  it('checks what origin has not got', () => {
    const args = commitlintArgs({ code: 0, output: '3\n' });
    assert.deepEqual(args, ['--from', 'origin/HEAD', '--to', 'HEAD']);
  });

  it('checks all commits when there is no origin or nothing is ahead of it', () => {
    assert.deepEqual(commitlintArgs({ code: 128, output: 'fatal' }), ['--to', 'HEAD']);
    assert.deepEqual(commitlintArgs({ code: 0, output: '0\n' }), ['--to', 'HEAD']);
  });
});

describe(initialFiles.name, () => {
  it('lists scripts, styles and preloaded modules once', () => {
    const html = `<link rel="stylesheet" href="styles-A.css"><link rel="modulepreload" href="chunk-B.js">
      <script src="main-C.js" type="module"></script><link rel="icon" href="favicon.svg">
      <noscript><link rel="stylesheet" href="styles-A.css"></noscript>`;
    assert.deepEqual(initialFiles(html), ['styles-A.css', 'chunk-B.js', 'main-C.js']);
  });
});
