import type { AuditRecord } from '#audit-log';
import { auditRecord } from '../../testing/audit-files.js';
import { Asciicast, type AsciicastVersion } from './asciicast.js';

const HOSTILE =
  '"}\n# forged\n{"version":3}\r\u001b]0;x\u0007\u009b31m\u2028\u202e\u{e0041}\u007f#';
const STARTED = '2026-01-01T00:00:00.000Z';

const header = (version: AsciicastVersion, title: string, env = {}): string =>
  new Asciicast(version).header({ title, startedAt: STARTED, env });

function eventsOf(version: AsciicastVersion, records: readonly Partial<AuditRecord>[]): unknown[] {
  const cast = new Asciicast(version);
  return records.map((rest, at) => JSON.parse(cast.event(auditRecord(at + 1, rest))) as unknown);
}

const typed = (text: string, rest: Partial<AuditRecord> = {}): Partial<AuditRecord> => ({
  action: 'input.keys',
  params: { bytes: text.length, text },
  ...rest,
});

describe(Asciicast.name, () => {
  it('writes the header of each version', () => {
    expect(JSON.parse(header(2, 'main'))).toEqual({
      version: 2,
      width: 80,
      height: 24,
      timestamp: 1_767_225_600,
      title: 'main',
    });
    expect(JSON.parse(header(3, 'main'))).toEqual({
      version: 3,
      term: { cols: 80, rows: 24 },
      timestamp: 1_767_225_600,
      title: 'main',
    });
  });

  it.each([2, 3] as const)(
    '[K25] lets nobody forge a line or an escape in version %i',
    (version) => {
      const env = { TERM: HOSTILE, SHELL: HOSTILE, AWS_SECRET: 'secret', toString: 'x' };
      const cast = new Asciicast(version);
      const lines = [
        cast.header({ title: HOSTILE, startedAt: STARTED, env }),
        cast.event(auditRecord(1, typed(HOSTILE))),
        cast.event(auditRecord(2, { action: HOSTILE, reason: HOSTILE })),
        cast.event(auditRecord(3, typed('# no comment\n'))),
      ];
      for (const text of lines) {
        expect(text.slice(0, -1)).toMatch(/^[[{][^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u);
        expect(text.endsWith('\n')).toBe(true);
      }
      const [head, input, marker, comment] = lines.map((text) => JSON.parse(text) as unknown);
      expect(head).toMatchObject({ title: HOSTILE, env: { TERM: HOSTILE, SHELL: HOSTILE } });
      expect(Object.keys((head as { env: object }).env)).toEqual(['TERM', 'SHELL']);
      expect(input).toEqual([0, 'i', HOSTILE]);
      expect(marker).toEqual([1, 'm', `ana ${HOSTILE} ${HOSTILE}`]);
      expect(comment).toEqual([version === 3 ? 1 : 2, 'i', '# no comment\n']);
    },
  );

  it('tells what was typed, and marks everything else', () => {
    expect(
      eventsOf(3, [
        typed('ls\r'),
        typed('lost', { intent: 1, outcome: 'failed', reason: 'internal' }),
        { action: 'input.paste', params: { bytes: 9 } },
        { action: 'tmux.command', params: { text: 'no input' }, decision: 'denied' },
      ]).map((event) => (event as unknown[]).slice(1)),
    ).toEqual([
      ['i', 'ls\r'],
      ['m', 'ana input.keys failed internal'],
      ['m', 'ana input.paste'],
      ['m', 'ana tmux.command denied'],
    ]);
  });

  it('[K25] counts from the event before in version 3, from the beginning in version 2', () => {
    const times = [
      { mono: 5_000_000 },
      { mono: 5_250_001 },
      { mono: 5_000_000 }, // never back
      // Another process counts from another beginning: by the clock then, and never back either.
      { mono: 9, epoch: 'f', ts: '2026-01-01T00:00:10.000Z' },
      { mono: 9, epoch: 'g', ts: '2026-01-01T00:00:09.000Z' },
      { mono: 1_500_009, epoch: 'g' },
    ].map((time) => typed('x', { ts: '2026-01-01T00:00:08.000Z', ...time }));
    const secondsOf = (version: AsciicastVersion): unknown[] =>
      eventsOf(version, times).map((event) => (event as unknown[])[0]);
    expect(secondsOf(3)).toEqual([0, 0.250001, 0, 2, 0, 1.5]);
    expect(secondsOf(2)).toEqual([0, 0.250001, 0.250001, 2.250001, 2.250001, 3.750001]);
  });
});
