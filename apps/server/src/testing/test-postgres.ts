import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { environment } from '../config/environment.js';

/** `nobody`, as whom PostgreSQL runs when the tests run as root: it refuses to be root. */
const NOBODY = 65_534;

/** A PostgreSQL server of its own: a private directory, a free port on loopback, ended with `stop`. */
export class TestPostgres {
  readonly #binDir: string;
  readonly #dir: string;
  readonly #port: number;
  #databases = 0;

  private constructor(binDir: string, dir: string, port: number) {
    this.#binDir = binDir;
    this.#dir = dir;
    this.#port = port;
  }

  /** @returns the directory of PostgreSQL's programs, undefined where it is not installed */
  static find(): string | undefined {
    const debian = '/usr/lib/postgresql';
    const versions = existsSync(debian)
      ? readdirSync(debian).map((v) => join(debian, v, 'bin'))
      : [];
    return [...(environment()['PATH'] ?? '').split(delimiter), ...versions].find((dir) =>
      ['initdb', 'pg_ctl', 'postgres', 'psql'].every((name) => existsSync(join(dir, name))),
    );
  }

  static async start(binDir: string): Promise<TestPostgres> {
    const dir = mkdtempSync(join(tmpdir(), 'tmuxy-postgres-'));
    if (process.getuid?.() === 0) chownSync(dir, NOBODY, NOBODY);
    const server = new TestPostgres(binDir, dir, await freePort());
    server.#run('initdb', ['-D', join(dir, 'data'), '-U', 'tmuxy', '-A', 'trust', '-N']);
    server.#run('pg_ctl', [
      ...['-D', join(dir, 'data'), '-l', join(dir, 'log'), '-w'],
      ...['-o', `-p ${String(server.#port)} -h 127.0.0.1 -k ${dir} -c fsync=off`, 'start'],
    ]);
    return server;
  }

  /** The database that is there from the start. */
  get url(): string {
    return this.#urlOf('postgres');
  }

  /** @returns the address of a new, empty database */
  createDatabase(): string {
    const name = `test${String(++this.#databases)}`;
    this.#run('psql', [this.url, '-q', '-c', `create database ${name}`]);
    return this.#urlOf(name);
  }

  stop(): void {
    this.#run('pg_ctl', ['-D', join(this.#dir, 'data'), '-m', 'immediate', '-w', 'stop']);
    rmSync(this.#dir, { recursive: true });
  }

  #urlOf(name: string): string {
    return `postgresql://tmuxy:s3cret@127.0.0.1:${String(this.#port)}/${name}`;
  }

  #run(name: string, args: readonly string[]): void {
    const asNobody = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
    const { status, error } = spawnSync(join(this.#binDir, name), args, {
      ...asNobody,
      cwd: this.#dir,
      env: { LC_ALL: 'C', PATH: this.#binDir, HOME: this.#dir },
      stdio: 'ignore',
    });
    if (status !== 0) throw new Error(`${name} failed (${String(status)}) ${error?.message ?? ''}`);
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
