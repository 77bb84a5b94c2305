import type { Command } from 'commander';
import {
  addUser,
  type EndedCredentials,
  removeUser,
  setUserDisabled,
  setUserPassword,
  setUserRights,
  type UserRights,
} from '../auth/users/user-changes.js';
import { patternsIn } from '../auth/credentials/credential-grants.js';
import type { UserRow } from '../storage/entities.js';
import { CliError } from './cli.errors.js';
import type { Flags } from './config-flags.js';
import { PASSWORD_FLAGS, readPassword } from './read-password.js';
import { addRightsFlags, roleIn, roleOption, sessionsIn } from './rights-flags.js';
import { table } from './table.js';
import { addStoreFlags, withStore } from './with-store.js';

/** `tmuxy user …`: who signs in with a password. Works on the database, whether a server runs or not. */
export function addUserCommands(program: Command): void {
  const user = program.command('user').description('who signs in with a password');
  addAdd(user);
  addList(user);
  addSet(user);
  addPassword(user);
  addStateChange(user, 'disable', 'keep a user out', async (store, name) =>
    ended(`${name} is disabled`, await setUserDisabled(store, name, true)),
  );
  addStateChange(user, 'enable', 'let a disabled user in again', async (store, name) => {
    await setUserDisabled(store, name, false);
    return `${name} may sign in again.`;
  });
  addStateChange(user, 'remove', 'take a user away', async (store, name) =>
    ended(`${name} is removed`, await removeUser(store, name)),
  );
}

function addAdd(user: Command): void {
  const command = user
    .command('add <name>')
    .description('make a user; asks for the password')
    .addOption(roleOption('what they may do').default('viewer'));
  for (const [flag, help] of PASSWORD_FLAGS) command.option(flag, help);
  addStoreFlags(addRightsFlags(command)).action(async (name: string, flags: Flags) => {
    const rights = {
      role: roleIn(flags) ?? 'viewer',
      readOnly: flags['readOnly'] === true,
      sessions: sessionsIn(flags) ?? null,
    };
    const password = await readPassword(flags);
    const act = { action: 'user.add', target: { user: name }, params: paramsOf(rights) };
    await withStore(flags, (store) => addUser(store, name, password, rights), act);
    process.stdout.write(`${name} may sign in as ${rights.role}.\n`);
  });
}

function addSet(user: Command): void {
  const command = user
    .command('set <name>')
    .description('change what a user may do; what they have open follows at once')
    .addOption(roleOption('what they may do'));
  addStoreFlags(addRightsFlags(command))
    .option('--no-read-only', 'they may type again')
    .action(async (name: string, flags: Flags) => {
      const [role, sessions, readOnly] = [roleIn(flags), sessionsIn(flags), flags['readOnly']];
      const rights = {
        ...(role === undefined ? {} : { role }),
        ...(typeof readOnly === 'boolean' ? { readOnly } : {}),
        ...(sessions === undefined ? {} : { sessions }),
      };
      if (Object.keys(rights).length === 0) {
        throw new CliError('Say what to change: --role, --sessions, --read-only, --no-read-only.');
      }
      const act = { action: 'user.set', target: { user: name }, params: paramsOf(rights) };
      await withStore(flags, (store) => setUserRights(store, name, rights), act);
      process.stdout.write(`${name} is changed.\n`);
    });
}

function addPassword(user: Command): void {
  const command = user
    .command('password <name>')
    .description('set a new password; ends sign-ins and tokens made with the old one');
  for (const [flag, help] of PASSWORD_FLAGS) command.option(flag, help);
  addStoreFlags(command).action(async (name: string, flags: Flags) => {
    const password = await readPassword(flags);
    const act = { action: 'user.password', target: { user: name } };
    const result = await withStore(flags, (store) => setUserPassword(store, name, password), act);
    process.stdout.write(`${ended(`${name} has a new password`, result)}\n`);
  });
}

function addList(user: Command): void {
  addStoreFlags(
    user.command('list').description('list users').option('--json', 'for programs'),
  ).action(async (flags: Flags) => {
    const users = (await withStore(flags, (store) => store.read())).users.map(toView);
    process.stdout.write(flags['json'] === true ? `${JSON.stringify(users)}\n` : tableOf(users));
  });
}

function addStateChange(
  user: Command,
  verb: string,
  help: string,
  change: (store: Parameters<typeof removeUser>[0], name: string) => Promise<string>,
): void {
  addStoreFlags(user.command(`${verb} <name>`).description(help)).action(
    async (name: string, flags: Flags) => {
      const act = { action: `user.${verb}`, target: { user: name } };
      const said = await withStore(flags, (store) => change(store, name), act);
      process.stdout.write(`${said}\n`);
    },
  );
}

/** Rights as the audit log keeps them. */
function paramsOf({ role, readOnly, sessions }: Partial<UserRights>) {
  return {
    ...(role === undefined ? {} : { role }),
    ...(readOnly === undefined ? {} : { readOnly }),
    ...(sessions === undefined ? {} : { sessions }),
  };
}

function ended(what: string, { signIns, tokens }: EndedCredentials): string {
  return `${what}; ended with it: ${String(signIns)} sign-ins, ${String(tokens)} access tokens.`;
}

function toView(user: Readonly<UserRow>) {
  return {
    name: user.name,
    role: user.role,
    readOnly: user.readOnly,
    sessions: patternsIn(user.sessions) ?? null,
    disabled: user.isDisabled,
    createdAt: new Date(user.createdAt).toISOString(),
  };
}

function tableOf(users: readonly ReturnType<typeof toView>[]): string {
  return table([
    ['NAME', 'ROLE', 'SESSIONS', ''],
    ...users.map((user) => [
      user.name,
      user.role,
      user.sessions?.join(',') ?? '*',
      [user.readOnly ? 'read-only' : '', user.disabled ? 'disabled' : ''].join(' ').trim(),
    ]),
  ]);
}
