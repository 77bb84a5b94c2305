import type { Command } from 'commander';
import { newAccessToken, TOKEN_DAYS_DEFAULT } from '../auth/access-tokens/new-access-token.js';
import { type Account, accountOfUser, LOCAL_ACCOUNT, userIdOf } from '../auth/accounts.js';
import { patternsIn } from '../auth/credentials/credential-grants.js';
import { localOwner } from '../auth/local-owner.js';
import { findUser } from '../auth/users/user-changes.js';
import { NotFoundError } from '../http/app-error.js';
import { AccessTokenEntity } from '../storage/entities.js';
import type { Store, StoreContent } from '../storage/store.js';
import { CliError } from './cli.errors.js';
import type { Flags } from './config-flags.js';
import { daysIn } from './days.js';
import { addRightsFlags, roleIn, roleOption, sessionsIn, textIn } from './rights-flags.js';
import { table } from './table.js';
import { addStoreFlags, withStore } from './with-store.js';

/** `tmuxy token …`: what programs sign their requests with. */
export function addTokenCommands(program: Command): void {
  const token = program.command('token').description('access tokens of programs');
  addCreate(token);
  addList(token);
  addStoreFlags(
    token.command('revoke <id>').description('end a token and what is open under it'),
  ).action(async (id: string, flags: Flags) => {
    const revoke = (store: Store) =>
      store.change(async (transaction) => {
        if ((await transaction.nativeDelete(AccessTokenEntity, { id })) === 0) {
          throw new NotFoundError(
            'There is no such token. See which there are with: tmuxy token list',
          );
        }
      });
    await withStore(flags, revoke, { action: 'token.revoke', target: { token: id } });
    process.stdout.write('The token is revoked.\n');
  });
}

function addCreate(token: Command): void {
  const command = token
    .command('create <name>')
    .description('make a token; it is shown this once')
    .addOption(roleOption('at most what its program may do').makeOptionMandatory())
    .option('--expires <time>', 'such as 30d or 12w, or never', `${String(TOKEN_DAYS_DEFAULT)}d`)
    .option('--owner <user>', 'whose rights it has at most; without: yours')
    .option('--json', 'for programs');
  addStoreFlags(addRightsFlags(command)).action(async (name: string, flags: Flags) => {
    const role = roleIn(flags);
    if (role === undefined) throw new CliError('Say what it may do: --role viewer.');
    const expiresInDays = daysIn(textIn(flags, 'expires') ?? '');
    const owner = textIn(flags, 'owner');
    const act = {
      action: 'token.create',
      target: { name },
      params: { role, owner: owner ?? null, expiresInDays },
    };
    const create = (store: Store) =>
      store.change(async (transaction) => {
        const account: Account =
          owner === undefined
            ? LOCAL_ACCOUNT
            : accountOfUser((await findUser(transaction, owner)).id);
        const created = newAccessToken({
          account,
          name,
          role,
          readOnly: flags['readOnly'] === true,
          sessions: sessionsIn(flags) ?? null,
          expiresInDays,
        });
        await transaction.insert(AccessTokenEntity, created.row);
        return created;
      });
    const made = await withStore(flags, create, act);
    const { row } = made;
    if (flags['json'] === true) {
      const view = { id: row.id, name: row.name, token: made.token };
      process.stdout.write(`${JSON.stringify(view)}\n`);
    } else {
      process.stdout.write(`${made.token}\n`);
      process.stderr.write(`tmuxy: token ${row.id}; it is not shown again. ${endOf(row)}\n`);
    }
  });
}

function endOf({ expiresAt }: { readonly expiresAt?: number | null | undefined }): string {
  return typeof expiresAt === 'number'
    ? `It ends on ${new Date(expiresAt).toISOString().slice(0, 10)}.`
    : 'It never ends: revoke it when it is not needed any more.';
}

function addList(token: Command): void {
  addStoreFlags(
    token.command('list').description('list tokens').option('--json', 'for programs'),
  ).action(async (flags: Flags) => {
    const tokens = viewsOf(await withStore(flags, (store) => store.read()));
    process.stdout.write(flags['json'] === true ? `${JSON.stringify(tokens)}\n` : tableOf(tokens));
  });
}

function viewsOf(content: StoreContent) {
  return content.tokens
    .filter(({ expiresAt }) => (expiresAt ?? Infinity) > Date.now())
    .map((row) => ({
      id: row.id,
      name: row.name,
      owner: ownerOf(row.account, content),
      role: row.role,
      readOnly: row.readOnly,
      sessions: patternsIn(row.sessions) ?? null,
      createdAt: new Date(row.createdAt).toISOString(),
      expiresAt: timeOf(row.expiresAt),
      lastUsedAt: timeOf(row.lastUsedAt),
    }));
}

function ownerOf(account: Account, { users }: StoreContent): string {
  if (account === LOCAL_ACCOUNT) return localOwner().name;
  return users.find(({ id }) => id === userIdOf(account))?.name ?? account;
}

function timeOf(at: number | null | undefined): string | null {
  return typeof at === 'number' ? new Date(at).toISOString() : null;
}

function tableOf(tokens: ReturnType<typeof viewsOf>): string {
  return table([
    ['ID', 'NAME', 'OWNER', 'ROLE', 'SESSIONS', 'ENDS', 'LAST USED', ''],
    ...tokens.map((token) => [
      token.id,
      token.name,
      token.owner,
      token.role,
      token.sessions?.join(',') ?? '*',
      token.expiresAt?.slice(0, 10) ?? 'never',
      token.lastUsedAt?.slice(0, 10) ?? 'never',
      token.readOnly ? 'read-only' : '',
    ]),
  ]);
}
