import type { Request, Response } from 'express';
import type { TmuxyConfig } from '../config/config.js';
import { loadConfig } from '../config/load-config.js';
import { ForbiddenError } from '../http/app-error.js';
import { TrustedProxies } from '../http/edge/trusted-proxies.js';
import { refusePlainPeers } from './plain-peers.js';

describe(refusePlainPeers.name, () => {
  function configOf(flags: Record<string, string | boolean>): TmuxyConfig {
    return loadConfig({ env: {}, homeDir: '/nowhere', isTerminal: false, flags });
  }

  /** @returns what a request from this peer is passed on with: undefined when it may go on */
  function ask(config: TmuxyConfig, remoteAddress: string): unknown {
    const next = jest.fn<undefined, [unknown?]>();
    const request = { socket: { remoteAddress } } as Request;
    void refusePlainPeers(config, new TrustedProxies(config))?.(request, {} as Response, next);
    expect(next).toHaveBeenCalledTimes(1);
    return next.mock.calls[0]?.[0];
  }

  it.each(['10.0.0.2', '::ffff:10.0.0.2', '127.0.0.1', '::1', '::ffff:127.0.0.1'])(
    'lets proxies and this machine pass: %s',
    (peer) => {
      const config = configOf({ host: '::', trustedProxies: '10.0.0.2' });
      expect(ask(config, peer)).toBeUndefined();
    },
  );

  it.each(['10.0.0.3', '::ffff:10.0.0.3', '2001:db8::1', ''])(
    '[O1] refuses others where nothing is encrypted: %s',
    (peer) => {
      const config = configOf({ host: '0.0.0.0', trustedProxies: '10.0.0.2' });
      expect(ask(config, peer)).toBeInstanceOf(ForbiddenError);
    },
  );

  it.each([
    {},
    { host: '0.0.0.0', tlsCert: '/c', tlsKey: '/k' },
    { host: '0.0.0.0', unsafePlainHttp: true },
  ])('is not there where it is not needed: %j', (flags) => {
    const config = configOf(flags);
    expect(refusePlainPeers(config, new TrustedProxies(config))).toBeUndefined();
  });
});
