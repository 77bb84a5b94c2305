import { CONFIG_DEFAULTS, type ConfigValues } from '../config.js';
import type { FilesSection } from '../files-section.js';
import { filesRules } from './files-rules.js';
import type { MachineFacts } from './machine-facts.js';

type Files = Partial<FilesSection>;

function lint(
  files: Files,
  config: Partial<ConfigValues> = {},
  facts: Partial<MachineFacts> = {},
): readonly string[] {
  const values = {
    ...CONFIG_DEFAULTS,
    stateDir: '/var/lib/tmuxy',
    ...config,
    files,
  } as unknown as ConfigValues;
  return filesRules(values, { userId: 1000, files: [], sources: {}, ...facts }).map(
    ({ level, key }) => `${level} ${key}`,
  );
}

const root = (path: string, more: object = {}): Files => ({ roots: [{ path, ...more }] });

describe(filesRules.name, () => {
  it.each<[string, Files]>([
    ['no files', {}],
    ['a project', root('/srv/project')],
    ['a part of /etc', root('/etc/nginx')],
    ['a home', root('/home/ana')],
    ['uploads into a project', { ...root('/srv/project'), upload: true }],
    ['more names to refuse', { ...root('/srv/project'), denyNames: ['*.bak'] }],
  ])('finds nothing about %s', (_what, files) => {
    expect(lint(files)).toEqual([]);
  });

  it.each([
    '/',
    '//',
    '/.',
    '/srv/..',
    '/proc',
    '/proc/self/root',
    '/sys',
    '/dev/shm',
    '/etc',
    '/etc/',
    '/boot',
    '/var/lib/tmuxy',
    '/var/lib/tmuxy/uploads',
  ])('refuses the root %s', (path) => {
    expect(lint(root(path))).toEqual(['refused files.roots[0]']);
  });

  it.each(['/home', '/home/', '/root', '/run', '/tmp', '/usr', '/var/lib'])(
    'warns of the root %s',
    (path) => {
      expect(lint(root(path))).toEqual(['warning files.roots[0]']);
    },
  );

  it('knows the directory of the audit log', () => {
    const audit = { audit: { dir: '/srv/audit' } };
    expect(lint(root('/srv/audit/x'), audit)).toEqual(['refused files.roots[0]']);
    expect(lint(root('/srv'), audit)).toEqual(['warning files.roots[0]']);
    expect(lint(root('/srv/auditor'), audit)).toEqual([]);
  });

  it('warns of a root that is there twice, and of one for nobody', () => {
    const twice = { roots: [{ path: '/srv/a' }, { path: '/srv/b' }, { path: '/srv/./a/' }] };
    expect(lint(twice)).toEqual(['warning files.roots[2]']);
    expect(lint(root('/srv/a', { roles: [] }))).toEqual(['warning files.roots[0].roles']);
  });

  it.each<[string, Files]>([
    ['files.sessionCwd', { sessionCwd: true }],
    ['files.dotfiles', { dotfiles: true }],
    ['files.hardLinks', { hardLinks: true }],
    ['files.roots[0].mounts', root('/srv/project', { mounts: true })],
    ['files.denyNames', { denyNames: ['*'] }],
  ])('says each time that %s is relaxed', (key, files) => {
    expect(lint(files)).toEqual([`warning ${key}`]);
  });

  it('warns of uploads that nobody can make', () => {
    expect(lint({ upload: true })).toEqual(['warning files.upload']);
    const project = { ...root('/srv/project'), upload: true };
    expect(lint(project, { readOnly: true })).toEqual(['warning files.upload']);
  });

  it('warns of uploads into what everybody can change', () => {
    const fileRoots = [{ key: 'files.roots[0]', path: '/srv/drop', mode: 0o1777 }];
    const files = root('/srv/drop');
    expect(lint({ ...files, upload: true }, {}, { fileRoots })).toEqual(['warning files.roots[0]']);
    expect(lint(files, {}, { fileRoots })).toEqual([]);
  });
});
