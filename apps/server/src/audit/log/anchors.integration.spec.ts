import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { constants, readFileSync } from 'node:fs';
import { chmod, mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer, type IncomingMessage, type Server } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parseRecord } from '#audit-log';
import { tempDir, type TempDir, waitFor } from '#testing';
import { openTestLog } from '../../testing/open-test-log.js';
import { createSelfSigned } from '../../tls/self-signed.js';
import { AnchorOutbox } from './anchor-outbox.js';
import { AnchorError, anchorsOf, fileAnchor, httpsAnchor, journalAnchor } from './anchors.js';

let temp: TempDir;
let servers: { close(): unknown; closeAllConnections(): void }[];

beforeEach(async () => {
  temp = await tempDir();
  servers = [];
});

afterEach(async () => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  await temp.remove();
});

interface Taken {
  readonly body: string;
  readonly request: IncomingMessage;
}

/** Takes checkpoints at `https://localhost:…`. */
async function collector(
  names: readonly string[],
  status = 204,
): Promise<{ address: string; caFile: string; taken: Taken[] }> {
  const { cert, key } = await createSelfSigned(names, 1);
  const taken: Taken[] = [];
  const server = createServer({ cert, key }, (request, response) => {
    void request.toArray().then((parts: Uint8Array[]) => {
      taken.push({ body: Buffer.concat(parts).toString(), request });
      response.writeHead(status, { Location: 'https://localhost:1/' }).end('thanks');
    });
  });
  // Whoever does not trust the certificate ends the handshake.
  server.on('tlsClientError', () => undefined);
  const port = await listen(server);
  const caFile = join(temp.path, `ca-${port}.pem`);
  await writeFile(caFile, cert);
  return { address: `https://localhost:${port}/checkpoints`, caFile, taken };
}

