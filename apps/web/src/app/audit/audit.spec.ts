import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import type { TestRequest } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import type { ComponentFixture } from '@angular/core/testing';
import { provideRouter, Router, withComponentInputBinding } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import type { AuditPageView, MeView } from '#dto';
import { FakeEnvironment, settle } from '../stream/fake-environment';
import { STREAM_ENVIRONMENT } from '../stream/stream-environment';
import { until } from '../ui/until';
import { Audit } from './audit';
import { fakePage, fakePair, fakeRecord } from './fake-records';
import { BATCH_MS } from './live-batch';

const ADMIN: MeView = { name: 'ana', role: 'admin', readOnly: false };
const [INTENT, OUTCOME] = fakePair(3);
const DENIED = fakeRecord(5, {
  action: 'request.refused',
  actor: { ...INTENT.actor, name: 'vic', role: 'viewer' },
  decision: 'denied',
  reason: 'policy-denied: not for viewers',
  target: { session: 'work' },
  correlationId: 'c-123',
});

class Page {
  readonly http = TestBed.inject(HttpTestingController);
  readonly environment = TestBed.inject(STREAM_ENVIRONMENT) as FakeEnvironment;
  readonly fixture: ComponentFixture<unknown>;
  readonly host: HTMLElement;

  constructor({ fixture }: RouterTestingHarness) {
    this.fixture = fixture;
    this.host = fixture.nativeElement as HTMLElement;
  }

  /** The one request for records that waits. */
  async pending(): Promise<TestRequest> {
    let found: TestRequest[] = [];
    // Not `until`: a page that waits for an answer is not stable.
    for (let turn = 0; turn < 50 && found.length === 0; turn++) {
      await new Promise((resolve) => setTimeout(resolve));
      found = this.http.match(({ url }) => url === 'api/audit');
    }
    expect(found).toHaveLength(1);
    return found[0]!;
  }

  async answer(page: AuditPageView): Promise<void> {
    (await this.pending()).flush(page);
    await this.fixture.whenStable();
  }

  all(selector: string): HTMLElement[] {
    return [...this.host.querySelectorAll<HTMLElement>(selector)];
  }

  get rows(): HTMLElement[] {
    return this.all('[data-testid=audit-row]');
  }

  byId(id: string): HTMLElement | null {
    return this.host.querySelector(`[data-testid=${id}]`);
  }

  button(name: string): HTMLElement {
    const found = this.all('button').find(
      (each) => each.getAttribute('aria-label') === name || each.textContent.trim() === name,
    );
    if (found === undefined) throw new Error(`no button ${name}`);
    return found;
  }

  async press(key: string): Promise<void> {
    const target = document.activeElement ?? document.body;
    target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    await until(this.fixture, () => false);
  }
}

async function openPage(path = '/audit', me = ADMIN): Promise<Page> {
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(),
      provideHttpClientTesting(),
      { provide: STREAM_ENVIRONMENT, useValue: new FakeEnvironment() },
      provideRouter(
        [
          { path: 'audit', component: Audit },
          { path: '**', children: [] },
        ],
        withComponentInputBinding(),
      ),
    ],
  });
  const harness = await RouterTestingHarness.create(path);
  const page = new Page(harness);
  document.body.append(page.host);
  page.http.expectOne('api/me').flush(me);
  await page.fixture.whenStable();
  return page;
}

beforeAll(() => {
  // jsdom has none; the list then draws its first rows.
  globalThis.ResizeObserver = class {
    readonly observe = (): void => undefined;
    readonly unobserve = (): void => undefined;
    readonly disconnect = (): void => undefined;
  };
});

