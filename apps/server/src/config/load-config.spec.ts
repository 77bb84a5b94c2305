import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from './config.errors.js';
import { variableOf } from './config.keys.js';
import { TEXT_KEYS } from './config.sources.js';
import { isLoopback } from './listening.js';
import { type ConfigInput, loadConfig, loadConfigWithSources } from './load-config.js';

const READ = {
  text: (text: string) => text,
  list: (text: string) => text,
  integer: Number,
  boolean: (text: string) => text === 'true',
  section: () => undefined,
};

describe(loadConfig.name, () => {
  let home: string;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'tmuxy-config-'));
  });

  afterEach(() => {
    rmSync(home, { recursive: true });
  });

  function load(input: Partial<ConfigInput> = {}) {
    return loadConfig({ env: {}, homeDir: home, isTerminal: false, ...input });
  }

  function problemsOf(input: Partial<ConfigInput>): readonly string[] {
    try {
      load(input);
    } catch (error) {
      if (error instanceof ConfigError) return error.problems;
      throw error;
    }
    return [];
  }

  function writeYaml(text: string, file = join(home, '.config', 'tmuxy', 'tmuxy.yaml')): string {
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  it('has a working default for every key', () => {
    expect(Object.fromEntries(Object.entries(load()))).toEqual({
      host: '127.0.0.1',
      port: 9000,
      basePath: '/',
      tmuxBin: 'tmux',
      stateDir: join(home, '.local', 'state', 'tmuxy'),
      logLevel: 'info',
      logFormat: 'json',
      historyLines: 10_000,
      viewerQueueBytes: 2_097_152,
      ringBytes: 4_194_304,
      graceMs: 5000,
      createSession: 'main',
      publicOrigins: [],
      corsOrigins: [],
      trustedProxies: [],
      tlsProfile: 'intermediate',
      auth: 'required',
      passwords: true,
      signInIdleMinutes: 30,
      signInHours: 12,
      streamsPerCredential: 128,
      readOnly: false,
      readOnlySessions: [],
      unsafePlainHttp: false,
      roles: {},
      groups: [],
      policy: {},
      audit: {},
      files: {},
    });
  });

  it('is frozen', () => {
    expect(Object.isFrozen(load())).toBe(true);
  });

  it('puts flags over the environment over the file over defaults', () => {
    writeYaml('port: 1001\nhistoryLines: 1\ngraceMs: 7\n');
    const env = { TMUXY_PORT: '1002', TMUXY_HISTORY_LINES: '2' };
    const config = load({ env, flags: { port: '1003' } });
    expect([config.port, config.historyLines, config.graceMs]).toEqual([1003, 2, 7]);
  });

  it.each(TEXT_KEYS)('reads $name from the environment', (key) => {
    const texts: Partial<Record<string, string>> = {
      host: '127.0.0.2',
      basePath: '/a/b',
      socketPath: '/tmp/s',
      stateDir: '/tmp/state',
      logLevel: 'debug',
      logFormat: 'pretty',
      viewerQueueBytes: '65537',
      publicOrigins: 'https://a.example,https://b.example:8443',
      corsOrigins: 'https://c.example',
      trustedProxies: '10.0.0.1,192.168.0.0/16',
      tlsProfile: 'modern',
      auth: 'none',
      signInHours: '8',
      streamsPerCredential: '99',
      databaseUrl: 'sqlite:/tmp/x.db',
      readOnlySessions: 'prod-*,demo',
    };
    const usual = { text: 'name', integer: '65500', boolean: 'true', list: 'a', section: '' };
    const text = texts[key.name] ?? usual[key.kind];
    const config = load({ env: { [variableOf(key)]: text } });
    const value = config[key.name];
    expect(Array.isArray(value) ? value.join(',') : value).toBe(READ[key.kind](text));
  });

  it('follows the XDG directories, unless they are relative', () => {
    const file = writeYaml('port: 1234\n', join(home, 'conf', 'tmuxy', 'tmuxy.yaml'));
    expect(file).toContain('conf');
    const env = { XDG_CONFIG_HOME: join(home, 'conf'), XDG_STATE_HOME: 'relative' };
    expect(load({ env }).port).toBe(1234);
    expect(load({ env }).stateDir).toBe(join(home, '.local', 'state', 'tmuxy'));
    expect(load({ env: { XDG_STATE_HOME: '/var/x' } }).stateDir).toBe('/var/x/tmuxy');
  });

  it('makes logs for people on a terminal', () => {
    expect(load({ isTerminal: true }).logFormat).toBe('pretty');
  });

  it('takes a slash off the end of the base path', () => {
    expect(load({ flags: { basePath: '/tmux/' } }).basePath).toBe('/tmux');
  });

  it('[O3] refuses unknown keys and says which was meant', () => {
    writeYaml('prot: 9001\n');
    expect(problemsOf({})).toEqual([expect.stringMatching(/prot; did you mean port\?$/)]);
  });

  it('refuses unknown variables and says which was meant', () => {
    expect(problemsOf({ env: { TMUXY_BASEPATH: '/x', TMUXY_ZZZZZZZZZ: '' } })).toEqual([
      'unknown environment variable TMUXY_BASEPATH; did you mean TMUXY_BASE_PATH?',
      'unknown environment variable TMUXY_ZZZZZZZZZ',
    ]);
  });

  it('names key and rule but never the value', () => {
    const flags = { logLevel: 's3cret', basePath: 's3cret', graceMs: '99999999' };
    const problems = problemsOf({ flags });
    expect(problems).toHaveLength(3);
    expect(problems.join('\n')).toMatch(
      /basePath: must be[^]*logLevel: must be one of[^]*graceMs: must not be/,
    );
    expect(problems.join('\n')).not.toContain('s3cret');
  });

  it.each(['-1', '1e3', '9000x', '', ' 1'])('refuses %j as a number', (port) => {
    expect(problemsOf({ flags: { port } })).toEqual(['--port: must be a whole number']);
  });

  it('refuses values of another type in the file', () => {
    writeYaml('port: "9000"\nhost: [1]\n');
    expect(problemsOf({}).map((problem) => problem.split(':')[0])).toEqual(['host', 'port']);
  });

  it.each(['- 1', '7', 'a: [', '*x'])('refuses the file %j', (text) => {
    writeYaml(text);
    expect(problemsOf({})).toHaveLength(1);
  });

  it('does without the default file, but not without a named one', () => {
    expect(problemsOf({})).toEqual([]);
    expect(problemsOf({ file: join(home, 'no.yaml') })).toEqual([
      expect.stringContaining('ENOENT'),
    ]);
    expect(problemsOf({ env: { TMUXY_CONFIG: join(home, 'no.yaml') } })).toHaveLength(1);
  });

  it.each(['true', '1', '"true"', '{}'])('[J3] refuses %s for trustedProxies', (value) => {
    writeYaml(`trustedProxies: ${value}\n`);
    expect(problemsOf({})).toEqual([
      expect.stringMatching(/^trustedProxies: .*never true or a number of hops/),
    ]);
  });

  it('refuses * as an origin for CORS', () => {
    expect(problemsOf({ flags: { corsOrigins: '*' } })).toEqual([
      expect.stringMatching(/^corsOrigins: must be exact origins/),
    ]);
  });

  it('takes boolean flags both ways', () => {
    writeYaml('readOnly: true\n');
    expect(load({ flags: { readOnly: false } }).readOnly).toBe(false);
    expect(load({ flags: { passwords: false } }).passwords).toBe(false);
    expect(load({ flags: { readOnly: true } }).readOnly).toBe(true);
  });

  it('says where each setting comes from', () => {
    const path = writeYaml('port: 1001\ngraceMs: 7\n');
    const env = { TMUXY_PORT: '1002', TMUX_TMPDIR: '/tmp/x' };
    const loaded = loadConfigWithSources({
      env,
      homeDir: home,
      isTerminal: false,
      flags: { host: '::1' },
    });
    expect(loaded.file).toBe(path);
    expect(loaded.sources).toMatchObject({
      host: 'flag',
      port: 'environment',
      graceMs: 'file',
      tmuxTmpDir: 'tmux',
      auth: 'default',
    });
  });

  it('refuses two sockets at once', () => {
    expect(problemsOf({ flags: { socketName: 'a', socketPath: '/b' } })).toHaveLength(1);
  });

  it.each(['a:b', 'a.b', '#(id)', ' a', 'a\nb', 'a'.repeat(65)])(
    'refuses %j as a session name',
    (createSession) => {
      expect(problemsOf({ flags: { createSession } })).toHaveLength(1);
    },
  );

  it.each(['tmux', '/a/../b', '/a//b', '/a b', '/%2e', '/"x'])(
    'refuses %j as base path',
    (basePath) => {
      expect(problemsOf({ flags: { basePath } })).toHaveLength(1);
    },
  );
});

describe(isLoopback.name, () => {
  it.each(['127.0.0.1', '127.255.0.9', '::1', 'localhost'])('knows %s', (host) => {
    expect(isLoopback(host)).toBe(true);
  });
});
