import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isInstalled } from './dependencies.mjs';

describe(isInstalled.name, () => {
  const wanted = {
    packages: {
      '': { version: '1.0.0' },
      'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
      'node_modules/only-on-mac': { version: '2.0.0', integrity: 'sha512-m', optional: true },
    },
  };
  const a = { version: '1.0.0', integrity: 'sha512-a' };

  it('is satisfied without the optional packages of other machines', () => {
    assert.equal(isInstalled(wanted, { packages: { 'node_modules/a': a } }), true);
  });

  it('misses a package', () => {
    assert.equal(isInstalled(wanted, { packages: {} }), false);
  });

  it('sees another version and other content', () => {
    const older = { packages: { 'node_modules/a': { ...a, version: '0.9.0' } } };
    const altered = { packages: { 'node_modules/a': { ...a, integrity: 'sha512-b' } } };
    assert.equal(isInstalled(wanted, older), false);
    assert.equal(isInstalled(wanted, altered), false);
  });
});
