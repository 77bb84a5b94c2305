import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { FakeEnvironment } from '../stream/fake-environment';
import { STREAM_ENVIRONMENT } from '../stream/stream-environment';
import { UserActivity } from './user-activity';

function createActivity(url = '/s/work') {
  const environment = new FakeEnvironment();
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(),
      provideHttpClientTesting(),
      { provide: STREAM_ENVIRONMENT, useValue: environment },
      { provide: Router, useValue: { url } },
    ],
  });
  TestBed.inject(UserActivity);
  const act = (type: string): void => {
    document.dispatchEvent(new Event(type));
  };
  const told = (): number => {
    const requests = TestBed.inject(HttpTestingController).match('api/me');
    for (const request of requests) request.flush(null, { status: 503, statusText: 'Away' });
    return requests.length;
  };
  return { environment, act, told };
}

describe(UserActivity.name, () => {
  it.each(['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchmove'])(
    'tells of %s at most once a minute',
    (type) => {
      const { environment, act, told } = createActivity();
      act(type);
      expect(told()).toBe(0);
      environment.advance(60_000);
      act(type);
      act(type);
      expect(told()).toBe(1);
      environment.advance(59_999);
      act(type);
      expect(told()).toBe(0);
    },
  );

  it('says nothing while nobody is there', () => {
    const { environment, told } = createActivity();
    environment.advance(600_000);
    expect(told()).toBe(0);
  });

  it('says nothing where nobody is signed in', () => {
    const { environment, act, told } = createActivity('/sign-in');
    environment.advance(600_000);
    act('keydown');
    expect(told()).toBe(0);
  });
});
