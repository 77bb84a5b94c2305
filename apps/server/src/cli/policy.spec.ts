import { Command } from 'commander';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CliError } from './cli.errors.js';
import { addPolicyCommands } from './policy.js';

let dir: string;
let config: string;
let printed: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tmuxy-policy-'));
  config = join(dir, 'tmuxy.yaml');
  writeFileSync(config, 'policy:\n  operator:\n    deny:\n      - command: split-window\n');
  printed = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});

afterEach(() => {
  jest.restoreAllMocks();
  process.exitCode = undefined;
  rmSync(dir, { recursive: true });
});

async function check(...args: string[]): Promise<{ status: unknown; printed: string }> {
  const program = new Command();
  addPolicyCommands(program);
  await program.parseAsync(['policy', 'check', '--config', config, ...args], { from: 'user' });
  return { status: process.exitCode, printed };
}

describe('tmuxy policy check', () => {
  it('says what is allowed, with its effects', async () => {
    const { status, printed: text } = await check('select-pane -L ; next-window');
    expect(text).toMatch(/^allowed\n {2}select-pane: .*layout.*\n {2}next-window: .*layout.*\n$/);
    expect(status).toBeUndefined();
  });

  it('says what is denied, by which rule and why, with status 1', async () => {
    const { status, printed: text } = await check('new-window "touch x"');
    expect(text).toMatch(/^denied\n {2}command: {2}new-window\n {2}rule: {5}effect:shell\n/);
    expect(text).toMatch(/reason: {3}\S.+\n$/);
    expect(status).toBe(1);
  });

  it('goes by the configuration', async () => {
    const { status, printed: text } = await check('splitw', '--json');
    expect(JSON.parse(text)).toMatchObject({
      allowed: false,
      command: 'split-window',
      rule: 'policy.operator.deny[0]',
    });
    expect(status).toBe(1);
    printed = '';
    process.exitCode = undefined;
    expect((await check('splitw', '--role', 'admin', '--json')).status).toBeUndefined();
    expect(JSON.parse(printed)).toMatchObject({
      allowed: true,
      commands: [{ command: 'split-window' }],
    });
  });

  it('knows a limited scope', async () => {
    expect(
      (await check('kill-session -t =play', '--sessions', 'work,play')).status,
    ).toBeUndefined();
    expect((await check('kill-session -t =other', '--sessions', 'work,play')).status).toBe(1);
    expect(printed).toContain('rule:     scope');
  });

  it.each([
    ['viewer', 'select-pane -L', 'read-only'],
    ['admin', 'select-pane -L ; $HOME', 'not-understood'],
    ['admin', 'no-such-command', 'not-understood'],
  ])('denies a %s %j by %s', async (role, command, rule) => {
    expect((await check(command, '--role', role)).status).toBe(1);
    expect(printed).toContain(`rule:     ${rule}\n`);
  });

  it('shows no control characters of what was typed', async () => {
    expect((await check('no\u001b]0;x\u0007such')).status).toBe(1);
    expect(printed).not.toMatch(/[^\P{Cc}\n]/u);
  });

  it.each([
    ['--role', 'root'],
    ['--sessions', 'a,,b'],
  ])('refuses %s %s', async (...flags) => {
    await expect(check('ls', ...flags)).rejects.toThrow(CliError);
  });
});
