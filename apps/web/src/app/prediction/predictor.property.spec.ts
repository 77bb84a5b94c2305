import { array, assert, constant, constantFrom, nat, oneof, property, record } from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { FakeLine } from './fake-line';
import { keystrokes } from './keystrokes';
import { Predictor } from './predictor';

const PATIENCE = { echoMs: 100, answerMs: 1000 };
/** Each round gives up what was typed first; acts are fewer. */
const ROUNDS_MAX = 200;

/** The oldest thing on its way to the server, from the program, or the oldest answer arrives. */
type Arrival = 'up' | 'down' | 'answer';

type Act =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'arrive'; readonly what: readonly Arrival[] }
  | { readonly kind: 'wait'; readonly ms: number };

/** What a program does with the line until the next Enter, and what it prints before it. */
interface Reading {
  readonly echoes: boolean;
  /** Characters after which it stops to echo without a word; nobody can know that before. */
  readonly stopsAfter: number;
  readonly prompt: string;
}

const keys = (...some: readonly string[]): Arbitrary<Act> =>
  record({ kind: constant('key' as const), key: constantFrom(...some) });
const arrivals = (...some: readonly (readonly Arrival[])[]): Arbitrary<Act> =>
  record({ kind: constant('arrive' as const), what: constantFrom(...some) });
const acts = array(
  oneof(
    { weight: 12, arbitrary: keys('a', 'b', ' ') },
    { weight: 2, arbitrary: keys('\r', '\x7f', '\x03', '\x1b[C') },
    { weight: 6, arbitrary: arrivals(['up', 'down', 'answer'], ['up', 'answer', 'down']) },
    { weight: 3, arbitrary: arrivals(['up'], ['down'], ['answer']) },
    { weight: 1, arbitrary: record({ kind: constant('wait' as const), ms: nat({ max: 150 }) }) },
  ),
  { maxLength: 100, size: 'max' },
);
const readings = array(
  record({
    echoes: constantFrom(true, false),
    stopsAfter: constantFrom(99, 99, 99, 3),
    prompt: constantFrom('', '$ ', 'Password: ', 'a b '),
  }),
  { minLength: 1, maxLength: 12 },
);

/** A page and a program with a network between them that delivers in order, whenever the test says so. */
class World {
  readonly predictor = new Predictor(() => PATIENCE);
  private readonly readings: readonly Reading[];
  private readonly terminal = new FakeLine(16, '$ ');
  private readonly up: { key: string; end: number }[] = [];
  private readonly down: string[] = [];
  private readonly answers: number[] = [];
  private now = 0;
  private end = 0;
  /** Enters pressed, and those the program has read. */
  private pressed = 0;
  private read = 0;
  /** Characters of the program's line, which Backspace takes. */
  private typed = 0;

  constructor(given: readonly Reading[]) {
    this.readings = given;
  }

  do(act: Act): void {
    if (act.kind === 'key') this.press(act.key);
    else if (act.kind === 'wait') this.wait(act.ms);
    else for (const what of act.what) this.arrive(what);
  }

  /** Whether what is typed now will be echoed. */
  get echoes(): boolean {
    return this.reading(this.pressed).echoes;
  }

  get isOnItsWay(): boolean {
    return this.up.length + this.down.length + this.answers.length > 0;
  }

  /** Lets time pass as often as the predictor asks for it. @returns whether it asks no more */
  settleDown(): boolean {
    for (let rounds = 0; rounds <= ROUNDS_MAX; rounds += 1) {
      const due = this.predictor.dueAt;
      if (due === null) return true;
      this.wait(Math.max(due - this.now, 0));
    }
    return false;
  }

  private press(key: string): void {
    // Typed where nothing echoes, so that it can be told apart.
    const text = this.echoes ? key : key.toUpperCase();
    for (const stroke of keystrokes(text, () => 1)) {
      this.end += 1;
      this.predictor.type(stroke, this.end, this.terminal.read(), this.now);
    }
    if (key === '\r') this.pressed += 1;
    this.up.push({ key: text, end: this.end });
  }

  private wait(ms: number): void {
    this.now += ms;
    this.settle();
  }

  private arrive(what: Arrival): void {
    if (what === 'up') this.arriveUp();
    else if (what === 'down') this.terminal.print(this.down.shift() ?? '');
    else this.predictor.answered(this.answers.shift() ?? 0, this.now);
    this.settle();
  }

  private settle(): void {
    this.predictor.settle(this.terminal.read(), this.now);
  }

  private arriveUp(): void {
    const sent = this.up.shift();
    if (sent === undefined) return;
    this.answers.push(sent.end);
    const out = this.reactionTo(sent.key);
    if (out !== '') this.down.push(out);
  }

  private reactionTo(key: string): string {
    if (key === '\r') {
      this.read += 1;
      this.typed = 0;
      return `\r\n${this.reading(this.read).prompt}`;
    }
    if (!this.reading(this.read).echoes || key.startsWith('\x1b')) return '';
    if (key === '\x03') return '^C';
    if (key !== '\x7f') {
      this.typed += 1;
      return this.typed <= this.reading(this.read).stopsAfter ? key : '';
    }
    if (this.typed === 0) return '';
    this.typed -= 1;
    return '\b \b';
  }

  private reading(index: number): Reading {
    return (
      this.readings[index % this.readings.length] ?? { echoes: true, stopsAfter: 99, prompt: '' }
    );
  }
}

describe(`${Predictor.name}, whatever is typed and whenever it arrives`, () => {
  it('never shows what is typed where nothing echoes', () => {
    assert(
      property(readings, acts, (given, played) => {
        const world = new World(given);
        for (const act of played) {
          world.do(act);
          const shown = world.predictor.picture()?.cells.join('') ?? '';
          expect(shown).not.toMatch(/[A-Z]/);
        }
      }),
    );
  });

  it('keeps no prediction once everything came or timed out', () => {
    assert(
      property(readings, acts, (given, played) => {
        const world = new World(given);
        for (const act of played) world.do(act);
        while (world.isOnItsWay) world.do({ kind: 'arrive', what: ['up', 'down', 'answer'] });
        expect(world.settleDown()).toBe(true);
        expect(world.predictor.picture()).toBeNull();
      }),
    );
  });

  it('shows something, so that the above says something', () => {
    let shown = 0;
    assert(
      property(readings, acts, (given, played) => {
        const world = new World(given);
        for (const act of played) {
          world.do(act);
          if (world.predictor.picture() !== null) shown += 1;
        }
      }),
    );
    expect(shown).toBeGreaterThan(50);
  });
});
