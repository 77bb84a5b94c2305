import type { Server as HttpServer } from 'node:http';
import { Server as HttpsServer } from 'node:https';
import type { TmuxyConfig } from '../config/config.js';
import type { Refusals } from '../http/refusals.js';
import { type KeyPairFiles, readKeyPair } from './key-pair.js';
import { refusePlainHttp } from './tls-only.js';
import { type ProfileOptions, profileOptions } from './tls-options.js';
import { TlsReloader } from './tls-reloader.js';

/** Longest a handshake may take. */
const HANDSHAKE_TIMEOUT_MS = 10_000;

/** What an https server is made with. */
export interface TlsServerOptions extends ProfileOptions {
  readonly cert: string;
  readonly key: string;
  readonly handshakeTimeout: number;
}

/** TLS of one server, from before it is made until it ends. */
export interface TlsSetup {
  /** To make the server with. */
  readonly options: TlsServerOptions;
  /** To be called once with the server so made, before it listens. */
  readonly attach: (
    server: HttpServer | HttpsServer,
    refusals: Pick<Refusals, 'tell'>,
  ) => TlsReloader;
}

/**
 * Reads what the configuration says about TLS.
 *
 * @returns undefined when it asks for none
 * @throws KeyPairError
 */
export function setUpTls(config: TmuxyConfig): TlsSetup | undefined {
  const files = keyPairFiles(config);
  if (files === undefined) return undefined;
  const pair = readKeyPair(files);
  return {
    options: {
      ...profileOptions(files.tlsProfile),
      cert: pair.cert,
      key: pair.key,
      handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
    },
    attach: (server, refusals) => {
      if (!(server instanceof HttpsServer)) {
        throw new Error('TLS was set up for a server without it');
      }
      refusePlainHttp(server, refusals);
      return new TlsReloader(server, files, pair);
    },
  };
}

/** The files the configuration names, undefined when it asks for no TLS. */
export function keyPairFiles({
  tlsCert,
  tlsKey,
  tlsProfile,
}: Pick<TmuxyConfig, 'tlsCert' | 'tlsKey' | 'tlsProfile'>): KeyPairFiles | undefined {
  return tlsCert === undefined || tlsKey === undefined
    ? undefined
    : { tlsCert, tlsKey, tlsProfile };
}
