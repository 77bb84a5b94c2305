/** Letters and digits of any script and `. _ @ -` (security-cases.md M21): nothing that looks like nothing. */
const NAME = /^[\p{L}\p{N}._@-]{1,64}$/u;
/** More cannot be normalised into a name. */
const TYPED_MAX = 256;

/** @returns the name in NFC, undefined when it cannot be one */
export function userNameIn(typed: string): string | undefined {
  if (typed.length > TYPED_MAX || /\p{Cs}/u.test(typed)) return undefined;
  const name = typed.normalize('NFC');
  return NAME.test(name) ? name : undefined;
}
