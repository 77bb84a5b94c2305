// `node bench/micro/profile-top.ts FILE.cpuprofile [rows]`: where a profile of `node --cpu-prof` spent its time.
import { readFileSync } from 'node:fs';

interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: {
      readonly functionName: string;
      readonly url: string;
      readonly lineNumber: number;
    };
  }[];
  readonly samples: readonly number[];
}

const [, , file = '', rows = '25'] = process.argv;
const profile = JSON.parse(readFileSync(file, 'utf8')) as Profile;
const names = new Map(
  profile.nodes.map(({ id, callFrame: { functionName, url, lineNumber } }) => [
    id,
    `${functionName || '(anonymous)'} ${url.replace(/^.*\/(?=node_modules\/|dist\/)/, '')}:${lineNumber + 1}`,
  ]),
);
const counts = new Map<string, number>();
// Samples and not the time between them: that holds whatever other processes took of the processor.
const busy = profile.samples.map((id) => names.get(id) ?? '').filter((name) => !isIdle(name));
for (const name of busy) counts.set(name, (counts.get(name) ?? 0) + 1);
for (const [name, count] of [...counts].sort((a, b) => b[1] - a[1]).slice(0, Number(rows))) {
  console.log(`${((100 * count) / busy.length).toFixed(1).padStart(5)} %  ${name}`);
}

function isIdle(name: string): boolean {
  return name.startsWith('(idle) ');
}
