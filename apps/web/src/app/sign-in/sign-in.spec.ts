import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router, withComponentInputBinding } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import type { SignInMethodsView } from '#dto';
import { until } from '../ui/until';
import { keyFromLink } from './key-from-link';
import { SignIn } from './sign-in';

const POST = { method: 'POST', url: 'api/sign-in' };
const ONLY_KEY: SignInMethodsView = { password: false, oidc: null };

@Component({ template: 'the session' })
class SessionPage {}

async function openAt(
  path: string,
  methods: SignInMethodsView | null = ONLY_KEY,
): Promise<RouterTestingHarness> {
  history.replaceState(null, '', path);
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(),
      provideHttpClientTesting(),
      provideRouter(
        [
          {
            path: '',
            canActivate: [keyFromLink],
            children: [
              { path: 'sign-in', component: SignIn },
              { path: '**', component: SessionPage },
            ],
          },
        ],
        withComponentInputBinding(),
      ),
    ],
  });
  const harness = await RouterTestingHarness.create(path);
  const http = TestBed.inject(HttpTestingController);
  let asked = http.match({ method: 'GET', url: 'api/sign-in' });
  await until(harness.fixture, () => {
    asked = [...asked, ...http.match({ method: 'GET', url: 'api/sign-in' })];
    return asked.length > 0;
  });
  if (methods === null) asked[0]?.flush(null, { status: 404, statusText: 'Not Found' });
  else asked[0]?.flush(methods);
  await harness.fixture.whenStable();
  return harness;
}

function findAs<T extends Element>(
  type: abstract new () => T,
  harness: RouterTestingHarness,
  selector: string,
): T {
  const found = harness.routeNativeElement?.querySelector(selector);
  if (!(found instanceof type)) throw new Error(`there is no ${selector}`);
  return found;
}

function find(harness: RouterTestingHarness, selector: string): HTMLElement {
  return findAs(HTMLElement, harness, selector);
}

function fillPassword(harness: RouterTestingHarness, name: string, password: string): void {
  findAs(HTMLInputElement, harness, '#username').value = name;
  findAs(HTMLInputElement, harness, '#password').value = password;
  find(harness, 'app-password-form form').dispatchEvent(new Event('submit', { cancelable: true }));
}

function problem(harness: RouterTestingHarness): Element | null | undefined {
  return harness.routeNativeElement?.querySelector('[role=alert]');
}

