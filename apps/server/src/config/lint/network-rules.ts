import type { ConfigValues } from '../config.js';
import { isHttps, isLoopback, isLoopbackOrigin } from '../listening.js';
import { type Finding, refused, warning } from './finding.js';

/** Where the server listens and under which addresses it is known. */
export function networkRules(config: ConfigValues): readonly Finding[] {
  return [...tlsPair(config), ...reach(config), ...origins(config)];
}

function tlsPair({ tlsCert, tlsKey }: ConfigValues): readonly Finding[] {
  if ((tlsCert === undefined) === (tlsKey === undefined)) return [];
  const [have, missing, flag] =
    tlsCert === undefined
      ? (['tlsKey', 'tlsCert', '--tls-cert FILE'] as const)
      : (['tlsCert', 'tlsKey', '--tls-key FILE'] as const);
  return [
    refused(
      missing,
      `is missing while ${have} is set, so nothing would be encrypted`,
      `give ${flag}, or take ${have} away; "tmuxy tls self-signed" makes both`,
    ),
  ];
}

function reach(config: ConfigValues): readonly Finding[] {
  const { host, port, unsafePlainHttp, trustedProxies, publicOrigins } = config;
  const findings: Finding[] = [];
  if (isLoopback(host) || isHttps(config)) {
    if (unsafePlainHttp) {
      findings.push(
        warning(
          'unsafePlainHttp',
          'is not needed here, and would hold silently after a change of host or certificate',
          'take it away',
        ),
      );
    }
  } else if (unsafePlainHttp) {
    findings.push(
      warning(
        'unsafePlainHttp',
        `everything typed and shown crosses the network of ${host} in the clear, sign-ins included; ` +
          'whoever is on the way reads along and types as you',
        'use --tls-cert and --tls-key ("tmuxy tls self-signed" makes them)',
      ),
    );
  } else if (trustedProxies.length === 0) {
    findings.push(
      refused(
        'host',
        `${host} is not a loopback address, and without TLS everything typed and shown would cross the network in the clear`,
        `one of: stay on --host 127.0.0.1 and run "ssh -L ${String(port)}:127.0.0.1:${String(port)} <this machine>" on the other machine; ` +
          'give --tls-cert FILE --tls-key FILE ("tmuxy tls self-signed" makes them); ' +
          'behind a reverse proxy that speaks https, list its address in --trusted-proxies; ' +
          'or say --unsafe-plain-http and mean it',
      ),
    );
  } else {
    findings.push(
      warning(
        'host',
        `what ${host} and the listed proxies say to each other is not encrypted; others than these are refused`,
        'let the proxy reach tmuxy on 127.0.0.1, or give tmuxy --tls-cert and --tls-key as well',
      ),
    );
  }
  if (!isLoopback(host) && publicOrigins.length === 0) {
    findings.push(
      warning(
        'publicOrigins',
        'is empty, so browsers are answered only when they ask for this server by its address, not by a name',
        'give the address in the browser, such as --public-origins https://term.example.com',
      ),
    );
  }
  return findings;
}

function origins(config: ConfigValues): readonly Finding[] {
  const { publicOrigins, corsOrigins, trustedProxies, unsafePlainHttp } = config;
  const findings: Finding[] = [];
  const plain = publicOrigins.filter(isPlainRemote);
  if (plain.length > 0) {
    const level = unsafePlainHttp ? warning : refused;
    findings.push(
      level(
        'publicOrigins',
        `${plain.join(', ')}: browsers would sign in and type over http, in the clear`,
        'write https:// and let tmuxy (--tls-cert) or a proxy (--trusted-proxies) speak it',
      ),
    );
  }
  const isEncryptedOutside = publicOrigins.some((origin) => origin.startsWith('https:'));
  if (isEncryptedOutside && !isHttps(config) && trustedProxies.length === 0) {
    findings.push(
      warning(
        'publicOrigins',
        'names https, which neither tmuxy nor a listed proxy speaks, so all clients have the address of whatever does: ' +
          'one who guesses passwords slows all of them down',
        'list the address of what speaks https in --trusted-proxies, often 127.0.0.1',
      ),
    );
  }
  const plainCors = corsOrigins.filter(isPlainRemote);
  if (plainCors.length > 0) {
    findings.push(
      warning(
        'corsOrigins',
        `${plainCors.join(', ')}: everybody between that server and a browser can change its pages, which hold access tokens`,
        'serve these pages by https',
      ),
    );
  }
  return findings;
}

function isPlainRemote(origin: string): boolean {
  return origin.startsWith('http:') && !isLoopbackOrigin(origin);
}