async function listen(server: Server | ReturnType<typeof createServer>): Promise<number> {
  servers.push(server);
  server.listen(0, 'localhost');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

describe(httpsAnchor.name, () => {
  it('sends the note with its token to whom the certificate vouches for', async () => {
    const { address, caFile, taken } = await collector(['localhost']);
    const tokenFile = join(temp.path, 'token');
    await writeFile(tokenFile, 'sesame\nmore\n');
    const anchor = httpsAnchor(address, { httpsCaFile: caFile, httpsTokenFile: tokenFile });
    await anchor.send('a note\n');
    expect(taken).toHaveLength(1);
    expect(taken[0]?.body).toBe('a note\n');
    expect(taken[0]?.request).toMatchObject({ method: 'POST', url: '/checkpoints' });
    expect(taken[0]?.request.headers).toMatchObject({
      authorization: 'Bearer sesame',
      'content-type': 'text/plain; charset=utf-8',
    });
  });

  it('[K29] sends nothing to whom nobody vouches for, nor to another name', async () => {
    const unknown = await collector(['localhost']);
    await expect(httpsAnchor(unknown.address, {}).send('a note\n')).rejects.toThrow(AnchorError);
    const other = await collector(['elsewhere.example']);
    const misnamed = httpsAnchor(other.address, { httpsCaFile: other.caFile });
    await expect(misnamed.send('a note\n')).rejects.toThrow(/cannot be reached/);
    expect([...unknown.taken, ...other.taken]).toEqual([]);
  });

  it('[K29] never speaks without TLS', async () => {
    const heard: string[] = [];
    const server = createHttpServer((request, response) => {
      heard.push(request.url ?? '');
      response.end();
    });
    const port = await listen(server);
    expect(() => httpsAnchor(`http://localhost:${port}/`, {})).toThrow(/https/);
    expect(() => httpsAnchor('nonsense', {})).toThrow(AnchorError);
    await expect(httpsAnchor(`https://localhost:${port}/`, {}).send('x')).rejects.toThrow(
      AnchorError,
    );
    expect(heard).toEqual([]);
  });

  it.each([302, 403, 500])(
    'does not take status %i for an answer, and goes nowhere else',
    async (status) => {
      const { address, caFile, taken } = await collector(['localhost'], status);
      const anchor = httpsAnchor(address, { httpsCaFile: caFile });
      await expect(anchor.send('x')).rejects.toThrow(`status ${status}`);
      expect(taken).toHaveLength(1);
    },
  );

  it('says that its token cannot be read, without saying where it is', async () => {
    const anchor = httpsAnchor('https://localhost:1/', { httpsTokenFile: join(temp.path, 'none') });
    await expect(anchor.send('x')).rejects.toThrow(
      /^its certificates or token cannot be read \(ENOENT\)$/,
    );
  });
});

describe(journalAnchor.name, () => {
  it('gives systemd-cat a line of JSON, or logger where that fails', async () => {
    const bin = join(temp.path, 'bin');
    await mkdir(bin);
    const said = join(temp.path, 'said');
    const program = async (name: string, script: string): Promise<void> => {
      await writeFile(join(bin, name), `#!/bin/sh\n${script}\n`);
      await chmod(join(bin, name), 0o755);
    };
    const anchor = journalAnchor({ PATH: `${bin}:/usr/bin:/bin` });
    await program('systemd-cat', `echo "$@" > ${said}; cat >> ${said}`);
    await anchor.send('origin\n1\n');
    expect(readFileSync(said, 'utf8')).toBe('-t tmuxy-audit\n{"checkpoint":"origin\\n1\\n"}\n');
    await program('systemd-cat', 'exit 1');
    await program('logger', `cat > ${said}`);
    await anchor.send('origin\n2\n');
    expect(readFileSync(said, 'utf8')).toBe('{"checkpoint":"origin\\n2\\n"}\n');
    await program('logger', 'exit 1');
    await expect(anchor.send('x')).rejects.toThrow(AnchorError);
  });
});

describe(AnchorOutbox.name, () => {
  it('keeps what an anchor does not take, tells of it once, and sends it later', async () => {
    const told: string[] = [];
    const sent: string[] = [];
    let works = false;
    const send = (note: string): Promise<void> => {
      if (!works) return Promise.reject(new AnchorError('it is away'));
      sent.push(note);
      return Promise.resolve();
    };
    const outbox = new AnchorOutbox({ name: 'test', send }, ({ action, reason }) => {
      told.push(`${action} ${reason ?? ''}`.trim());
    });
    outbox.add('1');
    await waitFor(() => told.length === 1);
    outbox.add('2');
    works = true;
    await waitFor(() => sent.length === 2);
    outbox.add('3');
    await outbox.close();
    expect(sent).toEqual(['1', '2', '3']);
    expect(told).toEqual(['anchor.failed it is away', 'anchor.recovered']);
  });
});

describe(fileAnchor.name, () => {
  it('is not kept waiting by a pipe in the place of its file', async () => {
    const pipe = join(temp.path, 'pipe');
    execFileSync('mkfifo', [pipe]);
    await expect(fileAnchor(pipe).send('x')).rejects.toThrow(AnchorError);
    const reader = await open(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
    await expect(fileAnchor(pipe).send('x')).rejects.toThrow(AnchorError);
    await reader.close();
  });
});

describe(anchorsOf.name, () => {
  it('[K5] lets a copy elsewhere show that log and checkpoints were rolled back', async () => {
    const elsewhere = join(temp.path, 'elsewhere');
    const options = { anchors: { file: elsewhere } };
    const first = await openTestLog(temp.path, options);
    await first.log.close();
    const kept = await Promise.all(
      ['00000000000000000001.jsonl', 'checkpoints'].map(
        async (name) => [name, await readFile(join(first.dir, name))] as const,
      ),
    );
    const second = await openTestLog(temp.path, options);
    await second.log.close();
    expect(second.verify([elsewhere])).toMatchObject({ isIntact: true, findings: [] });
    for (const [name, bytes] of kept) await writeFile(join(first.dir, name), bytes);
    expect(second.verify()).toMatchObject({ isIntact: true });
    expect(second.verify([elsewhere]).findings[0]).toMatchObject({ code: 'truncated' });
  });

  it('records that one fails, and goes on recording', async () => {
    const file = join(temp.path, 'missing', 'elsewhere');
    const { log, dir, verify } = await openTestLog(temp.path, {
      anchors: { file },
      checkpointSeconds: 1,
    });
    const lines = async (): Promise<readonly string[]> =>
      (await readFile(join(dir, '00000000000000000001.jsonl'), 'utf8'))
        .split('\n')
        .map((line) => parseRecord(line)?.action ?? '');
    await waitFor(async () => (await lines()).includes('anchor.failed'));
    await mkdir(join(temp.path, 'missing'));
    await waitFor(async () => (await lines()).includes('anchor.recovered'));
    expect(log.status.state).toBe('recording');
    await log.close();
    expect(verify([file])).toMatchObject({ isIntact: true });
    await rm(file);
    await expect(fileAnchor(join(temp.path, 'none', 'x')).send('x')).rejects.toThrow(AnchorError);
  });
});