describe(SignIn.name, () => {
  afterEach(() => {
    history.replaceState(null, '', '/');
  });

  it('takes the key out of the address, signs in with it and goes on', async () => {
    const harness = await openAt('/s/work#key=abc');
    const http = TestBed.inject(HttpTestingController);

    expect(location.href).not.toContain('abc');
    const request = http.expectOne(POST);
    expect(request.request.body).toEqual({ key: 'abc' });
    request.flush(null, { status: 204, statusText: 'No Content' });
    await until(harness.fixture, () => TestBed.inject(Router).url === '/s/work');

    expect(TestBed.inject(Router).url).toBe('/s/work');
    expect(harness.routeNativeElement?.textContent).toBe('the session');
  });

  it('says what to do when the key was used before', async () => {
    const harness = await openAt('/#key=abc');

    TestBed.inject(HttpTestingController)
      .expectOne(POST)
      .flush(
        { code: 'unauthenticated', message: 'no', correlationId: 'c' },
        { status: 401, statusText: 'Unauthorized' },
      );
    await until(harness.fixture, () => problem(harness) !== null);

    expect(problem(harness)?.textContent).toContain('already used or is too old');
    expect(harness.routeNativeElement?.textContent).toContain('tmuxy link');
  });

  it('signs in with a pasted link and sends nothing for other text', async () => {
    const harness = await openAt('/sign-in');
    const http = TestBed.inject(HttpTestingController);
    const input = harness.routeNativeElement?.querySelector('input');
    const form = harness.routeNativeElement?.querySelector('form');

    if (input instanceof HTMLInputElement) input.value = 'what is this';
    form?.dispatchEvent(new Event('submit', { cancelable: true }));
    await harness.fixture.whenStable();
    http.expectNone(POST);
    expect(harness.routeNativeElement?.textContent).toContain('neither a sign-in link nor a key');

    if (input instanceof HTMLInputElement) input.value = 'http://127.0.0.1:9000/#key=k1';
    form?.dispatchEvent(new Event('submit', { cancelable: true }));
    expect(http.expectOne(POST).request.body).toEqual({ key: 'k1' });
  });

  it('offers the key alone where the server knows no other way', async () => {
    const harness = await openAt('/sign-in', null);
    expect(harness.routeNativeElement?.querySelector('#link')).not.toBeNull();
    expect(harness.routeNativeElement?.querySelector('#password, details, a')).toBeNull();
  });

  it('asks again when the server did not answer, and then offers the password', async () => {
    jest.useFakeTimers({ advanceTimers: true });
    try {
      const harness = await openAt('/sign-in', null);
      const http = TestBed.inject(HttpTestingController);
      jest.advanceTimersByTime(3_000);
      await until(
        harness.fixture,
        () =>
          http
            .match({ method: 'GET', url: 'api/sign-in' })
            .map((again) => again.flush({ password: true, oidc: null })).length > 0,
      );
      await harness.fixture.whenStable();
      expect(harness.routeNativeElement?.querySelector('#password')).not.toBeNull();
    } finally {
      jest.useRealTimers();
    }
  });

  it('signs in with user name and password and goes where the person wanted to', async () => {
    const harness = await openAt('/sign-in?next=/s/work', { password: true, oidc: null });
    const password = findAs(HTMLInputElement, harness, '#password');
    expect([password.type, password.autocomplete]).toEqual(['password', 'current-password']);
    expect(findAs(HTMLInputElement, harness, '#username').autocomplete).toBe('username');
    fillPassword(harness, ' ana ', ' correct horse ');
    const request = TestBed.inject(HttpTestingController).expectOne(POST);
    expect(request.request.body).toEqual({ username: 'ana', password: ' correct horse ' });
    request.flush(null, { status: 204, statusText: 'No Content' });
    await until(harness.fixture, () => TestBed.inject(Router).url === '/s/work');
    expect(TestBed.inject(Router).url).toBe('/s/work');
  });

  it('shows the password and tells of Caps Lock', async () => {
    const harness = await openAt('/sign-in', { password: true, oidc: null });
    const password = findAs(HTMLInputElement, harness, '#password');
    findAs(HTMLButtonElement, harness, '[aria-label="Show password"]').click();
    password.dispatchEvent(new KeyboardEvent('keydown', { key: 'A', modifierCapsLock: true }));
    await harness.fixture.whenStable();
    expect(password.type).toBe('text');
    expect(find(harness, '#caps-lock').textContent).toContain('Caps Lock is on');
  });

  it('says that it was wrong, the same for every name', async () => {
    const harness = await openAt('/sign-in', { password: true, oidc: null });
    fillPassword(harness, 'ana', 'wrong');
    TestBed.inject(HttpTestingController)
      .expectOne(POST)
      .flush(null, { status: 401, statusText: 'Unauthorized' });
    await until(harness.fixture, () => problem(harness) !== null);
    expect(problem(harness)?.textContent).toContain('do not fit together');
  });

  it('waits as long as the server asks to', async () => {
    const harness = await openAt('/sign-in', { password: true, oidc: null });
    fillPassword(harness, 'ana', 'wrong');
    TestBed.inject(HttpTestingController)
      .expectOne(POST)
      .flush(null, {
        status: 429,
        statusText: 'Too Many Requests',
        headers: { 'Retry-After': '7' },
      });
    await until(harness.fixture, () => problem(harness) !== null);
    expect(problem(harness)?.textContent).toContain('Try again in 7 s');
    expect(findAs(HTMLButtonElement, harness, 'button.primary').disabled).toBe(true);
  });

  it('leads to the identity provider and back to where the person wanted to go', async () => {
    const oidc = { label: 'Company' };
    const harness = await openAt('/sign-in?next=/s/work%3Fa', { password: false, oidc });
    const link = findAs(HTMLAnchorElement, harness, 'a');
    expect(link.textContent.trim()).toBe('Sign in with Company');
    expect(link.getAttribute('href')).toBe('api/sign-in/oidc?returnTo=%2Fs%2Fwork%3Fa');
    expect(find(harness, 'details').textContent).toContain('tmuxy link');
  });

  it.each(['//evil.example/', '/\\evil.example', 'https://evil.example'])(
    '[A15] leads nowhere else than into the app: %s',
    async (next) => {
      const path = `/sign-in?next=${encodeURIComponent(next)}`;
      const harness = await openAt(path, { password: false, oidc: { label: 'X' } });
      expect(findAs(HTMLAnchorElement, harness, 'a').href).toContain('returnTo=%2F');
      expect(findAs(HTMLAnchorElement, harness, 'a').href).not.toContain('evil');
    },
  );

  it.each([
    ['error=oidc-no-role', 'nobody gave you a role'],
    ['error=oidc-expired', 'took too long'],
    ['error=<b>anything</b>', 'Signing in did not work'],
    ['reason=expired', 'too old or not used for a while'],
    ['reason=revoked', 'ended by you'],
  ])('says why: %s', async (query, text) => {
    const harness = await openAt(`/sign-in?${query}`);
    expect(find(harness, '[role=alert], .reason').textContent).toContain(text);
  });
});
