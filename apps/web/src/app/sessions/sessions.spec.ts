import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import type { ComponentFixture } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import type { MeView, SessionsView, SessionView } from '#dto';
import { until } from '../ui/until';
import { Sessions } from './sessions';

const WORK: SessionView = {
  id: '$1',
  name: 'work',
  windows: 2,
  attached: 1,
  viewers: 0,
  createdAt: '2026-01-01T00:00:00Z',
  lastActivityAt: '2026-01-01T00:00:00Z',
  currentWindow: 'edit',
  currentCommand: 'vim',
};

interface Page {
  readonly fixture: ComponentFixture<Sessions>;
  readonly http: HttpTestingController;
  readonly host: HTMLElement;
}

const OWNER: MeView = { name: 'ana', role: 'admin', readOnly: false };

async function openPage(list: SessionsView, me = OWNER): Promise<Page> {
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(),
      provideHttpClientTesting(),
      provideRouter([{ path: '**', children: [] }]),
    ],
  });
  const fixture = TestBed.createComponent(Sessions);
  const http = TestBed.inject(HttpTestingController);
  const host = fixture.nativeElement as HTMLElement;
  fixture.detectChanges();
  http.expectOne('api/me').flush(me);
  http.expectOne('api/sessions').flush(list);
  await fixture.whenStable();
  return { fixture, http, host };
}

async function submit(page: Page, selector: string, text: string): Promise<void> {
  const form = page.host.querySelector(selector);
  const input = form?.querySelector('input');
  if (!(input instanceof HTMLInputElement)) throw new Error(`no field in ${selector}`);
  input.value = text;
  form?.dispatchEvent(new Event('submit', { cancelable: true }));
  page.fixture.detectChanges();
  await Promise.resolve();
}

function button(page: Page, label: string): HTMLElement | undefined {
  return [...page.host.querySelectorAll('button')].find(
    (each) => each.getAttribute('aria-label') === label || each.textContent.trim() === label,
  );
}

describe(Sessions.name, () => {
  it('lists sessions with what runs in them', async () => {
    const page = await openPage({ sessions: [WORK], tmuxRunning: true });
    const row = page.host.querySelector('[data-testid=session-row]');

    expect(row?.getAttribute('data-name')).toBe('work');
    expect(row?.textContent).toContain('vim');
    expect(row?.querySelector('a')?.getAttribute('href')).toBe('/s/work');
  });

  it('tells an empty tmux from one that does not run', async () => {
    const page = await openPage({ sessions: [], tmuxRunning: false });

    expect(page.host.textContent).toContain('tmux is not running');
  });

  it('creates a session and opens it', async () => {
    const page = await openPage({ sessions: [], tmuxRunning: true });

    await submit(page, 'form.create', 'new one');
    const request = page.http.expectOne({ method: 'POST', url: 'api/sessions' });
    expect(request.request.body).toEqual({ name: 'new one' });
    request.flush({ ...WORK, name: 'new one' });
    await until(page.fixture, () => TestBed.inject(Router).url !== '/');

    expect(TestBed.inject(Router).url).toBe('/s/new%20one');
  });

  it('refuses a name that tmux would change, without asking the server', async () => {
    const page = await openPage({ sessions: [], tmuxRunning: true });

    await submit(page, 'form.create', 'a.b');
    await page.fixture.whenStable();

    page.http.expectNone({ method: 'POST', url: 'api/sessions' });
    expect(page.host.querySelector('#create-problem')?.textContent).toContain('may follow');
  });

  it('kills only after a second click', async () => {
    const page = await openPage({ sessions: [WORK], tmuxRunning: true });

    button(page, 'Kill work')?.click();
    await page.fixture.whenStable();
    page.http.expectNone({ method: 'DELETE', url: 'api/sessions/%241' });
    button(page, 'Kill')?.click();

    page.http.expectOne({ method: 'DELETE', url: 'api/sessions/%241' });
  });

  it('renames, and shows why it could not', async () => {
    const page = await openPage({ sessions: [WORK], tmuxRunning: true });

    button(page, 'Rename work')?.click();
    await page.fixture.whenStable();
    await submit(page, '.row form', 'taken');
    page.http
      .expectOne({ method: 'PATCH', url: 'api/sessions/%241' })
      .flush(
        { code: 'tmux-rejected', message: 'duplicate session: taken', correlationId: 'c' },
        { status: 422, statusText: 'Unprocessable' },
      );
    await until(page.fixture, () => page.host.querySelector('[role=alert].problem') !== null);

    expect(page.host.querySelector('[role=alert].problem')?.textContent).toContain(
      'duplicate session: taken',
    );
  });

  it.each([
    { name: 'ana', role: 'viewer', readOnly: true },
    { name: 'ana', role: 'operator', readOnly: true },
  ] as const)('[F5] offers a $role who may only look nothing else', async (me) => {
    const page = await openPage({ sessions: [WORK], tmuxRunning: true }, me);
    await until(page.fixture, () => button(page, 'Kill work') === undefined);
    expect(button(page, 'Kill work')).toBeUndefined();
    expect(button(page, 'Rename work')).toBeUndefined();
    expect(page.host.querySelector('form')).toBeNull();
    expect(page.host.textContent).toContain('You may only look');
  });
});
