import type { ConfigValues } from '../config.js';
import { type Finding, refused, warning } from './finding.js';
import type { FileFacts, MachineFacts } from './machine-facts.js';

const OTHERS_READ = 0o004;
const OTHERS_WRITE = 0o002;
const GROUP_READ = 0o040;
const GROUP_WRITE = 0o020;
const ROOT = 0;

/** Who can read and change what the server keeps or is told. */
export function secretRules(config: ConfigValues, facts: MachineFacts): readonly Finding[] {
  return [
    ...(facts.userId === ROOT ? [asRoot()] : []),
    ...facts.files.flatMap((file) => fileFindings(file, facts, config)),
    ...databaseUrls(config, facts),
  ];
}

function asRoot(): Finding {
  return warning(
    'user',
    'tmuxy is running as root: whoever signs in and may type is root on this machine',
    'run it as the user whose tmux it shows, such as "sudo -u ana tmuxy server"',
  );
}

function fileFindings(
  file: FileFacts,
  facts: MachineFacts,
  config: ConfigValues,
): readonly Finding[] {
  const { key, path, mode, owner, kind } = file;
  const findings: Finding[] = [];
  const has = (bit: number): boolean => (mode & bit) !== 0;
  if (facts.userId !== undefined && owner !== facts.userId && owner !== ROOT) {
    findings.push(
      (kind === 'settings' ? warning : refused)(
        key,
        `${path} belongs to another user (id ${String(owner)}), who can read and change it`,
        `sudo chown ${String(facts.userId)} ${path}`,
      ),
    );
  }
  if (has(OTHERS_WRITE)) {
    findings.push(refused(key, `${path} can be changed by every user`, `chmod o-w ${path}`));
  } else if (has(GROUP_WRITE) && kind !== 'settings') {
    findings.push(warning(key, `${path} can be changed by its group`, `chmod g-w ${path}`));
  }
  if (kind === 'settings') {
    if (has(OTHERS_READ) && holdsPassword(config.databaseUrl)) {
      findings.push(
        refused(
          key,
          `${path} can be read by every user and holds the database's password (databaseUrl)`,
          `chmod o-r ${path}`,
        ),
      );
    }
  } else if (has(OTHERS_READ)) {
    const level = kind === 'secret' ? refused : warning;
    findings.push(level(key, `${path} can be read by every user`, `chmod o-rwx ${path}`));
  } else if (has(GROUP_READ) && kind === 'secret') {
    findings.push(warning(key, `${path} can be read by its group`, `chmod g-rwx ${path}`));
  }
  return findings;
}

function databaseUrls(config: ConfigValues, { sources }: MachineFacts): readonly Finding[] {
  const { databaseUrl, databaseUrlFile } = config;
  if (databaseUrl !== undefined && databaseUrlFile !== undefined) {
    return [
      refused(
        'databaseUrl',
        'is set together with databaseUrlFile, and they may name two databases',
        'keep one of them; the file when the address holds a password',
      ),
    ];
  }
  const source = sources['databaseUrl'];
  if (!holdsPassword(databaseUrl) || (source !== 'flag' && source !== 'environment')) return [];
  return [
    warning(
      'databaseUrl',
      source === 'flag'
        ? 'holds a password on the command line, which every user of this machine can list'
        : 'holds a password in the environment, which child processes and crash reports get as well',
      'write the address into a file of mode 0600 and give --database-url-file FILE',
    ),
  ];
}

/** Whether a URL has a password, between its user and its host or as a parameter. */
export function holdsPassword(url: string | undefined): boolean {
  return url !== undefined && /^[a-z]+:\/\/[^/?#]*:[^/?#]*@|[?&]password=/i.test(url);
}
