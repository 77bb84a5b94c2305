import type { PaneId, PaneInfo } from '#dto';
import type { PaneSinks } from './pane-sinks';
import { PaneStreams } from './pane-streams';
import { UNWRITTEN_HIGH } from './write-budget';

function createStreams() {
  const log: string[] = [];
  const pending: ((isDrawn: boolean) => void)[] = [];
  const missing = jest.fn();
  const sinks: PaneSinks = {
    seed: (pane, screen, done) => {
      log.push(`seed ${pane.id} ${screen}`);
      done();
    },
    write: (pane, data, done) => {
      log.push(`write ${pane} ${data.slice(0, 10)}`);
      pending.push(done);
    },
    frame: (pane, screen, done) => {
      log.push(`frame ${pane} ${screen}`);
      done();
    },
    remove: (pane) => log.push(`remove ${pane}`),
  };
  const streams = new PaneStreams(sinks, missing);
  const seed = (id: PaneId, offset: number, screen = ''): void => {
    streams.seed({ pane: { id } as PaneInfo, offset, screen });
  };
  return { streams, seed, log, pending, missing };
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

  it('draws frames of panes it knows and that miss nothing; they count no bytes', () => {
    const { streams, seed, log } = createStreams();
    streams.frame({ pane: '%1', screen: 'early' });
    seed('%1', 10);
    streams.frame({ pane: '%1', screen: 'F' });
    streams.output({ pane: '%1', offset: 10, data: 'a' });
    streams.output({ pane: '%1', offset: 20, data: 'gap' });
    streams.frame({ pane: '%1', screen: 'broken' });
    expect(log).toEqual(['seed %1 ', 'frame %1 F', 'write %1 a']);
  });

  it('reports a gap once and writes nothing more until the next seed', () => {
    const { streams, seed, log, missing } = createStreams();
    seed('%1', 0);
    streams.output({ pane: '%1', offset: 5, data: 'a' });
    streams.output({ pane: '%1', offset: 6, data: 'b' });
    expect(missing).toHaveBeenCalledTimes(1);
    seed('%1', 7);
    streams.output({ pane: '%1', offset: 7, data: 'c' });
    expect(missing).toHaveBeenCalledTimes(1);
    expect(log.filter((line) => line.startsWith('write'))).toEqual(['write %1 c']);
  });

  it('takes what its terminal left out for missing, and goes on with the next seed', () => {
    const { streams, seed, log, pending, missing } = createStreams();
    seed('%1', 0);
    streams.output({ pane: '%1', offset: 0, data: 'a' });
    streams.output({ pane: '%1', offset: 1, data: 'b' });
    for (const done of pending) done(false);
    streams.output({ pane: '%1', offset: 2, data: 'c' });
    expect(missing).toHaveBeenCalledTimes(1);
    seed('%1', 3);
    streams.output({ pane: '%1', offset: 3, data: 'd' });
    const writes = log.filter((line) => line.startsWith('write'));
    expect(writes).toEqual(['write %1 a', 'write %1 b', 'write %1 d']);
  });

  it('ignores output of panes it was never shown', () => {
    const { streams, log, missing } = createStreams();
    streams.output({ pane: '%9', offset: 5, data: 'a' });
    expect(log).toEqual([]);
    expect(missing).not.toHaveBeenCalled();
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
      done(true);
    });
    await ready;
    expect(isReady).toBe(true);
  });
});
