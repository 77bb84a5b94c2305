import { once } from 'node:events';
import { constants, createBrotliCompress, createGzip } from 'node:zlib';
import type { Rate } from './measure.ts';
import type { PaneStream } from './streams.ts';

/** About what a browser that keeps up is sent at a time. */
const EVENT_BYTES = 4_096;
const KINDS = {
  'gzip 1': () => createGzip({ level: 1 }),
  'gzip 6': () => createGzip({ level: 6 }),
  'brotli 1': () => createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }),
  'brotli 4': () => createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
} as const;

/** What compressing a viewer's stream would cost, and save: flushed after each event, since nobody may wait for it. */
export async function measureCompression(stream: PaneStream): Promise<readonly Rate[]> {
  const rates: Rate[] = [];
  for (const [kind, create] of Object.entries(KINDS)) {
    rates.push(await compress(`${kind} of events, ${stream.name}|`, stream, create));
  }
  return rates;
}

async function compress(
  name: string,
  { raw }: PaneStream,
  create: (typeof KINDS)[keyof typeof KINDS],
): Promise<Rate> {
  const stream = create();
  let compressed = 0;
  stream.on('data', (chunk: Buffer) => {
    compressed += chunk.length;
  });
  const begun = process.cpuUsage();
  let bytes = 0;
  for (let at = 0; at < raw.length; at += EVENT_BYTES) {
    const event = Buffer.from(JSON.stringify(raw.toString('utf8', at, at + EVENT_BYTES)));
    bytes += event.length;
    stream.write(event);
    await new Promise<void>((resolve) => {
      stream.flush(resolve);
    });
  }
  stream.end();
  await once(stream, 'end');
  const { user, system } = process.cpuUsage(begun);
  const note = `${((100 * compressed) / bytes).toFixed(0)} % of the bytes`;
  return { name, unit: 'MB', perSecond: bytes / (user + system), note };
}
