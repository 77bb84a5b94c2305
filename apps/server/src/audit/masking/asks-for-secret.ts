/** CSI and OSC sequences and other controls: what of a line is not seen. */
// eslint-disable-next-line no-control-regex -- controls are what is looked for
const UNSEEN = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|.)|\p{Cc}/gu;
/** How programs ask for what nobody else should read (sudo, ssh, gpg, login, git, psql, one-time codes). */
const ASKS =
  /(?:pass ?word|passwd|pass ?phrase|passcode|pin|secret|token|one-time|otp|verification code|auth(?:entication|enticator)? code|2fa|security code|key) ?(?:for|of|to)?[^?]{0,120}[:?]\s*$/iu;

/** Whether a program seems to ask for a secret on this line: what is typed then is never kept. */
export function asksForSecret(line: string): boolean {
  return ASKS.test(line.replaceAll(UNSEEN, ''));
}
