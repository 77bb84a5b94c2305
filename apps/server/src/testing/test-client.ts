import type { CommandName, Commands } from '#dto';
import { TestStream } from './test-stream.js';

/** Answer of one request, its body parsed when it is JSON. */
export interface TestReply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** A signed-in program that speaks plain HTTP. */
export class TestClient {
  readonly #url: string;
  /** The header that says who it is. */
  readonly #credential: Readonly<Record<string, string>>;

  /** @param credential a `Cookie` header, or headers that say who it is in another way */
  constructor(url: string, credential: string | Readonly<Record<string, string>>) {
    this.#url = url;
    this.#credential = typeof credential === 'string' ? { Cookie: credential } : credential;
  }

  /** The headers that say who it is, for requests that `fetch` would not send. */
  get credential(): Readonly<Record<string, string>> {
    return this.#credential;
  }

  /** A program with an access token. */
  static withToken(url: string, token: string): TestClient {
    return TestClient.withAuthorization(url, `Bearer ${token}`);
  }

  /** A program that sends this `Authorization` header. */
  static withAuthorization(url: string, authorization: string): TestClient {
    return new TestClient(url, { Authorization: authorization });
  }

  static async signIn(url: string, key: string): Promise<TestClient> {
    const reply = await fetch(new URL('api/sign-in', url), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ key }),
    });
    const cookie = reply.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
    return new TestClient(url, cookie);
  }

  async request(path: string, init: RequestInit = {}): Promise<TestReply> {
    const reply = await fetch(new URL(path, this.#url), {
      ...init,
      headers: { ...this.#credential, ...(init.headers as Record<string, string> | undefined) },
    });
    const text = await reply.text();
    const type = reply.headers.get('Content-Type') ?? '';
    const isJson = type.startsWith('application/json') && init.method !== 'HEAD';
    return {
      status: reply.status,
      headers: reply.headers,
      body: isJson ? (JSON.parse(text) as unknown) : text,
    };
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<TestReply> {
    return this.request(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  }

  /** Opens the event stream and waits for its first event. */
  async open(
    session = 'main',
    options: {
      readonly lastEventId?: string;
      readonly create?: boolean;
      /** `ack`: what is read will be acknowledged. */
      readonly flow?: string;
    } = {},
  ): Promise<TestStream> {
    const { create, flow } = options;
    const query = new URLSearchParams({
      session,
      ...(create ? { create: '1' } : {}),
      ...(flow === undefined ? {} : { flow }),
    });
    const stream = new TestStream(new URL(`events?${query.toString()}`, this.#url), {
      ...this.#credential,
      ...(options.lastEventId === undefined ? {} : { 'Last-Event-ID': options.lastEventId }),
    });
    await stream.next('connection-info');
    return stream;
  }

  /** Sends one command on the connection of `stream`. */
  command<C extends CommandName>(
    stream: TestStream,
    cmd: C,
    args: Commands[C]['args'],
    session = stream.info.session,
  ): Promise<TestReply> {
    return this.post(
      `commands?session=${encodeURIComponent(session)}`,
      { cmd, args },
      { 'X-Session-Token': stream.info.sessionToken },
    );
  }

  /** Types text, numbering it for the stream, and fails when it is refused. */
  async type(
    stream: TestStream,
    pane: Commands['paste']['args']['pane'],
    data: string,
  ): Promise<void> {
    const reply = await this.command(stream, 'send-input', { pane, data, seq: stream.nextSeq() });
    if (reply.status !== 200) throw new Error(`typing was refused: ${JSON.stringify(reply.body)}`);
  }
}
