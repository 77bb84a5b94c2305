/** What stands in a record instead of a secret. */
export const MASKED = '[masked]';

/**
 * Ways in which secrets are written. Each keeps what its named group `keep` matches and masks the rest; so
 * that it can still be seen what was done. Linear: no pattern can be made to take long.
 */
const PATTERNS: readonly RegExp[] = [
  // Private keys (RFC 7468), also cut off.
  /(?<keep>-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----)[^-]*(?:-----END [A-Z0-9 ]{0,40}-----)?/g,
  // Our own: access tokens, and keys in addresses.
  /(?<keep>\btmuxy_)[A-Za-z0-9_-]{20,}/g,
  /(?<keep>(?:#|%23)key(?:=|%3d))[^\s"'&]+/gi,
  // Headers (RFC 9110 §11.6.2, RFC 6265).
  /(?<keep>\b(?:authorization|proxy-authorization|x-api-key|x-auth-token|x-session-token|cookie|set-cookie)["']?\s?[:=]\s?["']?(?:(?:bearer|basic|token|digest)\s{1,4})?)[^\s"']+/gi,
  /(?<keep>\b(?:bearer|basic)\s{1,4})[A-Za-z0-9+/_.=~-]{8,}/gi,
  // Addresses with a password (RFC 3986 §3.2.1).
  /(?<keep>\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s:/@"']{0,128}:)[^\s@/"']+(?=@)/gi,
  // Assignments: PASSWORD=…, api_key: …, "secret": "…".
  /(?<keep>(?:pass(?:word|wd|phrase)?|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|client[_-]?secret|credentials?)[a-z0-9_-]{0,32}["']?\s?[:=]\s?["']?)[^\s"'=:-][^\s"']*/gi,
  // Flags with a value: --token …, -password ….
  /(?<keep>(?<=\s|^)--?[a-z0-9-]{0,32}(?:pass(?:word|wd|phrase)?|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|client[_-]?secret|credentials?)[a-z0-9-]{0,32}\s{1,4}["']?)[^\s"'=:-][^\s"']*/gi,
  // What services give out, by its beginning.
  /(?<keep>\b(?:ghp|gho|ghu|ghs|ghr|glpat|npm|pypi|xox[abeoprs]|sk|rk|pk|hf|dop_v1|shpat|sq0csp|SG)[_.-])[A-Za-z0-9_.-]{16,}/g,
  /(?<keep>\bgithub_pat_)[A-Za-z0-9_]{16,}/g,
  /(?<keep>\b(?:AKIA|ASIA|AIza))[A-Za-z0-9_-]{12,}/g,
  // JSON web tokens (RFC 7519).
  /(?<keep>\beyJ)[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]{4,}(?:\.[A-Za-z0-9_-]*)?/g,
  // Password flags of programs that people know: mysql -pSECRET, sshpass -p SECRET, curl -u name:SECRET.
  /(?<keep>\b(?:mysql|mysqldump|mariadb|mysqladmin)\b[^\n]{0,200}?\s-p)[^\s-][^\s]*/g,
  /(?<keep>\bsshpass\s{1,4}-p\s{0,4})[^\s]+/g,
  /(?<keep>\bcurl\b[^\n]{0,400}?\s(?:-u|--user)\s{1,4}[^\s:]{1,128}:)[^\s]+/g,
];

/** The text with everything that looks like a secret masked. */
export function maskSecrets(text: string): string {
  let masked = text;
  for (const pattern of PATTERNS) masked = masked.replace(pattern, `$<keep>${MASKED}`);
  return masked;
}
