import type { PaneId, PaneInfo } from '#dto';
import { PaneStreams } from './pane-streams';
import { UNWRITTEN_HIGH } from './write-budget';

function createStreams() {
  const log: string[] = [];
  const pending: (() => void)[] = [];
  const streams = new PaneStreams({
    seed: (pane, screen, done) => {
      log.push(`seed ${pane.id} ${screen}`);
      done();
    },
    write: (pane, data, done) => {
      log.push(`write ${pane} ${data.slice(0, 10)}`);
      pending.push(done);
    },
    remove: (pane) => log.push(`remove ${pane}`),
  });
  const seed = (id: PaneId, offset: number, screen = ''): void => {
    streams.seed({ pane: { id } as PaneInfo, offset, screen });
  };
  return { streams, seed, log, pending };
}

describe(PaneStreams.name, () => {
  it('writes each byte once, whatever is sent again', () => {
    const { streams, seed, log } = createStreams();
    seed('%1', 10, 'S');
    streams.output({ pane: '%1', offset: 8, data: 'abcd' });
    streams.output({ pane: '%1', offset: 8, data: 'abcd' });
    streams.output({ pane: '%1', offset: 12, data: '\udcffe' });
    expect(log).toEqual(['seed %1 S', 'write %1 cd', 'write %1 e']);
  });

  it('reports a gap once and writes nothing more until the next seed', () => {
    const { streams, seed, log } = createStreams();
    seed('%1', 0);
    expect(streams.output({ pane: '%1', offset: 5, data: 'a' })).toBe(false);
    expect(streams.output({ pane: '%1', offset: 6, data: 'b' })).toBe(true);
    seed('%1', 7);
    expect(streams.output({ pane: '%1', offset: 7, data: 'c' })).toBe(true);
    expect(log.filter((line) => line.startsWith('write'))).toEqual(['write %1 c']);
  });

  it('ignores output of panes it was never shown', () => {
    const { streams, log } = createStreams();
    expect(streams.output({ pane: '%9', offset: 5, data: 'a' })).toBe(true);
    expect(log).toEqual([]);
  });

  it('is not ready while more than the bound is unwritten', async () => {
    const { streams, seed, pending } = createStreams();
    seed('%1', 0);
    streams.output({ pane: '%1', offset: 0, data: 'x'.repeat(UNWRITTEN_HIGH + 1) });
    let isReady = false;
    const ready = streams.ready().then(() => {
      isReady = true;
    });
    await Promise.resolve();
    expect(isReady).toBe(false);
    pending.forEach((done) => {
      done();
    });
    await ready;
    expect(isReady).toBe(true);
  });
});
