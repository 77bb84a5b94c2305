/** The certificate or its key cannot be used. Names files and rules, never what is in them. */
export class KeyPairError extends Error {
  override readonly name = 'KeyPairError';
  /** Which setting is to be mended. */
  readonly key: 'tlsCert' | 'tlsKey';
  /** What to do about it. */
  readonly fix: string;

  constructor(key: 'tlsCert' | 'tlsKey', message: string, fix: string) {
    super(message);
    this.key = key;
    this.fix = fix;
  }
}
