// `npm run bench -- --micro`: how fast the parts of the hot path are, beside what the machine can do at all.
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { ROOT } from '../../tools/setup/prepare.mjs';
import { measureCompression } from './compression.ts';
import { drainTmux } from './drain.ts';
import { measure } from './measure.ts';
import type { Rate, Work } from './measure.ts';
import { copyWork, outputWorks } from './output.ts';
import { parserWorks } from './parsers.ts';
import { rateTable } from './rate-table.ts';
import { sseWorks } from './sse.ts';
import { paneStreams } from './streams.ts';
import { loadSubject } from './subject.ts';

const { values } = parseArgs({
  options: {
    micro: { type: 'boolean' },
    against: { type: 'string' },
    only: { type: 'string', default: '' },
    'round-ms': { type: 'string', default: '100' },
    json: { type: 'string' },
  },
});
/** Of the first stream, for tmux: enough that its start does not matter. */
const DRAINED_TIMES = 10;

const subjects = [await loadSubject('this', ROOT)];
if (values.against !== undefined) subjects.push(await loadSubject('other', values.against));
const streams = paneStreams();
/** What is compared is measured in turns. */
const groups: (readonly Work[])[] = [
  ...streams.flatMap((stream) => [
    ...byKind(subjects.map((subject) => outputWorks(subject, stream))),
    [copyWork(stream)],
  ]),
  ...byKind(subjects.map(parserWorks)),
  ...byKind(subjects.map(sseWorks)),
];
const rates: Rate[] = [];
for (const group of groups) {
  const chosen = group.filter(({ name }) => name.includes(values.only));
  if (chosen.length > 0) rates.push(...measure(chosen, Number(values['round-ms'])));
}
const [first] = streams;
if (first !== undefined && values.only === '') {
  rates.push(...(await measureCompression(first)));
  rates.push(await drainTmux(first.raw, DRAINED_TIMES));
}
console.log(rateTable(rates));
if (values.json !== undefined) {
  await writeFile(values.json, `${JSON.stringify(rates, null, 2)}\n`);
}

/** The works of several builds, those of one kind together. */
function byKind(works: readonly (readonly Work[])[]): (readonly Work[])[] {
  return (works[0] ?? []).map((_, index) =>
    works.flatMap((ofBuild) => ofBuild.slice(index, index + 1)),
  );
}
