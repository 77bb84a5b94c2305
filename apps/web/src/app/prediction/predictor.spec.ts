import { FakeLine } from './fake-line';
import { keystrokes } from './keystrokes';
import { Predictor } from './predictor';

const PATIENCE = { echoMs: 100, answerMs: 1000 };

/** A predictor beside a terminal that shows a prompt; time stands still unless it is moved. */
function createPredictor(prompt = '$ ') {
  const predictor = new Predictor(() => PATIENCE);
  const terminal = new FakeLine(20, prompt);
  let now = 0;
  let end = 0;
  const settle = (): void => {
    predictor.settle(terminal.read(), now);
  };
  return {
    predictor,
    type: (text: string) => {
      for (const stroke of keystrokes(text, () => 1)) {
        end += 1;
        predictor.type(stroke, end, terminal.read(), now);
      }
      settle();
    },
    /** Everything typed so far was taken by the server, except for the last few. */
    answer: (butLast = 0) => {
      predictor.answered(end - butLast, now);
      settle();
    },
    print: (text: string) => {
      terminal.print(text);
      settle();
    },
    wait: (ms: number) => {
      now += ms;
      settle();
    },
    shown: () => predictor.picture()?.cells.join('') ?? null,
  };
}

/** One whose epoch is confirmed: `e` was typed and echoed. */
function createConfirmed(prompt?: string) {
  const made = createPredictor(prompt);
  made.type('e');
  made.print('e');
  made.answer();
  return made;
}

describe(Predictor.name, () => {
  it('shows nothing before the first character came back', () => {
    const { type, shown } = createPredictor();
    type('echo');
    expect(shown()).toBeNull();
  });

  it('shows what follows, with the cursor behind it, once the first came back', () => {
    const { type, print, answer, shown, predictor } = createPredictor();
    type('ech');
    print('e');
    answer(2);
    expect(predictor.picture()).toEqual({ line: 0, from: 3, cells: ['c', 'h', ' '], cursor: 5 });
    print('c');
    expect(shown()).toBe('h ');
    print('h');
    answer();
    expect(shown()).toBeNull();
    expect(predictor.dueAt).toBeNull();
  });

  it('does not take for an echo what came before the server had the key', () => {
    const { type, print, answer, shown } = createPredictor();
    type('ab');
    print('a');
    expect(shown()).toBeNull();
    answer(1);
    expect(shown()).toBe('b ');
  });

  it('gives no credit for what was on the screen before', () => {
    const { type, print, answer, shown } = createPredictor('$ git\b\b\b');
    type('gi');
    print('g');
    answer(1);
    expect(shown()).toBeNull();
  });

  it.each(['\r', '\x03', '\x1b[A', '\t', '\x1bOD'])('begins a new epoch after %j', (key) => {
    const { type, print, answer, wait, shown } = createConfirmed();
    type(`cho${key}`);
    expect(shown()).toBe('cho ');
    print('cho\r\n$ ');
    answer();
    wait(PATIENCE.echoMs);
    type('x');
    expect(shown()).toBeNull();
    print('x');
    answer();
    type('y');
    expect(shown()).toBe('y ');
  });

  it('shows nothing at a password prompt, and ends what was shown when one appears', () => {
    const { type, print, answer, wait, shown } = createConfirmed();
    type('x\r');
    print('x\r\nPassword: ');
    answer();
    wait(PATIENCE.echoMs);
    type('secret');
    answer();
    expect(shown()).toBeNull();
    wait(PATIENCE.echoMs);
    type('more');
    expect(shown()).toBeNull();
  });

  it('shows nothing more once other output moved the cursor', () => {
    const { type, print, shown } = createConfirmed();
    print('\r\nPassword: ');
    type('secret');
    expect(shown()).toBeNull();
  });

  it('hides at once what other output came between, and gives it up when its time is over', () => {
    const { type, print, answer, wait, shown, predictor } = createConfirmed();
    type('cho');
    print('*');
    expect(shown()).toBeNull();
    answer();
    wait(PATIENCE.echoMs);
    expect(predictor.dueAt).toBeNull();
    type('x');
    expect(shown()).toBeNull();
  });

  it('gives up what is not echoed after the answer', () => {
    const { type, answer, wait, shown } = createConfirmed();
    type('cho');
    answer();
    wait(PATIENCE.echoMs - 1);
    expect(shown()).toBe('cho ');
    wait(1);
    expect(shown()).toBeNull();
    type('more');
    expect(shown()).toBeNull();
  });

  it('gives up what is never answered', () => {
    const { type, wait, shown, predictor } = createConfirmed();
    type('cho');
    expect(predictor.dueAt).toBe(PATIENCE.answerMs);
    wait(PATIENCE.answerMs);
    expect(shown()).toBeNull();
    expect(predictor.dueAt).toBeNull();
  });

  it('finds its place again while typing goes on', () => {
    const { type, print, answer, wait, shown } = createConfirmed();
    type('x\r');
    type('ab');
    print('x\r\n$ ');
    answer(2);
    wait(PATIENCE.echoMs);
    type('cd');
    print('a');
    answer(3);
    expect(shown()).toBe('bcd ');
  });

  it('takes back what was typed here, at the end of the line', () => {
    const { type, print, answer, shown, predictor } = createConfirmed();
    type('xy\x7f\x7f\x7f');
    expect(predictor.picture()).toMatchObject({ from: 2, cursor: 2 });
    expect(shown()?.trim()).toBe('');
    print('xy\b \b\b \b\b \b');
    answer();
    expect(shown()).toBeNull();
    type('\x7f');
    expect(predictor.picture()).toBeNull();
  });

  it('does not foretell Backspace in the middle of a line', () => {
    const { type, print, shown } = createConfirmed();
    print('tail\b\b\b\b');
    type('x');
    print('x');
    type('\x7f');
    expect(shown()).toBeNull();
  });

  it('begins a new epoch in the last column', () => {
    const { type, shown, predictor } = createConfirmed('$ 456789012345678');
    type('abc');
    expect(shown()).toBe('a ');
    expect(predictor.picture()?.cursor).toBe(19);
  });

  it('forgets everything when told so', () => {
    const { type, shown, predictor } = createConfirmed();
    type('cho\rnext');
    predictor.reset();
    expect(shown()).toBeNull();
    expect(predictor.dueAt).toBeNull();
  });

  it('keeps no more than its bound', () => {
    const { type, predictor } = createConfirmed();
    type(`\r${'x'.repeat(1024)}`);
    expect(predictor.dueAt).not.toBeNull();
    type('x');
    expect(predictor.dueAt).toBeNull();
  });
});
