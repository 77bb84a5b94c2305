import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createConnection, createServer } from 'node:net';
import { join } from 'node:path';
import { waitFor } from '#testing';

// Debian keeps it where only root's PATH looks.
const PATH_WITH_SBIN = `${process.env['PATH'] ?? ''}:/usr/sbin:/usr/local/sbin`;

/** A real nginx on loopback, in front of a server under test. Ends with `stop`. */
export interface TestNginx {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/**
 * Starts nginx with all of its files below `dir`.
 *
 * @param upstream port of the server behind it, on loopback; connections to it are kept and used again
 * @param lines of the `server` block
 * @throws with what nginx said when it does not come up
 */
export async function startNginx(
  dir: string,
  upstream: number,
  lines: readonly string[] = [],
): Promise<TestNginx> {
  const port = await freePort();
  const root = join(dir, 'nginx');
  const file = join(root, 'nginx.conf');
  mkdirSync(root, { recursive: true });
  writeFileSync(file, configuration({ root, port, upstream, lines }));
  const child = spawn('nginx', ['-p', root, '-c', file], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, PATH: PATH_WITH_SBIN },
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill();
    await ended;
  };
  try {
    await waitFor(
      () => {
        if (child.exitCode !== null) throw new Error(`nginx ended: ${said}`);
        return accepts(port);
      },
      { what: `nginx to listen: ${said}` },
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, stop };
}

function configuration(of: {
  readonly root: string;
  readonly port: number;
  readonly upstream: number;
  readonly lines: readonly string[];
}): string {
  const { root, port, upstream, lines } = of;
  return `daemon off; master_process off; pid ${root}/pid; error_log stderr error;
events {}
http {
  access_log off;
  client_body_temp_path ${root}/body; proxy_temp_path ${root}/proxy; fastcgi_temp_path ${root}/fastcgi;
  uwsgi_temp_path ${root}/uwsgi; scgi_temp_path ${root}/scgi;
  upstream tmuxy { server 127.0.0.1:${String(upstream)}; keepalive 4; }
  server {
    listen 127.0.0.1:${String(port)};
    underscores_in_headers on; # the worst case
    ${lines.join('\n    ')}
    location / {
      proxy_pass http://tmuxy;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_set_header X-Remote-User $remote_user;
      proxy_set_header X-Remote-Groups staff;
    }
  }
}
`;
}

/** A port that was free a moment ago: nginx cannot pick one itself. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

async function accepts(port: number): Promise<true | undefined> {
  const socket = createConnection(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return undefined;
  } finally {
    socket.destroy();
  }
}
