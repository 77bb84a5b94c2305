import fc from 'fast-check';
import { parseNotification } from './notifications.js';

const parse = (line: string): unknown => parseNotification(Buffer.from(line));
const layout = 'b25d,80x24,0,0,0';

describe(parseNotification.name, () => {
  it.each([
    ['%output %0 a\\015\\012b', { kind: 'output', pane: '%0', data: Buffer.from('a\r\nb') }],
    ['%output %12  two spaces', { kind: 'output', pane: '%12', data: Buffer.from(' two spaces') }],
    ['%output %0 ', { kind: 'output', pane: '%0', data: Buffer.from('') }],
    [
      '%extended-output %3 1234 : a : b\\134',
      { kind: 'extended-output', pane: '%3', ageMs: 1234, data: Buffer.from('a : b\\') },
    ],
    [
      '%extended-output %3 0 later fields : x',
      { kind: 'extended-output', pane: '%3', ageMs: 0, data: Buffer.from('x') },
    ],
    [
      '%extended-output %4294967295 12345678901 : ',
      {
        kind: 'extended-output',
        pane: '%4294967295',
        ageMs: 12_345_678_901,
        data: Buffer.from(''),
      },
    ],
    [
      '%extended-output %10 007 : \\033[m',
      { kind: 'extended-output', pane: '%10', ageMs: 7, data: Buffer.from('\u001b[m') },
    ],
    ['%pause %1', { kind: 'pause', pane: '%1' }],
    ['%continue %1', { kind: 'continue', pane: '%1' }],
    ['%pane-mode-changed %1', { kind: 'pane-mode-changed', pane: '%1' }],
    [
      '%subscription-changed n $1 @2 3 %4 : a : b',
      {
        kind: 'subscription-changed',
        name: 'n',
        session: '$1',
        window: '@2',
        index: 3,
        pane: '%4',
        value: Buffer.from('a : b'),
      },
    ],
    [
      '%subscription-changed n $1 - - - : ',
      { kind: 'subscription-changed', name: 'n', session: '$1', value: Buffer.from('') },
    ],
    ['%session-changed $1 m a i n', { kind: 'session-changed', session: '$1', name: 'm a i n' }],
    ['%session-renamed $1 é', { kind: 'session-renamed', session: '$1', name: 'é' }],
    [
      '%client-session-changed /dev/pts/1 $2 other one',
      { kind: 'client-session-changed', client: '/dev/pts/1', session: '$2', name: 'other one' },
    ],
    ['%client-detached client-7', { kind: 'client-detached', client: 'client-7' }],
    ['%sessions-changed', { kind: 'sessions-changed' }],
    [
      '%session-window-changed $1 @2',
      { kind: 'session-window-changed', session: '$1', window: '@2' },
    ],
    ['%window-add @2', { kind: 'window-add', window: '@2' }],
    ['%unlinked-window-add @2', { kind: 'unlinked-window-add', window: '@2' }],
    ['%window-close @2', { kind: 'window-close', window: '@2' }],
    ['%unlinked-window-close @2', { kind: 'unlinked-window-close', window: '@2' }],
    ['%window-renamed @2 a b', { kind: 'window-renamed', window: '@2', name: 'a b' }],
    ['%window-renamed @2 ', { kind: 'window-renamed', window: '@2', name: '' }],
    ['%unlinked-window-renamed @2 a', { kind: 'unlinked-window-renamed', window: '@2', name: 'a' }],
    ['%window-pane-changed @2 %3', { kind: 'window-pane-changed', window: '@2', pane: '%3' }],
    [
      `%layout-change @2 ${layout} ${layout} *Z`,
      { kind: 'layout-change', window: '@2', layout, visibleLayout: layout, flags: '*Z' },
    ],
    [
      `%layout-change @2 ${layout} ${layout} `,
      { kind: 'layout-change', window: '@2', layout, visibleLayout: layout, flags: '' },
    ],
    ['%paste-buffer-changed b 1', { kind: 'paste-buffer-changed', name: 'b 1' }],
    ['%paste-buffer-deleted b', { kind: 'paste-buffer-deleted', name: 'b' }],
    ['%config-error /x:1: bad', { kind: 'config-error', text: '/x:1: bad' }],
    ['%message hello', { kind: 'message', text: 'hello' }],
    ['%exit', { kind: 'exit' }],
    ['%exit too far behind', { kind: 'exit', reason: 'too far behind' }],
  ])('reads %j', (line, notification) => {
    const got = parse(line);
    expect(got).toEqual(notification);
    // An absent field is absent, not undefined.
    expect(Object.keys(got as object).sort()).toEqual(Object.keys(notification).sort());
  });

  it.each([
    '',
    'output %0 x',
    '%',
    '% output',
    '%output',
    '%output %0',
    '%output 0 x',
    '%output %00 x',
    '%output @0 x',
    '%extended-output %0 : x',
    '%extended-output %0 -1 : x',
    '%extended-output %0 12 x',
    '%extended-output %00 0 : x',
    '%extended-output %01 0 : x',
    '%extended-output %12345678901 0 : x',
    '%extended-output %0 0 :x',
    '%extended-output %0 0 :',
    '%extended-output %0  : x',
    '%extended-output 0 0 : x',
    '%extended-outputs %0 0 : x',
    '%pause',
    '%pause %',
    '%pause %1 ',
    '%pause %1 %2',
    '%subscription-changed n $1 @2 3 %4 a',
    '%subscription-changed n x @2 3 %4 : a',
    '%subscription-changed n $1 x 3 %4 : a',
    '%subscription-changed n $1 @2 x %4 : a',
    '%subscription-changed n $1 @2 3 x : a',
    '%session-changed main',
    '%client-session-changed client main',
    '%client-detached ',
    '%sessions-changed now',
    '%session-window-changed $1 1',
    '%window-add 1',
    '%window-renamed name',
    '%window-pane-changed @1',
    '%layout-change @1',
    '%layout-change @1 a',
    '%begin 1 2 1',
    '%end 1 2 1',
    '%OUTPUT %0 x',
    '%from-the-future $1 @2 three',
    `%${'x'.repeat(100_000)}`,
  ])('keeps %.60j as unknown', (line) => {
    expect(parse(line)).toEqual({ kind: 'unknown', line: Buffer.from(line) });
  });

  it('never throws, whatever the bytes', () => {
    const word = fc.constantFrom(
      'output',
      'extended-output',
      'layout-change',
      'exit',
      'pause',
      ':',
    );
    const field = fc.oneof(word, fc.constantFrom('%1', '@1', '$1', '-', ':', ''), fc.string());
    fc.assert(
      fc.property(fc.array(field), fc.uint8Array({ maxLength: 20 }), (fields, tail) => {
        const line = Buffer.concat([Buffer.from(`%${fields.join(' ')}`), tail]);
        expect(typeof parseNotification(line).kind).toBe('string');
      }),
      { numRuns: 2000 },
    );
  });
});
