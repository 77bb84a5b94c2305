import { HEARTBEAT_MS } from '#dto/constants';
import { waitFor } from '#testing';
import { ServerUnderTest } from '../testing/server-under-test.js';
import { startNginx } from '../testing/test-nginx.js';

let server: ServerUnderTest;
let credential: Readonly<Record<string, string>>;
/** Sends the heartbeats that are due. */
let beat: () => void;

beforeAll(async () => {
  const intervals = jest.spyOn(global, 'setInterval');
  server = await ServerUnderTest.start();
  // The one that only heartbeats have; a proxy's 60 seconds would be a long test.
  const found = intervals.mock.calls.filter(([, ms]) => ms === HEARTBEAT_MS / 2);
  expect(found).toHaveLength(1);
  beat = found[0]?.[0] as () => void;
  intervals.mockRestore();
  ({ credential } = await server.clientOf());
});

afterAll(() => server.stop());

interface Reading {
  readonly response: Response;
  readonly text: () => string;
  readonly isEnded: () => boolean;
  readonly stop: () => void;
}

/** Reads an event stream as it is. */
async function read(url: string, headers: Readonly<Record<string, string>>): Promise<Reading> {
  const abort = new AbortController();
  const target = new URL('events?session=main', url);
  const response = await fetch(target, { headers, signal: abort.signal });
  let text = '';
  let isEnded = false;
  const decoder = new TextDecoder();
  const reading = async (): Promise<void> => {
    try {
      for await (const chunk of response.body ?? [])
        text += decoder.decode(chunk, { stream: true });
    } finally {
      isEnded = true;
    }
  };
  reading().catch(() => undefined);
  return {
    response,
    text: () => text,
    isEnded: () => isEnded,
    stop: () => {
      abort.abort();
    },
  };
}

describe('an event stream', () => {
  it.each(['gzip', 'br', 'gzip, deflate, br, zstd', '*', 'identity;q=0, *;q=1'])(
    '[L13] is sent as it is to who accepts %s',
    async (accepted) => {
      const stream = await read(server.running.url, { ...credential, 'Accept-Encoding': accepted });
      expect(stream.response.headers.get('Content-Encoding')).toBeNull();
      expect(stream.response.headers.get('Cache-Control')).toContain('no-transform');
      await waitFor(() => stream.text().includes('event: snapshot\n'));
      stream.stop();
    },
  );

  it('[L11] lives on through a proxy that ends what is idle, by its heartbeats', async () => {
    const lines = ['proxy_read_timeout 1s;', 'proxy_buffering off;'];
    const nginx = await startNginx(server.tmux.dir, server.running.port, lines);
    try {
      const cookie = (credential['Cookie'] ?? '').replace(
        String(server.running.port),
        String(nginx.port),
      );
      const stream = await read(`http://127.0.0.1:${String(nginx.port)}`, { Cookie: cookie });
      await waitFor(() => stream.text().includes('event: keybindings\n'));
      const heartbeats = (): number => stream.text().split(': heartbeat\n').length - 1;
      const beating = setInterval(beat, 100);
      await waitFor(() => heartbeats() >= 30, { what: 'three idle seconds', timeoutMs: 20_000 });
      expect(stream.isEnded()).toBe(false);
      clearInterval(beating);
      // The proxy does end what is idle.
      await waitFor(() => stream.isEnded(), { what: 'nginx to cut it', timeoutMs: 20_000 });
      stream.stop();
    } finally {
      await nginx.stop();
    }
  });
});
