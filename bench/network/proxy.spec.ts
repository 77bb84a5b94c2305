import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { describe, it } from 'node:test';
import { Cleanup } from '../cleanup.ts';
import { Proxy } from './proxy.ts';

/** A server that answers with a megabyte, behind a proxy. */
async function withProxy(
  line: { rttMs: number; loss: number },
  work: (proxy: Proxy) => Promise<void>,
): Promise<void> {
  const body = Buffer.alloc(1_000_000, 'x');
  const server = createServer((_, answer) => answer.end(body)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(address !== null && typeof address !== 'string');
  const cleanup = new Cleanup();
  try {
    await work(await Proxy.start(cleanup, address.port, line));
  } finally {
    await cleanup.end();
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
}

const PERFECT = { rttMs: 0, loss: 0 };

void describe(Proxy.name, () => {
  void it('carries everything and counts it', () =>
    withProxy(PERFECT, async (proxy) => {
      const text = await (await fetch(proxy.origin)).text();
      assert.equal(text.length, 1_000_000);
      assert.ok(proxy.bytesDown > 1_000_000 && proxy.bytesUp > 20);
    }));

  void it('carries everything in order over a slow and lossy line', () =>
    withProxy({ rttMs: 20, loss: 0.05 }, async (proxy) => {
      const begun = performance.now();
      const text = await (await fetch(proxy.origin)).text();
      assert.equal(text, 'x'.repeat(1_000_000));
      // Making the connection, and asking. Timers may fire a little early.
      assert.ok(performance.now() - begun > 38);
    }));

  void it('breaks what is open, refuses what is new, and comes back at its port', () =>
    withProxy(PERFECT, async (proxy) => {
      const socket = connect(proxy.port, '127.0.0.1');
      await once(socket, 'connect');
      socket.on('error', () => undefined);
      await proxy.cut();
      if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve));
      await assert.rejects(fetch(proxy.origin));
      await proxy.restore();
      assert.equal((await (await fetch(proxy.origin)).text()).length, 1_000_000);
    }));
});
