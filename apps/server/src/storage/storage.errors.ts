/** The database cannot be used; the text says why and what to do, and holds no password. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
}
