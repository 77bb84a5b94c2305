import { fakePair, fakeRecord } from './fake-records';
import { jsonText, whatText, whoText } from './row-text';
import { toRow } from './rows';

const NOBODY = { name: null, role: null, credential: null, method: null, address: '10.0.0.9' };

describe(whoText.name, () => {
  it('says who, how and from where', () => {
    expect(whoText(toRow(fakeRecord(1), null, false))).toEqual({
      name: 'ana',
      role: 'admin',
      from: 'password · 10.0.0.5',
    });
  });

  it('takes who signed in from the outcome, which is when it was known', () => {
    const [intent, outcome] = fakePair(1);
    expect(whoText(toRow({ ...intent, actor: NOBODY }, outcome, false)).name).toBe('ana');
  });

  it.each([
    [null, 'not signed in'],
    ['server', 'the server'],
    ['cli', 'command line'],
  ])('has words for credential %j without a name', (credential, name) => {
    const record = fakeRecord(1, { actor: { ...NOBODY, credential } });
    expect(whoText(toRow(record, null, false)).name).toBe(name);
  });

  it('tells what was typed at the server itself', () => {
    const actor = { ...NOBODY, name: 'root', credential: 'cli', address: null };
    expect(whoText(toRow(fakeRecord(1, { actor }), null, false))).toMatchObject({
      name: 'root',
      from: 'command line',
    });
  });

  it('hides nothing of a name', () => {
    const actor = { ...NOBODY, name: 'root\u202etoor\x1b[2J' };
    const { name } = whoText(toRow(fakeRecord(1, { actor }), null, false));
    expect(name).toBe('root\\u{202e}toor␛[2J');
  });
});

describe(whatText.name, () => {
  const lines = (some: Parameters<typeof fakeRecord>[1]): string[] => {
    const { main, rest } = whatText(toRow(fakeRecord(1, some), null, false));
    return [main, rest].map((facts) =>
      facts.map(({ label, value }) => `${label} ${value}`.trim()).join(', '),
    );
  };

  it('puts the command before the place', () => {
    const some = {
      target: { session: 'work', pane: '%1' },
      params: { commands: ['kill-pane', 'new-window -n x'] },
    };
    expect(lines(some)).toEqual(['kill-pane ; new-window -n x', 'work, %1']);
  });

  it('has the place alone when there is nothing else', () => {
    expect(lines({ target: { session: 'work' } })).toEqual(['work', '']);
  });

  it('reads a request as it is written', () => {
    const some = { target: { method: 'GET', path: '/x' }, params: { status: 403 } };
    expect(lines(some)).toEqual(['GET /x', 'status 403']);
  });

  it('counts what was typed, and names what it does not know', () => {
    const some = { params: { bytes: 12, odd: { a: 1 }, none: null, list: [] } };
    expect(lines(some)).toEqual(['12 bytes', 'odd {"a":1}']);
  });

  it('adds what only the end told', () => {
    const [intent] = fakePair(1);
    const end = fakeRecord(2, { intent: 1, outcome: 'ok', params: { records: 7 } });
    const { rest } = whatText(toRow(intent, end, false));
    expect(rest).toEqual([{ label: 'records', value: '7', isCode: false }]);
  });

  it('sums up what was typed, in the order in which it was', () => {
    const typed = ['l', 's', '\r'].map((text, index) =>
      fakeRecord(index + 1, {
        target: { session: 'work' },
        params: { bytes: text.length, text },
      }),
    );
    const row = { ...toRow(typed[2]!, null, false), folded: typed.toReversed() };
    const { main, rest } = whatText(row);
    expect(main.map(({ value }) => value)).toEqual(['ls␍', '3 bytes']);
    expect(rest.map(({ label, value }) => `${label} ${value}`.trim())).toEqual([
      'work',
      'inputs 3',
    ]);
  });

  it('hides nothing of a path', () => {
    expect(lines({ target: { path: '/a/\u202egpj.exe\n' } })[0]).toBe('/a/\\u{202e}gpj.exe␊');
  });
});

describe(jsonText.name, () => {
  it('shows every field, each on its line, and nothing is hidden', () => {
    const text = jsonText(fakeRecord(1, { params: { name: 'a\u200bb' } }));
    expect(text.split('\n').length).toBeGreaterThan(10);
    expect(text).toContain('"name": "a\\u{200b}b"');
  });
});
