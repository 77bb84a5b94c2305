/** Work of one kind, done by several builds or beside a limit. */
export interface Work {
  readonly name: string;
  /** What is counted: megabytes or operations. */
  readonly unit: 'MB' | 'op';
  /** How much of it one call of `run` does. */
  readonly amount: number;
  readonly run: () => void;
}

/** How much was done in a second of processor time. */
export interface Rate {
  readonly name: string;
  readonly unit: Work['unit'];
  readonly perSecond: number;
  readonly note?: string;
}

const ROUNDS = 7;

/**
 * Measures works in turns, so that whatever else the machine does meets them all, by processor time (threads of
 * the engine included) and not by the clock. The best round counts: others only ever make one slower.
 */
export function measure(works: readonly Work[], roundMs: number): readonly Rate[] {
  for (const work of works) perSecond(work, roundMs);
  const rates = works.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    // Forwards and backwards: who comes later finds the machine as the others left it.
    const turns = [...works.entries()];
    for (const [index, work] of round % 2 === 0 ? turns : turns.toReversed()) {
      rates[index]?.push(perSecond(work, roundMs));
    }
  }
  return works.map(({ name, unit }, index) => ({
    name,
    unit,
    perSecond: Math.max(...(rates[index] ?? [])),
  }));
}

function perSecond({ run, amount }: Work, roundMs: number): number {
  const begun = process.cpuUsage();
  const until = performance.now() + roundMs;
  let done = 0;
  do {
    run();
    done += amount;
  } while (performance.now() < until);
  const { user, system } = process.cpuUsage(begun);
  return (done * 1e6) / (user + system);
}
