import fc from 'fast-check';
import { ModeTracker } from './mode-tracker.js';

function track(output: string): ModeTracker & { bells: number } {
  const tracker = new ModeTracker();
  const { bells } = tracker.push(Buffer.from(output));
  return Object.assign(tracker, { bells });
}

describe(ModeTracker.name, () => {
  it('knows nothing before the program said something', () => {
    const tracker = track('plain text \x1b[1;31mred\x1b[m');
    expect(tracker.bracketedPaste).toBeUndefined();
    expect(tracker.focusReporting).toBeUndefined();
    expect(tracker.cursorStyle).toBeUndefined();
    expect(tracker.restore()).toBe('');
  });

  it('follows modes set alone and together, and brings them back', () => {
    const tracker = track('\x1b[?2004h\x1b[?25;1004h\x1b[5 q');
    expect(tracker.bracketedPaste).toBe(true);
    expect(tracker.focusReporting).toBe(true);
    expect(tracker.cursorStyle).toBe(5);
    const restored = track(tracker.restore());
    expect(restored.bracketedPaste).toBe(true);
    expect(restored.focusReporting).toBe(true);
    expect(restored.cursorStyle).toBe(5);
  });

  it('follows modes that are taken back', () => {
    const tracker = track('\x1b[?2004h\x1b[?1004h\x1b[5 q\x1b[?2004;1004l\x1b[ q');
    expect(tracker.bracketedPaste).toBe(false);
    expect(tracker.focusReporting).toBe(false);
    expect(tracker.cursorStyle).toBe(0);
    expect(tracker.restore()).toBe('');
  });

  it.each([
    ['RIS', '\x1bc'],
    ['DECSTR', '\x1b[!p'],
  ])('forgets all with %s', (_name, reset) => {
    const tracker = track(`\x1b[?2004h\x1b[?1004h\x1b[3 q${reset}`);
    expect(tracker.bracketedPaste).toBe(false);
    expect(tracker.restore()).toBe('');
  });

  it.each([
    ['an ANSI mode of that number', '\x1b[2004h'],
    ['a text that only looks like it', '[?2004h'],
    ['a sequence that was cancelled', '\x1b[?2004\x18h'],
    ['the inside of an OSC', '\x1b]0;[?2004h\x07'],
    ['the inside of a DCS', '\x1bPtmux;\x1b\x1b[?2004h\x1b\\'],
    ['more parameters than tmux takes', `\x1b[?${'1;'.repeat(40)}2004h`],
    ['many parameters after it', `\x1b[?2004${';1'.repeat(40)}h`],
    ['an escape inside a DCS that does not end it', '\x1bPx\x1by\x1b[?2004h'],
    ['a report of the mode', '\x1b[?2004$p'],
  ])('is not fooled by %s', (_what, output) => {
    expect(track(output).bracketedPaste).toBeUndefined();
  });

  it('ignores cursor styles that do not exist', () => {
    expect(track('\x1b[2 q\x1b[9 q\x1b[12 q\x1b[>q').cursorStyle).toBe(2);
  });

  it.each([
    ['in plain text', 'a\x07b\x07', 2],
    ['inside a CSI, which tmux runs at once', '\x1b[3\x071m', 1],
    ['as the end of an OSC', '\x1b]0;title\x07', 0],
    ['after an OSC', '\x1b]0;title\x07\x07', 1],
    ['inside a DCS', '\x1bPq\x07\x1b\\', 0],
    ['inside a DCS after an escape', '\x1bPq\x1by\x07\x1b\\', 0],
    ['inside an APC', '\x1b_G\x07\x1b\\', 0],
    ['inside a PM', '\x1b^\x07\x1b\\', 0],
    ['inside a SOS', '\x1bX\x07\x1b\\', 0],
    ["inside tmux's rename", '\x1bkname\x07\x1b\\', 0],
    ['after a string that was cancelled', '\x1b_G\x18\x07', 1],
    ['after a string that SUB ended', '\x1b]0;t\x1a\x07', 1],
    ['after ST', '\x1b]0;t\x1b\\\x07', 1],
  ])('counts a bell %s', (_where, output, bells) => {
    expect(track(output).bells).toBe(bells);
  });

  it('finds the same wherever the output is cut', () => {
    const piece = fc.constantFrom(
      '\x1b[?2004h',
      '\x1b[?2004l',
      '\x1b[?1;1004h',
      '\x1b[3 q',
      '\x1bc',
      '\x1b[!p',
      '\x1b[1;38;5;9m',
      '\x1b[?20',
      '\x1b[1;\x07',
      '\x07',
      '\x1b]0;a\x07',
      '\x1b]8;;b\x1b\\',
      '\x1bPx\x1b[?2004h\x1b\\',
      '\x1b(0',
      'text é',
      '\x1b',
      '\x18',
      '\x1b[',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const bytes = Buffer.from(pieces.join(''));
        const whole = track(pieces.join(''));
        const cut = new ModeTracker();
        let bells = 0;
        for (const byte of bytes) bells += cut.push(Uint8Array.of(byte)).bells;
        expect([bells, cut.restore(), cut.bracketedPaste, cut.cursorStyle]).toEqual([
          whole.bells,
          whole.restore(),
          whole.bracketedPaste,
          whole.cursorStyle,
        ]);
      }),
      { numRuns: 500 },
    );
  });
});
