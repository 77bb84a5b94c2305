import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium } from '@playwright/test';
import type { Page } from '@playwright/test';
import { findChromium } from '../tools/setup/chromium.mjs';
import { expect, test as base } from './fixtures/test.ts';
import type { Installation } from './fixtures/installation.ts';

/** What a page of another site found out or did. */
interface Loot {
  /** Texts it could read. */
  readonly read: readonly string[];
  /** Names of what loaded into it. */
  readonly loaded: readonly string[];
}

/** The site of an attacker, on a loopback name and port of its own. */
interface Site {
  readonly url: string;
  readonly port: number;
}

/** A server that lets everything pass: that the probes work at all is seen with it. */
interface Victim extends Site {
  /** Requests it got, with their bodies. */
  readonly got: readonly string[];
}

const test = base.extend<{ readonly evil: Site; readonly careless: Victim }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the dependencies off this pattern
  evil: async ({}, use) => {
    const server = createServer((_request, response) => {
      response.setHeader('Content-Type', 'text/html');
      response.end('<!doctype html><title>win a prize</title><body></body>');
    });
    const port = await listen(server);
    await use({ url: `http://localhost:${String(port)}/`, port });
    await close(server);
  },

  // eslint-disable-next-line no-empty-pattern -- Playwright reads the dependencies off this pattern
  careless: async ({}, use) => {
    const got: string[] = [];
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        got.push(`${request.method ?? ''} ${request.url ?? ''} ${body}`);
        response.setHeader('Access-Control-Allow-Origin', request.headers.origin ?? '*');
        response.setHeader('Access-Control-Allow-Credentials', 'true');
        const isScript = request.url?.includes('.js') === true || request.url === '/api/me';
        const isStream = request.url?.startsWith('/events') === true;
        response.setHeader(
          'Content-Type',
          isStream ? 'text/event-stream' : isScript ? 'text/javascript' : 'text/html',
        );
        response.end(isStream ? 'data: secret\n\n' : isScript ? '"secret"' : 'secret');
      });
    });
    const port = await listen(server);
    await use({ url: `http://127.0.0.1:${String(port)}/`, port, got });
    await close(server);
  },
});

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}

/** All that a script may try on another origin; runs in the page. Each try ends by itself. */
async function attack(page: Page, target: string, session: string): Promise<Loot> {
  return page.evaluate(
    async ({ target, session }) => {
      const read: string[] = [];
      const loaded: string[] = [];
      const at = (path: string): string => new URL(path, target).href;
      const command = JSON.stringify({ cmd: 'tmux', args: { command: 'new-window -n owned' } });
      const events = `events?session=${session}&create=1`;
      const fetched = async (path: string, init: RequestInit): Promise<void> => {
        try {
          const response = await fetch(at(path), { credentials: 'include', ...init });
          if (response.type === 'opaque') return;
          const reader = response.body?.getReader();
          const { value } = (await reader?.read()) ?? {};
          void reader?.cancel();
          read.push(`${path}: ${new TextDecoder().decode(value)}`);
        } catch {
          return; // Kept from us, as it should be.
        }
      };
      const included = (element: HTMLElement, name: string): Promise<void> =>
        new Promise((resolve) => {
          element.addEventListener('load', () => {
            loaded.push(name);
            resolve();
          });
          element.addEventListener('error', () => {
            resolve();
          });
          document.body.append(element);
        });

      for (const type of ['text/plain', 'application/json', 'application/x-www-form-urlencoded']) {
        const headers = { 'Content-Type': type };
        await fetched(`commands?session=${session}`, { method: 'POST', body: command, headers });
        await fetched('api/sessions', { method: 'POST', body: '{"name":"owned"}', headers });
        await fetched('api/sign-out', { method: 'POST', body: '{}', headers });
      }
      await fetched(`commands?session=${session}`, {
        method: 'POST',
        body: command,
        mode: 'no-cors',
      });
      await fetched(events, {});
      await fetched(`${events}&2`, { mode: 'no-cors' });
      await fetched('api/me', {});
      await fetched('api/sessions', {});
      await fetched('', {});
      navigator.sendBeacon(at(`commands?session=${session}`), command);
      navigator.sendBeacon(at('api/sign-out'), new Blob(['{}'], { type: 'text/plain' }));

      await new Promise<void>((resolve) => {
        const source = new EventSource(at(events), { withCredentials: true });
        source.onmessage = ({ data }) => {
          read.push(`stream: ${String(data)}`);
          source.close();
          resolve();
        };
        source.onerror = () => {
          source.close();
          resolve();
        };
      });

      await included(
        Object.assign(document.createElement('script'), { src: at('api/me') }),
        'script',
      );
      await included(
        Object.assign(document.createElement('script'), { src: at('theme.js') }),
        'app script',
      );
      await included(
        Object.assign(document.createElement('link'), { rel: 'prefetch', href: at(events) }),
        'prefetch',
      );

      const form = document.createElement('form');
      const frame = document.createElement('iframe');
      frame.name = 'sink';
      form.target = 'sink';
      form.method = 'post';
      form.enctype = 'text/plain';
      form.action = at('api/sign-out');
      const field = document.createElement('input');
      field.name = '{"a":"';
      field.value = '"}';
      form.append(field);
      document.body.append(frame, form);
      const posted = new Promise((resolve) => {
        frame.addEventListener('load', resolve, { once: true });
      });
      form.submit();
      await posted;
      return { read, loaded };
    },
    { target, session },
  );
}

