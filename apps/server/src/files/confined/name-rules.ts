import { fitsPattern } from '../../auth/session-pattern.js';
import type { PathRefusal } from '../files.errors.js';

/** Names of what people keep secrets in; whatever the configuration says. */
const SECRET_NAMES = [
  ...[
    '.ssh',
    '.gnupg',
    '.gpg',
    '.aws',
    '.azure',
    '.gcloud',
    '.kube',
    '.docker',
    '.oci',
    '.vault-token',
  ],
  ...['.password-store', '.mozilla', '.netrc', '_netrc', '.pgpass', '.my.cnf', '.mylogin.cnf'],
  ...[
    '.git-credentials',
    '.npmrc',
    '.yarnrc.yml',
    '.pypirc',
    '.htpasswd',
    '.s3cfg',
    '.boto',
    '.authinfo*',
  ],
  ...['.env', '.env.*', '.envrc', '.dockercfg', '.dockerconfigjson', '*.env'],
  ...[
    '.*_history',
    '.*-history',
    '.*history',
    '.lesshst',
    '.viminfo',
    '.Xauthority',
    '.ICEauthority',
  ],
  ...[
    '*.pem',
    '*.key',
    '*.p12',
    '*.pfx',
    '*.jks',
    '*.keystore',
    '*.kdbx',
    '*.kdb',
    '*.ppk',
    '*.gpg',
  ],
  ...['id_rsa*', 'id_dsa*', 'id_ecdsa*', 'id_ed25519*', 'authorized_keys*', 'shadow', 'shadow-'],
  ...[
    '.tmuxy-upload-*',
    'gshadow',
    'gshadow-',
    'master.passwd',
    'opasswd',
    'tmuxy.db*',
    'tmuxy.yaml~',
    'tmuxy.yaml.*',
    'audit-key.pem*',
  ],
] as const;

/** The same, but directories of these names are something else (a folder of source code, say). */
const SECRET_FILES = [
  'credentials',
  'credentials.json',
  'secrets.yml',
  'secrets.yaml',
  'secret.key',
] as const;

/** What tells a name before it is known what has it. */
export type NameVerdict =
  Extract<PathRefusal, 'denied-name' | 'dotfile'> | 'denied-file' | undefined;

export interface NameRulesOptions {
  /** Patterns besides those that are built in. */
  readonly denyNames: readonly string[];
  readonly dotfiles: boolean;
}

/** Which names are given. Compared is what a name can be taken for, not how it is written ({@link foldName}). */
export class NameRules {
  readonly #denied: readonly string[];
  readonly #deniedFiles: readonly string[] = SECRET_FILES.map(foldName);
  readonly #dotfiles: boolean;

  constructor({ denyNames, dotfiles }: NameRulesOptions) {
    this.#denied = [...SECRET_NAMES, ...denyNames].map(foldName);
    this.#dotfiles = dotfiles;
  }

  /**
   * @param parent name of the directory it is in, where that is known
   * @returns `denied-file`: not as a file; a directory of that name is given
   */
  judge(name: Uint8Array, parent?: Uint8Array): NameVerdict {
    const folded = foldName(decodeName(name));
    if (this.#denied.some((pattern) => fitsPattern(folded, pattern))) return 'denied-name';
    // It may hold the password of a remote.
    if (folded === 'config' && parent !== undefined && foldName(decodeName(parent)) === '.git') {
      return 'denied-name';
    }
    if (!this.#dotfiles && isDotfile(folded)) return 'dotfile';
    return this.#deniedFiles.includes(folded) ? 'denied-file' : undefined;
  }
}

/** A name as text; bytes that are no UTF-8 become U+FFFD. */
export function decodeName(name: Uint8Array): string {
  return Buffer.from(name.buffer, name.byteOffset, name.byteLength).toString('utf8');
}

/**
 * Under which text all names fall that some file system takes for the same one: without regard to case (ext4 and tmpfs
 * with `casefold`, exFAT), to how accents are written, to characters that are not seen, and to full stops and spaces at
 * the end (FAT).
 */
export function foldName(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .toUpperCase()
    .toLowerCase()
    .normalize('NFC')
    .replace(/(?<=[^. ])[. ]+$/, '');
}

/** `...` hides nothing that `ls` would show in another way, but is no name that programs keep settings under. */
function isDotfile(folded: string): boolean {
  return folded.startsWith('.') && !/^\.+$/.test(folded);
}
