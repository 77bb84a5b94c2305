import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface ControlClientRecord {
  readonly pid: number;
  /** Start of the process in clock ticks since boot: a pid alone may be somebody else's by now. */
  readonly startedAt: string;
  /** Our own process, whose end makes the client an orphan. */
  readonly owner: number;
  readonly ownerStartedAt: string;
}

/**
 * Remembers our control clients on disk, so that a server that was killed does not leave them behind: a
 * backlogged client without a reader stays for ever and can hold up the whole tmux server (tmux.md §0
 * fact 9). One file per client in a private directory.
 */
export class ControlClientRecords {
  readonly #directory: string;

  constructor(stateDir: string) {
    this.#directory = join(stateDir, 'control-clients');
  }

  add(pid: number): void {
    const startedAt = startOf(pid);
    const ownerStartedAt = startOf(process.pid);
    if (startedAt === undefined || ownerStartedAt === undefined) return;
    mkdirSync(this.#directory, { recursive: true, mode: 0o700 });
    const record: ControlClientRecord = { pid, startedAt, owner: process.pid, ownerStartedAt };
    writeFileSync(this.#file(pid), JSON.stringify(record), { mode: 0o600 });
  }

  remove(pid: number): void {
    rmSync(this.#file(pid), { force: true });
  }

  /** Ends the clients of servers that are gone; answers their pids. SIGTERM only (tmux.md §0 fact 3). */
  reap(): readonly number[] {
    const reaped: number[] = [];
    for (const name of this.#names()) {
      const record = readRecord(join(this.#directory, name));
      if (record !== undefined && startOf(record.owner) === record.ownerStartedAt) continue;
      if (record !== undefined && startOf(record.pid) === record.startedAt) {
        process.kill(record.pid, 'SIGTERM');
        reaped.push(record.pid);
      }
      rmSync(join(this.#directory, name), { force: true });
    }
    return reaped;
  }

  #file(pid: number): string {
    return join(this.#directory, `${pid}.json`);
  }

  #names(): readonly string[] {
    try {
      return readdirSync(this.#directory);
    } catch {
      // No directory: no client was ever recorded.
      return [];
    }
  }
}

function readRecord(file: string): ControlClientRecord | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isRecord(value) ? value : undefined;
  } catch {
    // A torn or vanished record names nobody.
    return undefined;
  }
}

/** Anything else must never reach `kill`, for which 0 and negative numbers are whole groups. */
function isRecord(value: unknown): value is ControlClientRecord {
  const { pid, startedAt, owner, ownerStartedAt } = Object(value) as Record<string, unknown>;
  const isPid = (id: unknown): boolean => Number.isSafeInteger(id) && Number(id) > 1;
  return (
    isPid(pid) && isPid(owner) && [startedAt, ownerStartedAt].every((at) => typeof at === 'string')
  );
}

/** Field 22 of /proc/PID/stat (proc(5)); undefined when there is no such process. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    // Gone already, or no /proc here.
    return undefined;
  }
}