describe(Audit.name, () => {
  it('lists what was done in one row each: who, what, how it ended and why', async () => {
    const page = await openPage();
    await page.answer(fakePage([INTENT, OUTCOME, DENIED]));

    expect(page.rows.map((row) => row.className.split(' ')[0])).toEqual(['denied', 'allowed']);
    const [denied, allowed] = page.rows.map((row) => row.textContent);
    expect(denied).toContain('vic');
    expect(denied).toContain('policy-denied: not for viewers');
    expect(allowed).toContain('Run a command');
    expect(allowed).toContain('new-window');
    expect(page.byId('audit-size')?.textContent).toContain('100');
    expect(page.host.textContent).toContain('signed up to 90');
  });

  it.each(['viewer', 'operator'] as const)('tells a %s that it is not for them', async (role) => {
    const page = await openPage('/audit', { ...ADMIN, role });
    expect(page.byId('audit-forbidden')?.textContent).toContain(`role ${role}`);
    page.http.expectNone(({ url }) => url === 'api/audit');
    expect(page.environment.requests).toEqual([]);
  });

  it('believes the server when it refuses an admin', async () => {
    const page = await openPage();
    (await page.pending()).flush(null, { status: 403, statusText: 'Forbidden' });
    await page.fixture.whenStable();
    expect(page.byId('audit-forbidden')).not.toBeNull();
  });

  it('reads its filters off the address, and exports with them', async () => {
    const page = await openPage('/audit?q=rm&verdict=denied&actor=vic&live=0');
    const { request } = await page.pending();
    expect(request.params.toString()).toBe('q=rm&actor=vic&decision=denied&limit=200');
    expect(page.environment.requests).toEqual([]);
    expect(page.all('a[download]').map((link) => link.getAttribute('href'))).toEqual([
      'api/audit/export?format=jsonl&q=rm&actor=vic&decision=denied',
      'api/audit/export?format=csv&q=rm&actor=vic&decision=denied',
    ]);
  });

  it('writes its filters into the address, and takes them all away again', async () => {
    const page = await openPage();
    await page.answer(fakePage([DENIED]));
    const search = page.host.querySelector<HTMLInputElement>('input[type=search]')!;
    search.value = ' kill ';
    search.form!.dispatchEvent(new Event('submit', { cancelable: true }));
    await page.answer(fakePage([]));

    expect(TestBed.inject(Router).url).toBe('/audit?q=kill');
    expect(page.byId('audit-empty')?.textContent).toContain('No record matches');
    page.button('Clear all filters').click();
    await page.answer(fakePage([DENIED]));
    expect(TestBed.inject(Router).url).toBe('/audit');
    expect(page.rows).toHaveLength(1);
  });

  it('opens details by the keyboard, moves on in them, and closes them', async () => {
    const page = await openPage();
    await page.answer(fakePage([INTENT, OUTCOME, DENIED]));
    await page.press('j');
    await page.press('Enter');
    const text = (): string => page.byId('audit-details')?.textContent ?? '';
    expect(text()).toContain(DENIED.hash);
    expect(text()).toContain('c-123');
    expect(document.activeElement).toBe(page.byId('audit-details'));

    await page.press('j');
    expect(text()).toContain('Outcome, record 4');
    expect(text()).toContain('2 ms');
    await page.press('Escape');
    expect(page.byId('audit-details')).toBeNull();
    expect(document.activeElement?.getAttribute('role')).toBe('grid');
    expect(document.activeElement?.getAttribute('aria-activedescendant')).toBe('record-3');
    await page.press('/');
    expect(document.activeElement?.getAttribute('type')).toBe('search');
  });

  it('goes to either end by the keyboard', async () => {
    const page = await openPage();
    await page.answer(fakePage([INTENT, OUTCOME, DENIED]));
    const active = (): string | null =>
      page.host.querySelector('[role=grid]')!.getAttribute('aria-activedescendant');
    await page.press('End');
    expect(active()).toBe('record-3');
    await page.press('Home');
    expect(active()).toBe('record-5');
    await page.press('k');
    expect(active()).toBe('record-5');
  });

  it('narrows to what a record has in common', async () => {
    const page = await openPage();
    await page.answer(fakePage([DENIED]));
    page.rows[0]?.click();
    await page.fixture.whenStable();
    page.button('Show only this Who').click();
    expect((await page.pending()).request.params.get('actor')).toBe('vic');
    expect(TestBed.inject(Router).url).toBe('/audit?actor=vic');
  });

  it('looks for the other half of a row when it is opened', async () => {
    const page = await openPage('/audit?live=0');
    await page.answer(fakePage([INTENT], null, { size: 3 }));
    page.rows[0]?.click();
    await page.answer(fakePage([OUTCOME]));
    await until(page.fixture, () => page.host.textContent.includes('Outcome, record 4'));
    expect(page.byId('audit-details')?.textContent).toContain('Outcome, record 4');
  });

  it('lets new rows wait while details are read', async () => {
    const page = await openPage();
    await page.answer(fakePage([DENIED]));
    page.rows[0]?.click();
    await until(page.fixture, () => page.byId('audit-details') !== null);
    const stream = page.environment.request(0);
    stream.open();
    stream.event('record', { record: fakeRecord(6) }, '6');
    await settle();
    page.environment.advance(BATCH_MS);
    await page.fixture.whenStable();

    expect(page.rows).toHaveLength(1);
    expect(page.byId('audit-new')?.textContent).toContain('1 new');
    page.byId('audit-new')?.click();
    await page.fixture.whenStable();
    expect(page.rows).toHaveLength(2);
    expect(page.byId('audit-new')).toBeNull();
  });

  it('follows by a switch that the address keeps', async () => {
    const page = await openPage();
    await page.answer(fakePage([DENIED]));
    expect(page.environment.requests).toHaveLength(1);
    page.byId('live')?.click();
    await page.answer(fakePage([DENIED]));
    expect(TestBed.inject(Router).url).toBe('/audit?live=0');
    expect(page.byId('live')?.getAttribute('aria-checked')).toBe('false');
    expect(page.byId('live')?.textContent).toContain('off');
    expect(page.environment.requests).toHaveLength(1);
  });

  it('says loudly that nothing can be recorded, and what to do', async () => {
    const page = await openPage();
    await page.answer(
      fakePage([DENIED], null, { state: 'failing', reason: 'the disk is full (ENOSPC)' }),
    );
    const banner = page.byId('audit-failing');
    expect(banner?.getAttribute('role')).toBe('alert');
    expect(banner?.textContent).toContain('the disk is full (ENOSPC)');
    expect(banner?.textContent).toContain('refused');
  });

  it('shows how to verify, with the key', async () => {
    const page = await openPage();
    await page.answer(fakePage([DENIED]));
    page.button('Verify…').click();
    await page.fixture.whenStable();
    expect(page.byId('verify-command')?.textContent).toBe(
      "tmuxy audit verify --key 'example.com/log+c74f20a3+ARpc'",
    );
  });

  it('draws only a part of a long list', async () => {
    const page = await openPage();
    const records = Array.from({ length: 2_000 }, (_, index) => fakeRecord(index + 1));
    await page.answer(fakePage(records));
    expect(page.rows.length).toBeGreaterThan(20);
    expect(page.rows.length).toBeLessThan(100);
    expect(page.host.querySelector('[role=grid]')?.getAttribute('aria-rowcount')).toBe('2001');
  });
});
