import { existsSync, readFileSync } from 'node:fs';
import { userInfo } from 'node:os';

/** What a login gives a process, and nothing of the server's own environment. */
export interface LoginEnvironment {
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
}

const USER_PATH = '/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games';
const ROOT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * The clean environment for every tmux process we start. A tmux server keeps the environment of the
 * process that started it for every later pane, and each client sends its own along (tmux.md §0 fact 7),
 * so ours, with whatever secrets it holds, must never be it. Values as login(1) sets them.
 */
export function loginEnvironment(): LoginEnvironment {
  const user = userInfo();
  const isRoot = user.uid === 0;
  const env: Record<string, string> = {
    HOME: user.homedir,
    USER: user.username,
    LOGNAME: user.username,
    SHELL: user.shell ?? '/bin/sh',
    PATH: isRoot ? ROOT_PATH : USER_PATH,
    TERM: 'xterm-256color',
    ...systemLocale(),
  };
  const runtimeDirectory = `/run/user/${user.uid}`;
  if (existsSync(runtimeDirectory)) env['XDG_RUNTIME_DIR'] = runtimeDirectory;
  return { home: user.homedir, env };
}

const LOCALE_FILE = '/etc/default/locale';
const LOCALE_LINE = /^(LANG|LANGUAGE|LC_[A-Z]+)="?([A-Za-z0-9_.@:-]*)"?$/gm;

/** The machine's locale as pam_env(8) gives it to a login; UTF-8 where none is set. */
function systemLocale(): Readonly<Record<string, string>> {
  if (!existsSync(LOCALE_FILE)) return { LANG: 'C.UTF-8' };
  const lines = readFileSync(LOCALE_FILE, 'utf8').matchAll(LOCALE_LINE);
  const locale = Object.fromEntries(
    Array.from(lines, ([, name = '', value = '']) => [name, value]),
  );
  return { LANG: 'C.UTF-8', ...locale };
}
