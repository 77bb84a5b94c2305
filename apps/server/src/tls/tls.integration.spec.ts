import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect as connectPlain } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { TmuxServer, waitFor } from '#testing';
import { OneTimeKeysService } from '../auth/one-time-keys.service.js';
import type { RunningServer } from '../main.js';
import { startAlone } from '../testing/start-alone.js';
import { createSelfSigned } from './self-signed.js';

const HOSTS = ['localhost', '127.0.0.1'];

describe('TLS', () => {
  let dir: string;
  const running: RunningServer[] = [];

  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'tmuxy-tls-'));
    await writePair();
  });

  afterEach(async () => {
    for (const { app } of running.splice(0)) await app.close();
    rmSync(dir, { recursive: true });
  });

  /** Writes a new pair where the server looks for one. @returns the certificate */
  async function writePair(days = 30, now = new Date()): Promise<string> {
    const { cert, key } = await createSelfSigned(HOSTS, days, now);
    writeFileSync(join(dir, 'key.pem'), key, { mode: 0o600 });
    writeFileSync(join(dir, 'cert.pem'), cert);
    return cert;
  }

  async function start(flags: Record<string, string> = {}): Promise<RunningServer> {
    const server = await startAlone(dir, {
      flags: { tlsCert: join(dir, 'cert.pem'), tlsKey: join(dir, 'key.pem'), ...flags },
    });
    running.push(server);
    return server;
  }

  /** Shakes hands. @returns the socket, or the error's code */
  function shake(port: number, options: ConnectionOptions = {}): Promise<TLSSocket | string> {
    return new Promise((resolve) => {
      const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false, ...options });
      socket.once('secureConnect', () => {
        resolve(socket);
      });
      socket.once('error', (error: NodeJS.ErrnoException) => {
        resolve(error.code ?? error.message);
      });
    });
  }

  async function protocolOf(port: number, options: ConnectionOptions): Promise<string | null> {
    const socket = await shake(port, options);
    if (typeof socket === 'string') return socket;
    const protocol = socket.getProtocol();
    socket.destroy();
    return protocol;
  }

  async function fingerprintOf(port: number): Promise<string> {
    const socket = await shake(port);
    if (typeof socket === 'string') return socket;
    const { fingerprint256 } = socket.getPeerCertificate();
    socket.destroy();
    return fingerprint256;
  }

  function ask(
    server: RunningServer,
    path: string,
    options: { method?: string; headers?: Record<string, string>; body?: string } = {},
  ): Promise<IncomingMessage> {
    const { body, ...rest } = options;
    return new Promise((resolve, reject) => {
      const sent = httpsRequest(
        new URL(path, server.url),
        {
          ...rest,
          ca: readFileSync(join(dir, 'cert.pem')),
          allowPartialTrustChain: true,
          agent: false,
        },
        resolve,
      );
      sent.on('error', reject);
      sent.end(body);
    });
  }

  async function signIn(server: RunningServer): Promise<string> {
    const key = server.app.get(OneTimeKeysService).issueLinkKey();
    const reply = await ask(server, 'api/sign-in', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ key }),
    });
    reply.resume();
    return reply.headers['set-cookie']?.[0] ?? '';
  }

  it('is spoken where a certificate is given, with cookies for https only', async () => {
    const server = await start();
    expect(server.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+\/$/);
    expect(await signIn(server)).toMatch(/^__Host-tmuxy=.*; Secure/);
  });

  it.each([
    ['TLSv1', 'TLSv1'],
    ['TLSv1.1', 'TLSv1.1'],
  ] as const)('[I11] refuses %s', async (minVersion, maxVersion) => {
    const { port } = await start();
    // Old versions need OpenSSL's lowest security level on this side, or they are not even offered.
    const old = { minVersion, maxVersion, ciphers: 'ALL:@SECLEVEL=0' } as const;
    expect(await protocolOf(port, old)).toMatch(/PROTOCOL_VERSION|ECONNRESET/);
  });

  it.each([
    'AES128-SHA',
    'AES256-GCM-SHA384',
    'ECDHE-ECDSA-AES128-SHA',
    'DHE-RSA-AES128-GCM-SHA256',
  ])('[I11] refuses the cipher %s', async (cipher) => {
    const { port } = await start();
    const ciphers = `${cipher}:@SECLEVEL=0`;
    expect(await protocolOf(port, { maxVersion: 'TLSv1.2', ciphers })).toMatch(/HANDSHAKE_FAILURE/);
  });

  it('[I11] speaks 1.2 and 1.3 as intermediate, 1.3 alone as modern', async () => {
    const { port } = await start();
    expect(await protocolOf(port, { maxVersion: 'TLSv1.2' })).toBe('TLSv1.2');
    expect(await protocolOf(port, {})).toBe('TLSv1.3');
    const modern = await start({ tlsProfile: 'modern' });
    expect(await protocolOf(modern.port, { maxVersion: 'TLSv1.2' })).toMatch(/PROTOCOL_VERSION/);
    expect(await protocolOf(modern.port, {})).toBe('TLSv1.3');
  });

  it('[I11] refuses to negotiate again', async () => {
    const { port } = await start();
    const socket = await shake(port, { maxVersion: 'TLSv1.2' });
    if (typeof socket === 'string') throw new Error(socket);
    const outcome = await new Promise((resolve) => {
      socket.once('error', (error: NodeJS.ErrnoException) => {
        resolve(error.code);
      });
      socket.renegotiate({}, (error) => {
        resolve(error === null ? 'done' : error.message);
      });
    });
    socket.destroy();
    expect(outcome).toMatch(/NO_RENEGOTIATION/i);
  });

  it('[I13] answers plain http with 400 and no redirect', async () => {
    const { port } = await start();
    const answer = await new Promise<string>((resolve, reject) => {
      let text = '';
      const socket = connectPlain({ host: '127.0.0.1', port }, () => {
        socket.write(
          `POST /api/sign-in HTTP/1.1\r\nHost: 127.0.0.1:${String(port)}\r\nContent-Length: 2\r\n\r\n{}`,
        );
      });
      socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      socket.on('error', reject);
      socket.on('close', () => {
        resolve(text);
      });
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(answer).not.toMatch(/location:|set-cookie:/i);
    expect(answer).toContain('https only');
    expect(answer).toMatch(/\r\nContent-Security-Policy: .*\r\nX-Correlation-Id: /s);
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({
      code: 'invalid-request',
      correlationId: expect.any(String) as unknown,
    });
  });

  it('cuts connections that are neither', async () => {
    const { port } = await start();
    const bytes = await new Promise<number>((resolve, reject) => {
      const socket = connectPlain({ host: '127.0.0.1', port }, () => {
        // SSL 2's hello.
        socket.write(Buffer.from([0x80, 0x2e, 0x01, 0x00, 0x02]));
      });
      socket.on('error', reject);
      socket.resume().on('close', () => {
        resolve(socket.bytesRead);
      });
    });
    expect(bytes).toBe(0);
  });

  it('[I15] takes new files while idle connections live on, and keeps the old for bad ones', async () => {
    const server = await start();
    const cookie = (await signIn(server)).split(';', 1)[0] ?? '';
    const streams = await Promise.all(
      Array.from({ length: 20 }, () => shake(server.port, { maxVersion: 'TLSv1.3' })),
    );
    const open = streams.filter((stream) => typeof stream !== 'string');
    expect(open).toHaveLength(20);
    let dropped = 0;
    for (const stream of open) stream.on('close', () => (dropped += 1));
    const before = await fingerprintOf(server.port);

    await writePair();
    const after = await waitFor(
      async () => {
        const now = await fingerprintOf(server.port);
        return now === before ? undefined : now;
      },
      { what: 'the new certificate' },
    );

    const key = readFileSync(join(dir, 'key.pem'));
    writeFileSync(join(dir, 'key.pem'), 'no key');
    server.reloadTls?.();
    expect(await fingerprintOf(server.port)).toBe(after);
    writeFileSync(join(dir, 'key.pem'), key);
    await writePair();
    server.reloadTls?.();
    expect(await fingerprintOf(server.port)).not.toBe(after);

    expect(dropped).toBe(0);
    const answers = open.map(
      (stream) =>
        new Promise<string>((resolve) => {
          stream.once('data', (chunk: Buffer) => {
            resolve(chunk.toString('latin1'));
          });
          stream.write(
            `GET /api/me HTTP/1.1\r\nHost: 127.0.0.1:${String(server.port)}\r\nCookie: ${cookie}\r\n\r\n`,
          );
        }),
    );
    for (const answer of await Promise.all(answers)) expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    for (const stream of open) stream.destroy();
  });

  it('[I15] takes new files while a hundred streams live on', async () => {
    const tmux = await TmuxServer.start();
    try {
      const server = await start({ socketPath: tmux.socketPath });
      const cookie = (await signIn(server)).split(';', 1)[0] ?? '';
      const streams = await Promise.all(
        Array.from({ length: 100 }, () =>
          ask(server, 'events?session=main', { headers: { cookie } }),
        ),
      );
      const heard = streams.map((stream) => {
        const all = { text: '', isEnded: false };
        stream.setEncoding('utf8');
        stream.on('data', (chunk: string) => (all.text += chunk));
        stream.on('close', () => (all.isEnded = true));
        return all;
      });
      const haveAll = (what: string): Promise<true> =>
        waitFor(() => heard.every(({ text }) => text.includes(what)) || undefined, {
          what: `${what} in every stream`,
          timeoutMs: 20_000,
        });
      await haveAll('event: connection-info');
      const before = await fingerprintOf(server.port);
      await writePair();
      server.reloadTls?.();
      expect(await fingerprintOf(server.port)).not.toBe(before);
      await tmux.run('rename-window', '-t', 'main', 'renamed-after');
      await haveAll('renamed-after');
      expect(heard.filter(({ isEnded }) => isEnded)).toEqual([]);
      for (const stream of streams) stream.destroy();
    } finally {
      for (const { app } of running.splice(0)) await app.close();
      await tmux.stop();
    }
  });

  it.each([
    ['has ended', -2 * 86_400_000, /ended at/],
    ['begins later', 2 * 86_400_000, /not valid before/],
  ])('[I15] does not start with a certificate that %s', async (_what, shift, message) => {
    await writePair(1, new Date(Date.now() + shift));
    await expect(start()).rejects.toThrow(message);
  });

  it('[I15] does not start with the key of another certificate', async () => {
    const { key } = await createSelfSigned(HOSTS, 1);
    writeFileSync(join(dir, 'key.pem'), key);
    await expect(start()).rejects.toThrow(/tlsKey: .* is not the key of the certificate/);
  });
});
