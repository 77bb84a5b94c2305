import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router, withComponentInputBinding } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { until } from '../ui/until';
import { keyFromLink } from './key-from-link';
import { SignIn } from './sign-in';

@Component({ template: 'the session' })
class SessionPage {}

async function openAt(path: string): Promise<RouterTestingHarness> {
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
  await harness.fixture.whenStable();
  return harness;
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
    const request = http.expectOne('api/sign-in');
    expect(request.request.body).toEqual({ key: 'abc' });
    request.flush(null, { status: 204, statusText: 'No Content' });
    await until(harness.fixture, () => TestBed.inject(Router).url === '/s/work');

    expect(TestBed.inject(Router).url).toBe('/s/work');
    expect(harness.routeNativeElement?.textContent).toBe('the session');
  });

  it('says what to do when the key was used before', async () => {
    const harness = await openAt('/#key=abc');

    TestBed.inject(HttpTestingController)
      .expectOne('api/sign-in')
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
    http.expectNone('api/sign-in');
    expect(harness.routeNativeElement?.textContent).toContain('neither a sign-in link nor a key');

    if (input instanceof HTMLInputElement) input.value = 'http://127.0.0.1:9000/#key=k1';
    form?.dispatchEvent(new Event('submit', { cancelable: true }));
    expect(http.expectOne('api/sign-in').request.body).toEqual({ key: 'k1' });
  });
});