/** All that tmux has and an attacker could change. */
async function stateOf({ tmux }: Installation): Promise<string> {
  const all = [
    ['list-sessions', '-F', '#{session_id} #{session_name}'],
    ['list-windows', '-a', '-F', '#{session_name} #{window_id} #{window_name} #{window_layout}'],
    ['list-panes', '-a', '-F', '#{pane_id} #{pane_current_command} #{history_size}'],
    ['list-buffers'],
    ['show-options', '-g'],
    ['show-environment', '-g'],
    ['list-keys'],
  ];
  const parts: string[] = [];
  for (const [command = '', ...args] of all) parts.push(await tmux.run(command, ...args));
  return parts.join('\n');
}

test.describe('a page of another site, in a signed-in browser,', () => {
  test('[C1] [C3] [C5] [C17] reads nothing and changes nothing', async ({
    page,
    evil,
    careless,
    installation,
    session,
  }) => {
    const { url } = installation.server;
    const before = await stateOf(installation);
    // Another site, and another port of the same: there the browser sends the cookie along.
    for (const host of ['localhost', '127.0.0.1']) {
      await page.goto(`http://${host}:${String(evil.port)}/`);
      const loot = await attack(page, url, session.name);
      expect(loot).toEqual({ read: [], loaded: [] });
      expect(await stateOf(installation)).toBe(before);
    }
    // Nor was the person signed out.
    await page.goto(url);
    await expect(page.getByTestId('sessions')).toBeVisible();

    await page.goto(evil.url);
    const control = await attack(page, careless.url, session.name);
    expect(control.read).toEqual(
      expect.arrayContaining([
        expect.stringContaining('api/me: '),
        expect.stringContaining('stream: secret'),
        expect.stringContaining('commands?session='),
      ]),
    );
    expect(control.loaded).toEqual(expect.arrayContaining(['script', 'app script']));
    await expect
      .poll(() => careless.got.filter((line) => line.includes('/api/sign-out')).length)
      .toBeGreaterThanOrEqual(5);
  });

  test('[C15] cannot frame it', async ({ page, evil, careless, installation }) => {
    const framed = async (target: string): Promise<boolean> => {
      await page.goto(evil.url);
      await page.evaluate(
        (src) =>
          new Promise((resolve) => {
            const frame = Object.assign(document.createElement('iframe'), { src });
            frame.addEventListener('load', resolve);
            document.body.append(frame);
          }),
        target,
      );
      const frame = page.frames().find((each) => each !== page.mainFrame());
      return (
        (await frame?.locator('body').textContent())?.includes('secret') === true ||
        (await frame?.locator('app-root').count()) === 1
      );
    };
    expect(await framed(installation.server.url)).toBe(false);
    expect(await framed(new URL('api/nothing', installation.server.url).href)).toBe(false);
    expect(await framed(careless.url)).toBe(true);
  });

  test('cannot hold on to a window it opened', async ({ page, evil, careless, installation }) => {
    const canHold = async (target: string): Promise<boolean> => {
      await page.goto(evil.url);
      const popup = page.waitForEvent('popup');
      await page.evaluate((href) => {
        Object.assign(window, { opened: window.open(href) });
      }, target);
      const other = await popup;
      await other.waitForLoadState();
      const isHeld = await page.evaluate(
        () => (window as unknown as { opened: Window | null }).opened?.closed === false,
      );
      await other.close();
      return isHeld;
    };
    expect(await canHold(installation.server.url)).toBe(false);
    expect(await canHold(careless.url)).toBe(true);
  });
});

test('[C11] a name that was made to point here reaches nothing', async ({
  installation,
  careless,
  session,
}) => {
  const browser = await chromium.launch({
    ...findChromium(),
    args: ['--host-resolver-rules=MAP rebind.test 127.0.0.1'],
  });
  try {
    const page = await browser.newPage();
    const ask = async (port: string, path: string): Promise<string> => {
      const response = await page.goto(`http://rebind.test:${port}/${path}`);
      return `${String(response?.status())} ${(await response?.text()) ?? ''}`;
    };
    const { port } = new URL(installation.server.url);
    for (const path of ['', 'api/me', 'api/health/live', `events?session=${session.name}`]) {
      expect(await ask(port, path)).toMatch(/^403 .*"code":"host-not-allowed"/);
    }
    expect(await ask(String(careless.port), 'x')).toBe('200 secret');
  } finally {
    await browser.close();
  }
});
