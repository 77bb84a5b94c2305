import { LOG_CRYPTO, newLogSigner } from '#testing';
import { NoteSplitter, readCheckpoint, signCheckpoint } from './checkpoint.js';
import {
  formatVerifierKey,
  isSignedBy,
  parseNote,
  parseVerifierKey,
  signNote,
} from './signed-note.js';

/** The example of Go's golang.org/x/mod/sumdb/note, which the format comes from. */
const KEY = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const NOTE = `If you think cryptography is the answer to your problem,
then you don't know what your problem is.

— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
`;

describe(parseNote.name, () => {
  const key = parseVerifierKey(LOG_CRYPTO, KEY)!;

  it('reads and verifies a note that Go signed', () => {
    expect(isSignedBy(LOG_CRYPTO, parseNote(NOTE)!, key)).toBe(true);
    expect(formatVerifierKey(LOG_CRYPTO, key)).toBe(KEY);
  });

  it('passes over signatures of others, but not a wrong one of this key', () => {
    const [signature] = /— .*\n$/.exec(NOTE)!;
    const witness = signature.replace('PeterNeumann', 'witness');
    expect(isSignedBy(LOG_CRYPTO, parseNote(`${NOTE}${witness}`)!, key)).toBe(true);
    const wrong = signature.replace('ZJkuBS', 'ZJkuBT');
    expect(isSignedBy(LOG_CRYPTO, parseNote(`${NOTE}${wrong}`)!, key)).toBe(false);
    const other = NOTE.replace('answer', 'Answer');
    expect(isSignedBy(LOG_CRYPTO, parseNote(other)!, key)).toBe(false);
  });

  it.each([
    ['no signature', NOTE.slice(0, NOTE.indexOf('—'))],
    ['no line feed at the end', NOTE.slice(0, -1)],
    ['another dash', NOTE.replace('—', '-')],
    ['base64 that could be written otherwise', NOTE.replace('JnAM=', 'JnAN=')],
    ['no padding', NOTE.replace('AM=', 'AM')],
    ['a control character', NOTE.replace('answer', 'ans\rwer')],
    ['half a character', NOTE.replace('answer', 'ans\ud800wer')],
    ['text after the signature', `${NOTE}more\n`],
  ])('refuses a note with %s', (_, note) => {
    expect(parseNote(note)).toBeUndefined();
  });

  it.each([
    ['another hash', KEY.replace('c74f', 'c74e')],
    ['another name', KEY.replace('Peter', 'Paul')],
    ['another type', KEY.replace('ARpc', 'AhpcA')],
    ['white space', KEY.replace('Peter', 'Pe ter')],
    ['nothing', ''],
  ])('refuses a key with %s', (_, text) => {
    expect(parseVerifierKey(LOG_CRYPTO, text)).toBeUndefined();
  });
});

describe(readCheckpoint.name, () => {
  const signer = newLogSigner('tmuxy/box');
  const root = LOG_CRYPTO.sha256(new Uint8Array());
  const text = signCheckpoint(LOG_CRYPTO, signer.key, { size: 12, root }, signer.sign);
  const resigned = (from: string | RegExp, to: string): string => {
    const { text: body } = parseNote(text)!;
    return signNote(LOG_CRYPTO, signer.key, body.replace(from, to), signer.sign);
  };

  it('reads what was signed', () => {
    expect(readCheckpoint(LOG_CRYPTO, signer.key, text)).toEqual({
      origin: 'tmuxy/box',
      size: 12,
      root,
    });
  });

  it.each([
    ['a leading zero', '\n12\n', '\n012\n'],
    ['a sign', '\n12\n', '\n+12\n'],
    ['a fraction', '\n12\n', '\n12.0\n'],
    ['more than can be counted', '\n12\n', '\n9007199254740993\n'],
    ['a short root', /\n[^\n]+\n$/, '\nAAAA\n'],
  ])('refuses %s, though it is signed', (_, from, to) => {
    expect(readCheckpoint(LOG_CRYPTO, signer.key, resigned(from, to))).toBe('malformed');
  });

  it('tells whose it is not', () => {
    const other = newLogSigner('tmuxy/box');
    expect(readCheckpoint(LOG_CRYPTO, other.key, text)).toBe('not-signed');
    expect(readCheckpoint(LOG_CRYPTO, signer.key, text.replace('\n12\n', '\n13\n'))).toBe(
      'not-signed',
    );
    expect(readCheckpoint(LOG_CRYPTO, signer.key, resigned('tmuxy/box', 'tmuxy/fox'))).toBe(
      'other-log',
    );
  });
});

describe(NoteSplitter.name, () => {
  const split = (text: string): string[] => {
    const splitter = new NoteSplitter();
    const notes = text.split('\n').map((line) => splitter.push(line));
    return [...notes, splitter.end()].filter((note) => note !== undefined);
  };

  it('splits notes at empty lines, not at those within', () => {
    expect(split(`${NOTE}\n${NOTE}\n`)).toEqual([NOTE, NOTE]);
    expect(split(`\n\n${NOTE}\n\n\n${NOTE}`)).toEqual([NOTE, NOTE]);
  });

  it('holds no more of what never ends than a note may have', () => {
    const parts = split('x'.repeat(50).concat('\n').repeat(1000));
    expect(parts.length).toBeGreaterThan(5);
    expect(Math.max(...parts.map(({ length }) => length))).toBeLessThan(9000);
    expect(parts.every((part) => parseNote(part) === undefined)).toBe(true);
  });
});
