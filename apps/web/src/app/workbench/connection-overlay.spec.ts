import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { SessionsApi } from '../sessions/sessions-api';
import type { ConnectionState } from '../stream/session-store';
import { StreamBudget } from '../tabs/stream-budget';
import { ConnectionOverlay } from './connection-overlay';
import { FakeSession } from './fake-session';

async function createOverlay(state: ConnectionState) {
  const session = new FakeSession();
  session.connection.set(state);
  const created: string[] = [];
  const api = { create: (name: string) => Promise.resolve(created.push(name)) };
  TestBed.configureTestingModule({
    providers: [
      ...session.providers(),
      { provide: SessionsApi, useValue: api },
      { provide: Router, useValue: { navigate: () => Promise.resolve(true), url: '/s/work' } },
    ],
  });
  const fixture = TestBed.createComponent(ConnectionOverlay);
  fixture.componentRef.setInput('name', 'work');
  await fixture.whenStable();
  const host = fixture.nativeElement as HTMLElement;
  const button = (label: string) =>
    [...host.querySelectorAll('button')].find((each) => each.textContent.includes(label));
  return { fixture, session, host, button, created };
}

describe(ConnectionOverlay.name, () => {
  it('is out of the way while the session is live', async () => {
    const { host } = await createOverlay({ status: 'live' });

    expect(host.querySelector('[data-testid=connection]')?.getAttribute('data-status')).toBe(
      'live',
    );
    expect(host.textContent.trim()).toBe('');
  });

  it('counts down to the next try and tries at once when asked', async () => {
    const { host, button, session } = await createOverlay({
      status: 'reconnecting',
      attempt: 2,
      reason: 'The server does not answer.',
      retryAt: Date.now() + 4_900,
    });
    button('Retry now')?.click();

    expect(host.textContent).toContain('The server does not answer.');
    expect(host.textContent).toMatch(/Next try in [45] s/);
    expect(session.sent).toEqual([{ cmd: 'retry', args: null }]);
  });

  it('starts the session again when tmux is gone', async () => {
    const { host, button, created } = await createOverlay({
      status: 'tmux-lost',
      reason: 'The tmux server exited.',
    });

    button('Create')?.click();

    expect(host.textContent).toContain('The tmux server exited.');
    expect(created).toEqual(['work']);
  });

  it('says that a session does not exist and offers to create it', async () => {
    const { fixture, host, button, created } = await createOverlay({
      status: 'ended',
      code: 'not-found',
      message: 'no such session',
    });
    let reopened = 0;
    fixture.componentInstance.created.subscribe(() => {
      reopened += 1;
    });

    button('Create')?.click();
    await fixture.whenStable();

    expect(host.querySelector('h2')?.textContent).toContain('No session “work”');
    expect(created).toEqual(['work']);
    expect(reopened).toBe(1);
  });

  it('leads to signing in when the sign-in ended', async () => {
    const { button } = await createOverlay({
      status: 'ended',
      code: 'signed-out',
      message: 'You were signed out.',
    });

    expect(button('Sign in')).toBeDefined();
    expect(button('Create')).toBeUndefined();
  });

  it('says why it rests and goes on when asked', async () => {
    const { host, button } = await createOverlay({ status: 'resting' });
    const use = jest.spyOn(TestBed.inject(StreamBudget), 'use');
    expect(host.textContent).toContain('at most 6 connections to one server over HTTP/1.1');
    expect(host.textContent).toContain('only 4 tabs are live');
    button('Go on here')?.click();
    expect(use).toHaveBeenCalled();
  });
});
