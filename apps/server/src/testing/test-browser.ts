/** An answer on the way; its body has been read. */
export interface TestPage {
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

interface Cookie {
  readonly host: string;
  readonly path: string;
  readonly name: string;
  readonly value: string;
  readonly isStrict: boolean;
}

const REDIRECTS_MAX = 20;

/** Follows redirects and keeps cookies by host and path, as a browser does. */
export class TestBrowser {
  #cookies: readonly Cookie[] = [];

  /**
   * One request; its redirect is left to the caller.
   *
   * @param isFromElsewhere whether another site leads here, so that Strict cookies stay away
   */
  async ask(
    address: string | URL,
    init: RequestInit = {},
    isFromElsewhere = false,
  ): Promise<TestPage> {
    const url = new URL(address);
    const reply = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: {
        ...(init.headers as Record<string, string> | undefined),
        Cookie: this.#for(url, isFromElsewhere),
      },
    });
    for (const text of reply.headers.getSetCookie()) this.#keep(url, text);
    return { url, status: reply.status, headers: reply.headers, text: await reply.text() };
  }

  /** Goes to a page and on wherever it leads, until there is no redirect or `isEnd` says so. */
  async visit(
    address: string | URL,
    isEnd: (url: URL) => boolean = () => false,
    init: RequestInit = {},
  ): Promise<TestPage> {
    let page = await this.ask(address, init);
    for (let i = 0; i < REDIRECTS_MAX; i++) {
      const location = page.headers.get('location');
      if (location === null) return page;
      const next = new URL(location, page.url);
      if (isEnd(next)) return { ...page, url: next };
      page = await this.ask(next);
    }
    throw new Error(`${page.url.href} leads in circles`);
  }

  #for({ hostname, pathname }: URL, isFromElsewhere: boolean): string {
    return this.#cookies
      .filter(({ isStrict }) => !(isStrict && isFromElsewhere))
      .filter(({ host, path }) => host === hostname && pathname.startsWith(path))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
  }

  #keep({ hostname: host }: URL, text: string): void {
    const [pair = '', ...attributes] = text.split(/;\s*/);
    const [, name = '', value = ''] = /^([^=]+)=(.*)$/.exec(pair) ?? [];
    const path = attributes.find((attribute) => /^path=/i.test(attribute))?.slice(5) ?? '/';
    const isStrict = attributes.some((attribute) => /^samesite=strict$/i.test(attribute));
    const others = this.#cookies.filter(
      (known) => known.host !== host || known.path !== path || known.name !== name,
    );
    this.#cookies = value === '' ? others : [...others, { host, path, name, value, isStrict }];
  }
}
