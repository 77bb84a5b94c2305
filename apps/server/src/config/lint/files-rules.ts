import { posix } from 'node:path';
import type { ConfigValues } from '../config.js';
import { FILES_DEFAULTS, type FileRootSection } from '../files-section.js';
import { type Finding, refused, warning } from './finding.js';
import type { MachineFacts } from './machine-facts.js';

const OTHERS_WRITE = 0o002;

/** What no root may be, or lie in: no files there, but the kernel's state and devices. */
const KERNELS = ['/proc', '/sys', '/dev'] as const;
/** Directories whose very purpose is to hold what others must not read. */
const SYSTEMS = ['/etc', '/boot'] as const;
/** Directories that hold other people's, or a great deal more than one thing. */
const WIDE: Readonly<Record<string, string>> = {
  '/home': 'holds the files of every user of this machine',
  '/root': 'is the home of root, with all that it keeps there',
  '/var': 'holds logs, mail and databases of the whole system',
  '/run': 'holds sockets and secrets of running services',
  '/tmp': 'is where every user of this machine puts files',
  '/usr': 'is the system itself',
};

/** Which files can be looked at, and what was relaxed about that. */
export function filesRules(config: ConfigValues, facts: MachineFacts): readonly Finding[] {
  const { files } = config;
  const roots = files.roots ?? FILES_DEFAULTS.roots;
  return [
    ...roots.flatMap((root, index) => rootFindings(root, `files.roots[${String(index)}]`, config)),
    ...doubled(roots),
    ...relaxations(config),
    ...uploads(config, facts),
  ];
}

function rootFindings(
  root: FileRootSection,
  key: string,
  config: ConfigValues,
): readonly Finding[] {
  const findings = placeFindings(normal(root.path), key, config);
  if (root.roles?.length === 0) {
    return [
      ...findings,
      warning(`${key}.roles`, 'is an empty list, so the root is for nobody', 'take it away'),
    ];
  }
  return findings;
}

function placeFindings(path: string, key: string, config: ConfigValues): readonly Finding[] {
  const fix = 'name the directories that people need, such as /srv/project';
  if (path === '/') {
    return [refused(key, 'is /, which is every file of this machine', fix)];
  }
  if (KERNELS.some((place) => isWithin(path, place))) {
    return [refused(key, `${path} holds no files, but processes, devices and settings`, fix)];
  }
  if (SYSTEMS.some((place) => path === place)) {
    return [refused(key, `${path} holds the system's keys and passwords`, fix)];
  }
  const own = ownDirectories(config);
  if (own.some((directory) => isWithin(path, directory))) {
    return [refused(key, `${path} holds what tmuxy itself keeps, which is given to nobody`, fix)];
  }
  const wide = WIDE[path];
  return [
    ...(wide === undefined ? [] : [warning(key, `${path} ${wide}`, fix)]),
    ...own
      .filter((directory) => isWithin(directory, path))
      .slice(0, 1)
      .map((directory) =>
        warning(
          key,
          `${path} is around ${directory}, which tmuxy leaves out, but not copies of it`,
          `${fix}, or move it with --state-dir`,
        ),
      ),
  ];
}

function ownDirectories({ stateDir, audit }: ConfigValues): readonly string[] {
  return [stateDir, ...(audit.dir === undefined ? [] : [audit.dir])].map(normal);
}

function doubled(roots: readonly FileRootSection[]): readonly Finding[] {
  const paths = roots.map(({ path }) => normal(path));
  return paths.flatMap((path, index) =>
    paths.indexOf(path) === index
      ? []
      : [
          warning(
            `files.roots[${String(index)}]`,
            `${path} is a root already, and the first entry is the one that counts`,
            'make one entry of the two',
          ),
        ],
  );
}

function relaxations({ files }: ConfigValues): readonly Finding[] {
  const findings: Finding[] = [];
  if (files.sessionCwd === true) {
    findings.push(
      warning(
        'files.sessionCwd',
        'gives the working directory of every pane to whoever can see it, so that who types there chooses what others read',
        'list the directories in files.roots',
      ),
    );
  }
  if (files.dotfiles === true) {
    findings.push(
      warning(
        'files.dotfiles',
        'gives hidden files, where programs keep settings and sometimes passwords; only known names of secrets stay refused',
        'take it away, or add the names to files.denyNames',
      ),
    );
  }
  if (files.hardLinks === true) {
    findings.push(
      warning(
        'files.hardLinks',
        'gives files with a second name, by which a file of elsewhere can be put into a root',
        'take it away, unless a package manager links the files people need',
      ),
    );
  }
  (files.roots ?? []).forEach(({ mounts }, index) => {
    if (mounts !== true) return;
    findings.push(
      warning(
        `files.roots[${String(index)}].mounts`,
        'lets people into every file system that is mounted there, now or later',
        'make a root of the one they need',
      ),
    );
  });
  if (files.denyNames?.some((pattern) => /^\*+$/.test(pattern)) === true) {
    findings.push(
      warning(
        'files.denyNames',
        'has a pattern that fits every name, so nothing is given',
        'take it away',
      ),
    );
  }
  return findings;
}

function uploads(config: ConfigValues, { fileRoots = [] }: MachineFacts): readonly Finding[] {
  const { files, readOnly } = config;
  if (files.upload !== true) return [];
  const hasRoots = (files.roots ?? []).length > 0 || files.sessionCwd === true;
  if (!hasRoots || readOnly) {
    return [
      warning(
        'files.upload',
        readOnly
          ? 'takes files, but readOnly lets nobody put any there'
          : 'takes files, but there is no directory to put them into',
        readOnly ? 'take one of them away' : 'list directories in files.roots',
      ),
    ];
  }
  return fileRoots
    .filter(({ mode }) => (mode & OTHERS_WRITE) !== 0)
    .map(({ key, path }) =>
      warning(
        key,
        `${path} can be changed by every user of this machine, who can exchange what is uploaded there`,
        `chmod o-w ${path}`,
      ),
    );
}

/** Without a slash at its end, `.`, `..` and doubled slashes. */
function normal(path: string): string {
  return posix.normalize(path).replace(/(?<=.)\/+$/, '');
}

/** Whether `path` is `directory` or below it. */
function isWithin(path: string, directory: string): boolean {
  return path === directory || path.startsWith(`${directory}/`);
}
