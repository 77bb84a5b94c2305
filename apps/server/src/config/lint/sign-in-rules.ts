import type { ConfigValues } from '../config.js';
import { isLoopback, isLoopbackOrigin } from '../listening.js';
import { type Finding, refused, warning } from './finding.js';

/** Who gets in, and as what. */
export function signInRules(config: ConfigValues): readonly Finding[] {
  return [
    ...(config.auth === 'none' ? openToAll(config) : []),
    ...oidcRules(config),
    ...groupRules(config),
    ...lifetimes(config),
  ];
}

function openToAll(config: ConfigValues): readonly Finding[] {
  const findings: Finding[] = [
    warning(
      'auth',
      'is none: every program and user of this machine that reaches the port is an admin, without signing in',
      'take it away; "tmuxy link" signs a browser in',
    ),
  ];
  const refuse = (key: string, what: string): void => {
    findings.push(refused(key, `${what} together with auth: none`, 'take auth: none away'));
  };
  if (!isLoopback(config.host)) {
    refuse('host', 'beyond loopback, so everybody who reaches this machine would have its shell,');
  }
  if (config.publicOrigins.some((origin) => !isLoopbackOrigin(origin))) {
    refuse('publicOrigins', 'names an address for others, who would all be admins,');
  }
  if (config.corsOrigins.length > 0) {
    refuse('corsOrigins', 'lets pages of other origins in, which would be admins,');
  }
  if (config.trustedProxies.length > 0) {
    refuse('trustedProxies', 'stands for a proxy, behind which everybody would be an admin,');
  }
  if (config.oidc !== undefined || config.proxyUserHeader !== undefined) {
    findings.push(
      warning(
        config.oidc === undefined ? 'proxyUserHeader' : 'oidc',
        'is never asked, because auth is none',
        'take auth: none away',
      ),
    );
  }
  return findings;
}

function oidcRules({ oidc }: ConfigValues): readonly Finding[] {
  if (oidc === undefined) return [];
  const findings: Finding[] = [];
  const issuer = URL.canParse(oidc.issuer) ? new URL(oidc.issuer) : undefined;
  if (issuer?.protocol === 'http:' && !isLoopbackOrigin(issuer.origin)) {
    findings.push(
      refused(
        'oidc.issuer',
        'is http: whoever is on the way to the provider could sign in as anybody',
        "write the provider's https address",
      ),
    );
  }
  if (
    issuer !== undefined &&
    (issuer.username !== '' || issuer.search !== '' || issuer.hash !== '')
  ) {
    findings.push(
      refused(
        'oidc.issuer',
        'has a user, a query or a fragment, which no issuer has (OpenID Connect Discovery 1.0 §3)',
        "write it exactly as the provider's documentation does",
      ),
    );
  }
  if (oidc.scopes !== undefined && !oidc.scopes.includes('openid')) {
    findings.push(
      refused('oidc.scopes', 'lacks openid, so nobody would be named', 'add openid to the list'),
    );
  }
  return findings;
}

function groupRules({ groups, oidc, proxyUserHeader }: ConfigValues): readonly Finding[] {
  const findings: Finding[] = [];
  const way = oidc !== undefined ? 'oidc' : proxyUserHeader !== undefined ? 'proxyUserHeader' : '';
  if (way === '' && groups.length > 0) {
    findings.push(
      warning(
        'groups',
        'gives roles to groups, but neither oidc nor proxyUserHeader says who is in one',
        'set up oidc or proxyUserHeader, or give local users their role with "tmuxy user"',
      ),
    );
  }
  if (way !== '' && groups.length === 0) {
    findings.push(
      refused(
        way,
        'lets people in, but no group has a role (groups), so all of them would be turned away',
        'say who gets what in tmuxy.yaml, such as: groups: [{group: tmux-users, role: operator}]',
      ),
    );
  }
  const all = groups.findIndex(({ group }) => group === '*');
  if (all >= 0 && all < groups.length - 1) {
    findings.push(
      warning(
        `groups[${String(all + 1)}]`,
        'is never reached, because the first group that fits counts and * before it fits everybody',
        'put the entry of group * last',
      ),
    );
  }
  if (groups[all]?.role === 'admin') {
    findings.push(
      warning(
        `groups[${String(all)}]`,
        'makes everybody an admin whom the provider or the proxy lets in',
        'give * the role viewer or operator, and a named group the role admin',
      ),
    );
  }
  return findings;
}

function lifetimes({ signInIdleMinutes, signInHours }: ConfigValues): readonly Finding[] {
  if (signInIdleMinutes <= signInHours * 60) return [];
  return [
    warning(
      'signInIdleMinutes',
      `is longer than a sign-in lives at all (signInHours: ${String(signInHours)}), so idle ones never end earlier`,
      `give --sign-in-idle-minutes ${String(Math.min(30, signInHours * 60))}, or a longer --sign-in-hours`,
    ),
  ];
}
