import { Terminal } from '@xterm/xterm';
import { FakeEnvironment } from '../stream/fake-environment';
import { PanePrediction } from './pane-prediction';

const CELL = { width: 8, height: 16, fontSize: 13, fontFamily: 'monospace' };

async function createPrediction() {
  const terminal = new Terminal({ cols: 20, rows: 3, allowProposedApi: true });
  const screen = document.createElement('div');
  const environment = new FakeEnvironment();
  const wanted = { now: true };
  const prediction = new PanePrediction(terminal, screen, {
    environment,
    patience: () => ({ echoMs: 100, answerMs: 1000 }),
    isWanted: () => wanted.now,
    cell: () => CELL,
  });
  const print = (data: string): Promise<void> =>
    new Promise((resolve) => {
      terminal.write(data, resolve);
    });
  let end = 0;
  const type = (text: string): void => {
    end += text.length;
    prediction.queued(text, end);
  };
  const overlay = screen.querySelector<HTMLElement>('.prediction');
  await print('1\r\n2\r\n3\r\n$ ');
  type('e');
  await print('e');
  prediction.answered(1);
  const shown = (): string | null =>
    overlay === null || overlay.hidden ? null : overlay.textContent;
  return { prediction, terminal, screen, environment, wanted, print, type, overlay, shown };
}

describe(PanePrediction.name, () => {
  it('draws over the cells, in their place, with the cursor moved', async () => {
    const { type, overlay, shown, screen } = await createPrediction();
    type('ch');
    expect(shown()).toBe('ch ');
    expect(overlay?.style).toMatchObject({ left: '24px', top: '32px', height: '16px' });
    expect([...(overlay?.children ?? [])].map(({ className }) => className)).toEqual([
      '',
      '',
      'cursor',
    ]);
    expect(screen.children).toHaveLength(1);
  });

  it('takes each cell away with its echo, and never writes to the terminal', async () => {
    const { type, print, shown, terminal } = await createPrediction();
    type('ch');
    const line = (): string | undefined =>
      terminal.buffer.active.getLine(terminal.buffer.active.baseY + 2)?.translateToString(true);
    expect(line()).toBe('$ e');
    await print('c');
    expect(shown()).toBe('h ');
    await print('h');
    expect(shown()).toBeNull();
  });

  it('gives up by itself what nothing confirms', async () => {
    const { type, environment, shown } = await createPrediction();
    type('ch');
    environment.advance(999);
    expect(shown()).toBe('ch ');
    environment.advance(1);
    expect(shown()).toBeNull();
    expect(environment.timers).toHaveLength(0);
  });

  it.each([
    ['a paste', ({ prediction }: Made) => prediction.queued(null, 9)],
    ['a wide character', ({ type }: Made) => type('字')],
    ['a combining one', ({ type }: Made) => type('\u0301')],
  ])('foretells nothing after %s', async (_what, act) => {
    const made = await createPrediction();
    act(made);
    made.type('x');
    expect(made.shown()).toBeNull();
  });

  it.each([
    [
      'is resized',
      async ({ terminal, print }: Made) => {
        terminal.resize(30, 3);
        await print('');
      },
    ],
    ['changes to the other screen', ({ print }: Made) => print('\x1b[?1049h$ e')],
  ])('forgets all when the terminal %s', async (_what, act) => {
    const made = await createPrediction();
    made.type('ch');
    await act(made);
    expect(made.shown()).toBeNull();
    made.type('x');
    expect(made.shown()).toBeNull();
  });

  it('hides while it is not wanted, and begins anew after it', async () => {
    const { prediction, type, wanted, shown } = await createPrediction();
    type('ch');
    wanted.now = false;
    prediction.update();
    expect(shown()).toBeNull();
    type('o');
    wanted.now = true;
    type('x');
    expect(shown()).toBeNull();
  });

  it('shows nothing where history is looked at', async () => {
    const { prediction, type, terminal, shown } = await createPrediction();
    type('ch');
    terminal.scrollToTop();
    prediction.update();
    expect(shown()).toBeNull();
  });

  it('leaves nothing on the page', async () => {
    const { prediction, type, screen, environment } = await createPrediction();
    type('ch');
    prediction.dispose();
    expect(screen.children).toHaveLength(0);
    expect(environment.timers).toHaveLength(0);
  });
});

type Made = Awaited<ReturnType<typeof createPrediction>>;
