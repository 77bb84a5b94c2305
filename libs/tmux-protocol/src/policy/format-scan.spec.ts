import fc from 'fast-check';
import { scanFormat } from './format-scan.js';
import { FormatProblem } from './format-syntax.js';

function outcome(text: string, hasTime = false): string {
  try {
    const { shell, otherSessions, busy, variables } = scanFormat(text, hasTime);
    const marks = [shell && 'shell', otherSessions && 'others', busy && 'busy'].filter(Boolean);
    return [...marks, ...variables].join(' ');
  } catch (error) {
    if (error instanceof FormatProblem) return 'problem';
    throw error;
  }
}

describe(scanFormat.name, () => {
  it.each([
    ['', ''],
    ['text ## #, #}', ''],
    ['#S:#I', 'session_name window_index'],
    ['#{pane_id}', 'pane_id'],
    ['#{@user}', '@user'],
    ['#{status-left}', 'status-left'],
    ['#{?pane_active,#{pane_id},#W}', 'pane_active pane_id window_name'],
    ['#{?#{==:#{pane_id},%1},a,b}', 'pane_id'],
    ['#{?a,b,c,d,e}', 'a c'],
    ['#{?a,b}', 'a'],
    ['#{=10:pane_title}', 'pane_title'],
    ['#{=/10/…:pane_title}', 'pane_title'],
    ['#{=/#{status-left-length}/x:pane_title}', 'status-left-length pane_title'],
    ['#{s/a/b/:pane_title}', 'pane_title'],
    ['#{s|a|b|i:pane_title}', 'pane_title'],
    ['#{b:pane_current_path}', 'pane_current_path'],
    ['#{e|+|:1,2}', ''],
    ['#{e|/|f|2:#{pane_width},3}', 'pane_width'],
    ['#{m/r:^a,#{pane_title}}', 'pane_title'],
    ['#{p-10:window_name}', 'window_name'],
    ['#{l:##(x)}', ''],
    ['#{W:#{P:#{pane_id}}}', 'pane_id'],
    ['#[fg=red]#{pane_id}##[x]###[y]', 'pane_id'],
    ['#{n;=5:pane_id}', 'pane_id'],
  ])('reads %s', (text, expected) => {
    expect(outcome(text)).toBe(expected);
  });

  it.each([
    ['#(id)', 'shell'],
    ['###(id)', 'shell'],
    ['[#(echo (a))]', 'shell'],
    ['#{?1,#(id),x}', 'shell'],
    ['#{E:status-left}', 'shell status-left'],
    ['#{T:#{l:x}}', 'shell'],
    ['#{E;=5:@x}', 'shell @x'],
    ['#{s/a/#{pane_title}/:pane_id}', 'shell pane_id'],
    ['#{s/a/##(id)/:pane_id}', 'shell pane_id'],
    ['#{S:#{session_name}}', 'others session_name'],
    ['#{N/s:other}', 'others other'],
    ['#{m/r:(a*)*b,#{pane_title}}', 'busy pane_title'],
    ['#{C/r:a\\{9\\}}', 'busy'],
  ])('finds what %s may do', (text, expected) => {
    expect(outcome(text)).toBe(expected);
  });

  it.each([
    ...['#', 'a#', '#{', '#{pane_id', '#(id', '#{?a}', '#{x:pane_id}', '#{R:a,99999999}'],
    ...['#{p1000000000:pane_id}', '#{p-1001:pane_id}', '#{p#{pane_width}:pane_id}', '#{L:x}'],
    ...['#{W:#{W:x}}', '#{e|+|f|1000000000:1,2}', '#{e|^|:1,2}', '#{a b}', '#{=:#{x}', '#{=x:a}'],
    ...['#{s/a:pane_id}', '#{s/./' + 'x'.repeat(5_000) + '/:pane_id}', '#{m/#{x}:a,b}', '#{}'],
    ...['x'.repeat(5_000), '#{l:'.repeat(40), '#{?1,'.repeat(30) + '#S,}'.repeat(30)],
  ])('does not understand %.40s', (text) => {
    expect(outcome(text)).toBe('problem');
  });

  it.each([
    ['%H:%M %d-%b-%y 100%%', ''],
    ['#{?1,%H:%M,}', ''],
    ['#%p(id)', 'problem'],
    ['#{?1,#%p(id),}', 'problem'],
    ['%Q', 'problem'],
    ['%', 'problem'],
    ['#{=%d:pane_id}', 'problem'],
    ['#{?1,%c,}', 'problem'],
  ])('reads %s where tmux puts it through strftime', (text, expected) => {
    expect(outcome(text, true)).toBe(expected);
  });

  const piece = fc.constantFrom(
    ...[
      '#',
      '##',
      '{',
      '}',
      '#{',
      '#{?1,',
      '#{l:',
      '#{==:',
      ',',
      ':',
      'x',
      '#S',
      '#[',
      'pane_id',
      '(',
    ],
  );
  const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));

  it('never overlooks a job that follows what it understands', () => {
    fc.assert(
      fc.property(text, (before) => {
        if (outcome(before) === 'problem') return;
        expect(outcome(`${before}#(id)`)).toMatch(/^shell/);
        expect(outcome(`#{?1,${before},#(id)}`)).toMatch(/^shell|^problem/);
        expect(outcome(`${before}#{E:pane_id}`)).toMatch(/^shell/);
      }),
      { numRuns: 5_000, seed: 11 },
    );
  });

  it('finds none in text whose every # is doubled', () => {
    fc.assert(
      fc.property(text, (plain) => {
        if (plain.includes('#[')) return;
        expect(outcome(plain.replaceAll('#', '##'))).toBe('');
      }),
      { numRuns: 2_000, seed: 12 },
    );
  });
});
