import { readFile, readdir } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';

/** What processes take, by the kernel's own count. */
export interface Usage {
  readonly cpuSeconds: number;
  readonly rssBytes: number;
  readonly descriptors: number;
}

/** Linux shows times in these, whatever the kernel's own tick is. */
const TICKS_PER_SECOND = 100;
const SAMPLE_MS = 250;

/** CPU seconds of `/proc/<pid>/stat`, with those of children that ended. */
export function cpuSecondsOf(stat: string): number {
  // The name in parentheses may hold spaces and parentheses itself.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user, system, childUser, childSystem] = fields.slice(11, 15).map(Number);
  return ((user ?? 0) + (system ?? 0) + (childUser ?? 0) + (childSystem ?? 0)) / TICKS_PER_SECOND;
}

/** A field of `/proc/<pid>/smaps_rollup` or `status`, in bytes. */
export function kilobytesOf(text: string, field: string): number {
  const match = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(text);
  return Number(match?.[1] ?? 0) * 1024;
}

/** What a process and all below it take; one that just ended counts as nothing. */
export async function usageOf(root: number): Promise<Usage> {
  const all = await Promise.all((await treeOf(root)).map(usageOfOne));
  return all.reduce((sum, one) => ({
    cpuSeconds: sum.cpuSeconds + one.cpuSeconds,
    rssBytes: sum.rssBytes + one.rssBytes,
    descriptors: sum.descriptors + one.descriptors,
  }));
}

/** What one process takes, without those below it. */
export async function usageOfOne(pid: number): Promise<Usage> {
  const [stat, memory, files] = await Promise.all([
    read(pid, 'stat'),
    read(pid, 'status'),
    readdir(`/proc/${pid}/fd`).catch(() => []),
  ]);
  return {
    cpuSeconds: stat === '' ? 0 : cpuSecondsOf(stat),
    rssBytes: kilobytesOf(memory, 'VmRSS'),
    descriptors: files.length,
  };
}

/**
 * Memory of a process and all below it, in which pages that several processes share are counted once.
 * The kernel walks all their pages for it: not to be asked for while something is timed.
 */
export async function memoryOf(root: number): Promise<number> {
  const texts = await Promise.all((await treeOf(root)).map((pid) => read(pid, 'smaps_rollup')));
  return texts.reduce((sum, text) => sum + kilobytesOf(text, 'Pss'), 0);
}

/** What a server and its tmux took while something ran. */
export interface Metered<T> {
  readonly result: T;
  readonly serverCpuSeconds: number;
  readonly tmuxCpuSeconds: number;
  /** The most that was seen. */
  readonly serverRssBytes: number;
  readonly tmuxRssBytes: number;
}

/** Runs something and counts what these two (with all below the first) take meanwhile. */
export async function metered<T>(
  pids: { readonly server: number; readonly tmux: number },
  work: () => Promise<T>,
): Promise<Metered<T>> {
  const look = async () => [await usageOf(pids.server), await usageOfOne(pids.tmux)] as const;
  const before = await look();
  let [serverRssBytes, tmuxRssBytes] = before.map(({ rssBytes }) => rssBytes) as [number, number];
  const keep = ([server, tmux]: Awaited<ReturnType<typeof look>>): void => {
    serverRssBytes = Math.max(serverRssBytes, server.rssBytes);
    tmuxRssBytes = Math.max(tmuxRssBytes, tmux.rssBytes);
  };
  const done = new AbortController();
  const sampling = (async () => {
    while (!done.signal.aborted) {
      await setTimeout(SAMPLE_MS, undefined, { signal: done.signal });
      keep(await look());
    }
  })().catch(() => undefined);
  try {
    const result = await work();
    const after = await look();
    keep(after);
    return {
      result,
      serverCpuSeconds: after[0].cpuSeconds - before[0].cpuSeconds,
      tmuxCpuSeconds: after[1].cpuSeconds - before[1].cpuSeconds,
      serverRssBytes,
      tmuxRssBytes,
    };
  } finally {
    done.abort();
    await sampling;
  }
}

async function treeOf(root: number): Promise<readonly number[]> {
  const threads = await readdir(`/proc/${root}/task`).catch(() => []);
  const lists = await Promise.all(threads.map((thread) => read(root, `task/${thread}/children`)));
  const children = lists.join(' ').split(' ').filter(Boolean).map(Number);
  return [root, ...(await Promise.all(children.map(treeOf))).flat()];
}

function read(pid: number, file: string): Promise<string> {
  return readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
}
