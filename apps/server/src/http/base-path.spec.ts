import type { Request, Response } from 'express';
import { NotFoundError } from './app-error.js';
import { belowBasePath } from './base-path.js';

describe(belowBasePath.name, () => {
  function pass(basePath: string, url: string) {
    const request = { url } as unknown as Request;
    const seen: { next?: unknown; redirect?: string } = {};
    const response = {
      redirect: (_status: number, to: string) => {
        seen.redirect = to;
      },
    } as unknown as Response;
    belowBasePath(basePath)(request, response, (error?: unknown) => {
      seen.next = error ?? 'passed';
    });
    return { ...seen, url: request.url };
  }

  it.each([
    ['/', '/api/me', '/api/me'],
    ['/tmux', '/tmux/api/me?x=/y?z', '/api/me?x=/y?z'],
    ['/tmux', '/tmux/', '/'],
    ['/a/b', '/a/b/c', '/c'],
  ])('below %s, %s is %s', (basePath, url, inner) => {
    expect(pass(basePath, url)).toEqual({ next: 'passed', url: inner });
  });

  it('adds the missing slash and keeps the query', () => {
    expect(pass('/tmux', '/tmux?a=1')).toMatchObject({ redirect: '/tmux/?a=1' });
  });

  it.each(['/', '/api/me', '/tmuxy/', '/x/tmux/', '//tmux/api'])('does not find %s', (url) => {
    expect(pass('/tmux', url).next).toBeInstanceOf(NotFoundError);
  });
});
