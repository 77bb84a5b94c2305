import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OutputEvent } from '#dto';
import { waitFor } from '#testing';
import { ServerUnderTest } from '../testing/server-under-test.js';

const TEXT = '漢字かな交じり文é🚀';
const END = 'the-end';

let server: ServerUnderTest;
let credential: Readonly<Record<string, string>>;

beforeAll(async () => {
  server = await ServerUnderTest.start();
  ({ credential } = await server.clientOf());
});

afterAll(() => server.stop());

/** Reads a stream's bytes until what is `known` and they hold `END`, in events that are whole. */
async function read(
  lastEventId: string,
  known: string,
  start: () => Promise<unknown>,
): Promise<Buffer> {
  const abort = new AbortController();
  const headers = { ...credential, 'Last-Event-ID': lastEventId };
  const url = new URL('events?session=main', server.running.url);
  const response = await fetch(url, { headers, signal: abort.signal });
  const chunks: Uint8Array[] = [];
  const reading = (async () => {
    for await (const chunk of response.body ?? []) chunks.push(chunk);
  })();
  reading.catch(() => undefined);
  const bytes = (): Buffer => Buffer.concat(chunks);
  await waitFor(() => bytes().includes('event: state\n') || bytes().includes('event: keybindings'));
  await start();
  await waitFor(() => upToEnd(known + outputOf(bytes()).text) !== undefined, {
    what: 'the end of the output',
    timeoutMs: 20_000,
  });
  const all = bytes();
  abort.abort();
  return all;
}

/** What a client has of a stream that was cut after these bytes: whole events only. */
function outputOf(bytes: Buffer): { readonly text: string; readonly lastEventId: string } {
  const frames = bytes.toString('utf8').split('\n\n').slice(0, -1);
  const field = (frame: string, name: string): string =>
    new RegExp(`^${name}: (.*)$`, 'm').exec(frame)?.[1] ?? '';
  const ids = frames.map((frame) => field(frame, 'id')).filter((id) => id !== '');
  const outputs = frames.filter((frame) => field(frame, 'event') === 'output');
  return {
    text: outputs.map((frame) => (JSON.parse(field(frame, 'data')) as OutputEvent).data).join(''),
    lastEventId: ids.at(-1) ?? '',
  };
}

/** Without the prompt behind it, which may come later; undefined while the end is not there. */
function upToEnd(text: string): string | undefined {
  const at = text.indexOf(`${END}\r\n`);
  return at < 0 ? undefined : text.slice(0, at);
}

it('loses and doubles nothing, whether a stream is cut in a character, a line or between events', async () => {
  const lines = Array.from({ length: 300 }, (_, index) => `${index} ${TEXT}`);
  const file = join(server.tmux.dir, 'text');
  await writeFile(file, `${lines.join('\n')}\n${END}\n`);
  const whole = await read('', '', () =>
    server.tmux.run('send-keys', '-t', '%0', `clear; cat ${file}`, 'Enter'),
  );
  const text = upToEnd(outputOf(whole).text);
  expect(text).toContain(lines.join('\r\n'));

  const character = whole.indexOf(TEXT) + 1;
  const event = whole.lastIndexOf('event: output', character);
  const cuts = {
    'in a character': character,
    'in the last byte of one': character + 1,
    'in a line': event + 7,
    'in an id': whole.indexOf('\nid: ', event) + 8,
    'between the two ends of an event': whole.indexOf('\n\n', character) + 1,
    'between events': whole.indexOf('\n\n', character) + 2,
  };
  for (const [where, at] of Object.entries(cuts)) {
    const before = outputOf(whole.subarray(0, at));
    const rest = await read(before.lastEventId, before.text, () => Promise.resolve());
    expect({ where, text: upToEnd(before.text + outputOf(rest).text) }).toEqual({ where, text });
  }
}, 120_000);
