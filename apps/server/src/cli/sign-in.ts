import type { Command } from 'commander';
import { accountOfUser, userIdOf } from '../auth/accounts.js';
import { findUser } from '../auth/users/user-changes.js';
import { NotFoundError } from '../http/app-error.js';
import { SignInEntity } from '../storage/entities.js';
import type { Store, StoreContent } from '../storage/store.js';
import { CliError } from './cli.errors.js';
import type { Flags } from './config-flags.js';
import { textIn } from './rights-flags.js';
import { table } from './table.js';
import { addStoreFlags, withStore } from './with-store.js';

/** `tmuxy sign-in …`: the browsers that are signed in. */
export function addSignInCommands(program: Command): void {
  const signIn = program.command('sign-in').description('browsers that are signed in');
  addStoreFlags(
    signIn.command('list').description('list sign-ins').option('--json', 'for programs'),
  ).action(async (flags: Flags) => {
    const signIns = viewsOf(await withStore(flags, (store) => store.read()));
    process.stdout.write(
      flags['json'] === true ? `${JSON.stringify(signIns)}\n` : tableOf(signIns),
    );
  });
  addStoreFlags(
    signIn
      .command('revoke [id]')
      .description('end a sign-in, or all of a user, and what is open under it')
      .option('--user <name>', 'all sign-ins of this user'),
  ).action(async (id: string | undefined, flags: Flags) => {
    const user = textIn(flags, 'user');
    if ((id === undefined) === (user === undefined)) {
      throw new CliError('Say which: tmuxy sign-in revoke ID, or --user NAME.');
    }
    const act = {
      action: 'sign-in.revoke',
      target: user === undefined ? { signIn: id ?? '' } : { user },
    };
    const revoke = (store: Store) =>
      store.change(async (transaction) => {
        const which =
          user === undefined
            ? { id: id ?? '' }
            : { account: accountOfUser((await findUser(transaction, user)).id) };
        const ended = await transaction.nativeDelete(SignInEntity, which);
        if (id !== undefined && ended === 0) {
          throw new NotFoundError(
            'There is no such sign-in. See which there are with: tmuxy sign-in list',
          );
        }
        return ended;
      });
    const count = await withStore(flags, revoke, act);
    process.stdout.write(`Ended: ${String(count)} sign-ins.\n`);
  });
}

function viewsOf({ signIns, users }: StoreContent) {
  return signIns.map((row) => ({
    id: row.id,
    name: users.find(({ id }) => id === userIdOf(row.account))?.name ?? row.name,
    method: row.method,
    address: row.address,
    // Their own words: nothing in them may reach the terminal as a command.
    userAgent: row.userAgent.replaceAll(/[^\x20-\x7e]/g, '?'),
    createdAt: new Date(row.createdAt).toISOString(),
    lastActiveAt: new Date(row.lastActiveAt).toISOString(),
  }));
}

function tableOf(signIns: ReturnType<typeof viewsOf>): string {
  return table([
    ['ID', 'NAME', 'METHOD', 'ADDRESS', 'LAST ACTIVE', 'BROWSER'],
    ...signIns.map((row) => [
      row.id,
      row.name,
      row.method,
      row.address,
      row.lastActiveAt.slice(0, 16).replace('T', ' '),
      row.userAgent.slice(0, 60),
    ]),
  ]);
}
