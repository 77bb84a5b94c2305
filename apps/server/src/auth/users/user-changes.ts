import type { Role } from '#dto';
import { InvalidRequestError, NotFoundError } from '../../http/app-error.js';
import {
  AccessTokenEntity,
  SignInEntity,
  UserEntity,
  type UserRow,
} from '../../storage/entities.js';
import type { Store, StoreTransaction } from '../../storage/store.js';
import { checkPatterns } from '../access-tokens/new-access-token.js';
import { accountOfUser } from '../accounts.js';
import { hashPassword } from '../passwords/password-hash.js';
import { checkNewPassword } from '../passwords/password-rules.js';
import { createId } from '../secrets.js';
import { userNameIn } from './user-name.js';

/** What a user may do. */
export interface UserRights {
  readonly role: Role;
  readonly readOnly: boolean;
  /** Patterns of session names; null: all. */
  readonly sessions: readonly string[] | null;
}

/** What a change took away beside what it was about. */
export interface EndedCredentials {
  readonly signIns: number;
  readonly tokens: number;
}

/**
 * Makes a user.
 *
 * @throws InvalidRequestError when name, password or sessions are none, or the name is taken
 */
export async function addUser(
  store: Store,
  typedName: string,
  typedPassword: string,
  rights: UserRights,
): Promise<void> {
  const name = checkUserName(typedName);
  const password = checkNewPassword(typedPassword);
  const user: UserRow = {
    id: createId(),
    name,
    passwordHash: await hashPassword(password),
    role: rights.role,
    readOnly: rights.readOnly,
    sessions: columnOf(rights.sessions),
    isDisabled: false,
    createdAt: Date.now(),
  };
  await store.change(async (transaction) => {
    if ((await transaction.count(UserEntity, { name })) > 0) {
      throw new InvalidRequestError(
        `There is a user ${name} already. Change it with: tmuxy user set ${name}`,
      );
    }
    await transaction.insert(UserEntity, user);
  });
}

/** Changes rights; what is open in the user's name ends and comes back with the new ones. */
export async function setUserRights(
  store: Store,
  typedName: string,
  rights: Partial<UserRights>,
): Promise<void> {
  await changeUser(store, typedName, (transaction, { id }) =>
    transaction.nativeUpdate(
      UserEntity,
      { id },
      {
        ...(rights.role === undefined ? {} : { role: rights.role }),
        ...(rights.readOnly === undefined ? {} : { readOnly: rights.readOnly }),
        ...(rights.sessions === undefined ? {} : { sessions: columnOf(rights.sessions) }),
      },
    ),
  );
}

/** Sets a new password. Whoever came in with the old one is out, their tokens too. */
export async function setUserPassword(
  store: Store,
  typedName: string,
  typedPassword: string,
): Promise<EndedCredentials> {
  const passwordHash = await hashPassword(checkNewPassword(typedPassword));
  return await changeUser(store, typedName, async (transaction, { id }) => {
    await transaction.nativeUpdate(UserEntity, { id }, { passwordHash });
    return await endAll(transaction, id);
  });
}

/** Lets a user in again, or keeps them out and ends what they have. */
export async function setUserDisabled(
  store: Store,
  typedName: string,
  isDisabled: boolean,
): Promise<EndedCredentials> {
  return await changeUser(store, typedName, async (transaction, { id }) => {
    await transaction.nativeUpdate(UserEntity, { id }, { isDisabled });
    return isDisabled ? await endAll(transaction, id) : { signIns: 0, tokens: 0 };
  });
}

/** Takes the user away with all that is theirs. */
export async function removeUser(store: Store, typedName: string): Promise<EndedCredentials> {
  return await changeUser(store, typedName, async (transaction, { id }) => {
    await transaction.nativeDelete(UserEntity, { id });
    return await endAll(transaction, id);
  });
}

/** @throws NotFoundError */
export async function findUser(
  transaction: StoreTransaction,
  typedName: string,
): Promise<Readonly<UserRow>> {
  const name = userNameIn(typedName);
  const user = name === undefined ? null : await transaction.findOne(UserEntity, { name });
  if (user === null) {
    throw new NotFoundError('There is no such user. See who there is with: tmuxy user list');
  }
  return user;
}

async function changeUser<T>(
  store: Store,
  typedName: string,
  change: (transaction: StoreTransaction, user: Readonly<UserRow>) => Promise<T>,
): Promise<T> {
  return await store.change(async (transaction) => {
    return await change(transaction, await findUser(transaction, typedName));
  });
}

async function endAll(transaction: StoreTransaction, userId: string): Promise<EndedCredentials> {
  const account = accountOfUser(userId);
  return {
    signIns: await transaction.nativeDelete(SignInEntity, { account }),
    tokens: await transaction.nativeDelete(AccessTokenEntity, { account }),
  };
}

function checkUserName(typed: string): string {
  const name = userNameIn(typed);
  if (name === undefined) {
    throw new InvalidRequestError(
      'A user is named with 1 to 64 letters and digits of any script and . _ @ -',
    );
  }
  return name;
}

function columnOf(sessions: readonly string[] | null): string | null {
  return sessions === null ? null : JSON.stringify(checkPatterns(sessions));
}
