import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent, get, request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../tools/setup/prepare.mjs';
import { run } from '../tools/runtime/run.mjs';
import { startUntil, stop } from './process.ts';
import { percentiles } from './statistics.ts';
import type { Percentiles } from './statistics.ts';

const ENTRY = join(ROOT, 'dist/apps/server/src/cli/main.js');
const REQUESTS = 500;
const WARM_UP = 50;

/** How long requests of one kind take with one setting of `audit.sync`. */
export interface CommandCost {
  readonly sync: string;
  readonly what: string;
  readonly ms: Percentiles;
}

/** What is asked for; `resync` is not recorded, and shows what a request costs without a record. */
const KINDS: Readonly<Record<string, (seq: number) => object>> = {
  'not recorded (resync)': () => ({ cmd: 'resync', args: {} }),
  'key press': (seq) => ({ cmd: 'send-input', args: { pane: '%0', data: 'x', seq } }),
  'command (set-buffer)': () => ({ cmd: 'tmux', args: { command: 'set-buffer -b bench x' } }),
};

/** Sends requests one after the other to servers that differ in `audit.sync` only. */
export async function measureCommands(): Promise<readonly CommandCost[]> {
  const costs: CommandCost[] = [];
  for (const sync of ['never', 'group', 'each']) costs.push(...(await measureWith(sync)));
  return costs;
}

/** A table for people. */
export function commandTable(costs: readonly CommandCost[]): string {
  return costs
    .map(({ sync, what, ms }) => {
      const figures = [ms.p50, ms.p95, ms.p99].map((one) => `${one.toFixed(2)} ms`.padStart(10));
      return `${`${what}, sync ${sync}`.padEnd(36)}  p50 p95 p99 ${figures.join('')}`;
    })
    .join('\n');
}

async function measureWith(sync: string): Promise<readonly CommandCost[]> {
  const folder = await mkdtemp(join(tmpdir(), 'tmuxy-bench-audit-'));
  const socket = join(folder, 'tmux.sock');
  const env = { PATH: process.env['PATH'], HOME: folder, LANG: 'C.UTF-8' };
  const config = join(folder, 'tmuxy.yaml');
  await writeFile(config, `audit: { sync: ${sync} }\n`, { mode: 0o600 });
  const tmux = ['-S', socket, '-f', '/dev/null', 'new-session', '-d', '-s', 'main'];
  await run('tmux', [...tmux, 'cat > /dev/null'], { env });
  const flags = ['--port', '0', '--socket-path', socket, '--state-dir', join(folder, 'state')];
  const { child, found: link } = await startUntil(
    process.execPath,
    [ENTRY, 'server', ...flags, '--config', config],
    env,
    /(http:\S+#key=\S+)/,
  );
  try {
    const client = await Client.signIn(link);
    const costs: CommandCost[] = [];
    for (const [what, bodyOf] of Object.entries(KINDS)) {
      costs.push({ sync, what, ms: await client.time(bodyOf) });
    }
    client.close();
    return costs;
  } finally {
    await stop(child);
    await run('tmux', ['-S', socket, 'kill-server'], { env });
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A program with one connection and one open stream. */
class Client {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  readonly #url: string;
  readonly #headers: Record<string, string> = { 'Content-Type': 'application/json' };
  #stream: IncomingMessage | undefined;

  private constructor(url: string) {
    this.#url = url;
  }

  static async signIn(link: string): Promise<Client> {
    const client = new Client(link.replace(/#.*/, ''));
    const { headers } = await client.#post('api/sign-in', { key: link.replace(/.*#key=/, '') });
    client.#headers['Cookie'] = headers['set-cookie']?.[0]?.split(';', 1)[0] ?? '';
    client.#headers['X-Session-Token'] = await client.#open();
    return client;
  }

  async time(bodyOf: (seq: number) => object): Promise<Percentiles> {
    const samples: number[] = [];
    for (let seq = 1; seq <= WARM_UP + REQUESTS; seq += 1) {
      const begun = performance.now();
      const { statusCode } = await this.#post('commands?session=main', bodyOf(seq));
      if (statusCode !== 200) throw new Error(`answered ${String(statusCode)}`);
      if (seq > WARM_UP) samples.push(performance.now() - begun);
    }
    return percentiles(samples);
  }

  close(): void {
    this.#stream?.destroy();
    this.#agent.destroy();
  }

  /** Opens the stream, which is read and thrown away. @returns its session token */
  #open(): Promise<string> {
    return new Promise((resolve, reject) => {
      get(new URL('events?session=main', this.#url), { headers: this.#headers }, (stream) => {
        this.#stream = stream;
        let text = '';
        stream.on('data', (chunk: Buffer) => {
          if (text === 'read') return;
          text += chunk.toString();
          const token = /"sessionToken":"(\w+)"/.exec(text)?.[1];
          if (token === undefined || !text.includes('event: snapshot')) return;
          text = 'read';
          resolve(token);
        });
        stream.on('error', () => undefined);
      }).on('error', reject);
    });
  }

  #post(path: string, body: object): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const options = { method: 'POST', headers: this.#headers, agent: this.#agent };
      const sent = request(new URL(path, this.#url), options, (answer) => {
        answer.resume();
        answer.on('end', () => {
          resolve(answer);
        });
      });
      sent.on('error', reject);
      sent.end(JSON.stringify(body));
    });
  }
}
