import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Cleanup } from './cleanup.ts';

void describe(Cleanup.name, () => {
  void it('undoes the last begun first, and each once', async () => {
    const undone: string[] = [];
    const cleanup = new Cleanup();
    cleanup.add(() => undone.push('a'));
    cleanup.add(() => undone.push('b'));
    await cleanup.end();
    await cleanup.end();
    assert.deepEqual(undone, ['b', 'a']);
  });

  void it('ends a scope with its work, however that ends', async () => {
    const undone: string[] = [];
    const cleanup = new Cleanup();
    cleanup.add(() => undone.push('outer'));
    const failing = cleanup.scope((scope) => {
      scope.add(() => undone.push('inner'));
      return Promise.reject(new Error('failed'));
    });
    await assert.rejects(failing, /failed/);
    assert.deepEqual(undone, ['inner']);
    await cleanup.end();
    assert.deepEqual(undone, ['inner', 'outer']);
  });

  void it('begins nothing once it was ended', async () => {
    const cleanup = new Cleanup();
    await cleanup.end();
    await assert.rejects(
      cleanup.scope(() => Promise.resolve()),
      /ended/,
    );
    assert.ok(cleanup.isEnded);
  });

  void it('ends what a scope began while its work still runs', async () => {
    const undone: string[] = [];
    const cleanup = new Cleanup();
    let finish = (): void => undefined;
    const running = cleanup.scope(async (scope) => {
      scope.add(() => undone.push('inner'));
      await new Promise<void>((resolve) => (finish = resolve));
    });
    await cleanup.end();
    assert.deepEqual(undone, ['inner']);
    finish();
    await running;
    assert.deepEqual(undone, ['inner']);
  });
});
