import type { StreamEnvironment } from './stream-environment';

/** One `fetch` the code under test made; the test answers it. */
export class FakeRequest {
  readonly url: string;
  readonly init: RequestInit;
  readonly answered: Promise<Response>;
  private resolve: (response: Response) => void = () => undefined;
  private reject: (error: unknown) => void = () => undefined;
  private readonly chunks: (Uint8Array | null)[] = [];
  private wake: () => void = () => undefined;
  /** How many chunks were asked for. */
  reads = 0;

  constructor(url: string, init: RequestInit) {
    this.url = url;
    this.init = init;
    this.answered = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  header(name: string): string | undefined {
    return (this.init.headers as Record<string, string>)[name];
  }

  body(): unknown {
    return JSON.parse(this.init.body as string) as unknown;
  }

  fail(): void {
    this.reject(new TypeError('Failed to fetch'));
  }

  answer(status: number, body: unknown = null, headers: Record<string, string> = {}): void {
    this.resolve(fakeResponse(status, headers, () => Promise.resolve(body), null));
  }

  /** Answers 200 with a body that `push` and `end` feed. */
  open(): void {
    const read = async (): Promise<{ done: boolean; value: Uint8Array | undefined }> => {
      this.reads += 1;
      while (this.chunks.length === 0) {
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
      }
      const value = this.chunks.shift() ?? undefined;
      return { done: value === undefined, value };
    };
    this.resolve(
      fakeResponse(200, {}, () => Promise.resolve(null), { getReader: () => ({ read }) }),
    );
  }

  push(text: string | Uint8Array): void {
    this.chunks.push(typeof text === 'string' ? new TextEncoder().encode(text) : text);
    this.wake();
  }

  event(name: string, data: unknown, id?: string): void {
    const idLine = id === undefined ? '' : `id: ${id}\n`;
    this.push(`event: ${name}\n${idLine}data: ${JSON.stringify(data)}\n\n`);
  }

  end(): void {
    this.chunks.push(null);
    this.wake();
  }
}

function fakeResponse(
  status: number,
  headers: Record<string, string>,
  json: () => Promise<unknown>,
  body: unknown,
): Response {
  const get = (name: string): string | null => headers[name] ?? null;
  const ok = status >= 200 && status < 300;
  return { ok, status, headers: { get }, json, body } as unknown as Response;
}

/** Network and clock in the test's hands. Test only. */
export class FakeEnvironment implements StreamEnvironment {
  readonly requests: FakeRequest[] = [];
  readonly timers: { readonly at: number; readonly callback: () => void }[] = [];
  time = 1_000_000;

  readonly fetch = (url: string, init: RequestInit): Promise<Response> => {
    const request = new FakeRequest(url, init);
    this.requests.push(request);
    return request.answered;
  };
  readonly now = (): number => this.time;
  readonly random = (): number => 0;
  readonly after = (ms: number, callback: () => void): (() => void) => {
    const timer = { at: this.time + ms, callback };
    this.timers.push(timer);
    return () => {
      const index = this.timers.indexOf(timer);
      if (index >= 0) this.timers.splice(index, 1);
    };
  };

  /** Moves the clock and fires what is due. */
  advance(ms: number): void {
    this.time += ms;
    for (const timer of this.timers.filter(({ at }) => at <= this.time)) {
      this.timers.splice(this.timers.indexOf(timer), 1);
      timer.callback();
    }
  }

  request(index: number): FakeRequest {
    const request = this.requests.at(index);
    if (request === undefined) throw new Error(`no request ${String(index)}`);
    return request;
  }
}

/** Lets every promise that can settle without time or network settle. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 50; i++) await Promise.resolve();
}
