/** What the format needs and no language has: passed in, so that this code runs anywhere. */
export interface Primitives {
  /** @returns the 32 bytes of SHA-256, in memory of their own. It must not keep `bytes`, which are written over. */
  readonly sha256: (bytes: Uint8Array) => Uint8Array;
  /** UTF-8 of well-formed text. */
  readonly encode: (text: string) => Uint8Array;
  /** @returns the text, a byte order mark included; undefined when this is no UTF-8 */
  readonly decode: (bytes: Uint8Array) => string | undefined;
  /** Ed25519 (RFC 8032) with a raw public key of 32 bytes. */
  readonly verifySignature: (
    publicKey: Uint8Array,
    message: Uint8Array,
    signature: Uint8Array,
  ) => boolean;
}
