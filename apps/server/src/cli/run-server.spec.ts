import { listenError } from './run-server.js';

describe(listenError.name, () => {
  const place = { host: '127.0.0.1', port: 80 };

  it.each([
    ['EADDRINUSE', '--port'],
    ['EACCES', '--port'],
    ['EADDRNOTAVAIL', '--host'],
  ])('says what to do about %s', (code, flag) => {
    expect(listenError(Object.assign(new Error('x'), { code }), place)?.message).toContain(flag);
  });

  it('leaves other errors alone', () => {
    expect(listenError(new Error('x'), place)).toBeUndefined();
  });
});
