import { TestBed } from '@angular/core/testing';
import { Notices } from '../../ui/notices';
import { UploadQueue } from './upload-queue';
import { UPLOAD_TRANSPORT } from './chosen-transport';
import type { UploadEvents, UploadHandle, UploadTask } from './upload-transport';

interface Sent extends UploadTask {
  readonly events: UploadEvents;
  readonly calls: string[];
}

const SRV = { path: '/srv' };

function createQueue(): { queue: UploadQueue; sent: Sent[]; states: () => readonly string[] } {
  const sent: Sent[] = [];
  const start = (task: UploadTask, events: UploadEvents): UploadHandle => {
    const calls: string[] = [];
    sent.push({ ...task, events, calls });
    const call = (name: string) => () => void calls.push(name);
    return { pause: call('pause'), resume: call('resume'), cancel: call('cancel') };
  };
  TestBed.configureTestingModule({
    providers: [{ provide: UPLOAD_TRANSPORT, useValue: { start } }],
  });
  const queue = TestBed.inject(UploadQueue);
  return { queue, sent, states: () => queue.items().map(({ status }) => status) };
}

const files = (...names: readonly string[]): readonly File[] =>
  names.map((name) => new File(['12345'], name));

describe(UploadQueue.name, () => {
  it('sends two at once, the next when one is done', () => {
    const { queue, sent, states } = createQueue();
    queue.add(files('a', 'b', 'c'), SRV, 100);
    expect(states()).toEqual(['sending', 'sending', 'waiting']);

    sent[0]!.events.progress(3);
    expect(queue.items()[0]).toMatchObject({ sentBytes: 3 });
    sent[0]!.events.done();
    expect(states()).toEqual(['done', 'sending', 'sending']);
    expect(queue.arrived()).toEqual(SRV);
    expect(sent.map(({ name, overwrite }) => [name, overwrite])).toEqual([
      ['a', false],
      ['b', false],
      ['c', false],
    ]);
  });

  it('never sends what is too large, or where it cannot be named', () => {
    const { queue, sent } = createQueue();
    queue.add(files('a'), SRV, 4);
    queue.add(files('b'), { path: '/\ufffd', path64: 'L_8' }, 100);
    expect(sent).toEqual([]);
    expect(queue.items().map(({ status, problem }) => [status, problem])).toEqual([
      ['refused', 'It has 5 bytes; at most 4 bytes are taken.'],
      ['refused', expect.stringContaining('no UTF-8')],
    ]);
    queue.clearEnded();
    expect(queue.items()).toEqual([]);
  });

  it('pauses, lets another go on, and resumes the same transfer', () => {
    const { queue, sent, states } = createQueue();
    queue.add(files('a', 'b', 'c'), SRV, 100);
    const { id } = queue.items()[0]!;

    queue.pause(id);
    expect(states()).toEqual(['paused', 'sending', 'sending']);
    sent[0]!.events.progress(5);
    expect(states()[0]).toBe('paused');

    queue.resume(id);
    expect(states()[0]).toBe('waiting');
    sent[1]!.events.done();
    expect(states()).toEqual(['sending', 'done', 'sending']);
    expect(sent[0]!.calls).toEqual(['pause', 'resume']);
    expect(sent).toHaveLength(3);
  });

  it('says that nothing answers, and that it goes on', () => {
    const { queue, sent, states } = createQueue();
    queue.add(files('a'), SRV, 100);
    sent[0]!.events.interrupted();
    expect(states()).toEqual(['interrupted']);
    expect(queue.isBusy()).toBe(true);
    sent[0]!.events.progress(4);
    expect(states()).toEqual(['sending']);
  });

  it('can be tried again after a failure', () => {
    const { queue, sent, states } = createQueue();
    queue.add(files('a'), SRV, 100);
    sent[0]!.events.failed({ kind: 'refused', message: 'No space left.' });
    expect(queue.items()[0]).toMatchObject({ status: 'failed', problem: 'No space left.' });
    expect(queue.isBusy()).toBe(false);

    queue.resume(queue.items()[0]!.id);
    expect(states()).toEqual(['sending']);
    expect(sent[0]!.calls).toEqual(['resume']);
  });

  it('goes on by itself with what was lost, and not with what was refused', () => {
    const { queue, sent, states } = createQueue();
    queue.add(files('a', 'b'), SRV, 100);
    sent[0]!.events.failed({ kind: 'lost', message: 'The server does not answer.' });
    sent[1]!.events.failed({ kind: 'refused', message: 'No space left.' });
    queue.resumeLost();
    expect(states()).toEqual(['sending', 'failed']);
  });

  it('tells of a failure where the list is not seen', () => {
    const { queue, sent } = createQueue();
    const shown = () =>
      TestBed.inject(Notices)
        .shown()
        .map(({ message }) => message);
    queue.add(files('a', 'b'), SRV, 100);
    const leave = queue.watch();
    sent[0]!.events.failed({ kind: 'refused', message: 'No space left.' });
    expect(shown()).toEqual([]);
    leave();
    sent[1]!.events.failed({ kind: 'conflict', message: 'There is one.' });
    expect(shown()).toEqual([expect.stringMatching(/^b was not uploaded: There is one\./)]);
  });

  it('cancels on the server, too, and no news of it come after', () => {
    const { queue, sent } = createQueue();
    queue.add(files('a'), SRV, 100);
    queue.cancel(queue.items()[0]!.id);
    expect(sent[0]!.calls).toEqual(['cancel']);
    sent[0]!.events.done();
    expect(queue.items()).toEqual([]);
    expect(queue.arrived()).toBeNull();
  });

  describe('a name that is taken', () => {
    function asked(): ReturnType<typeof createQueue> {
      const made = createQueue();
      made.queue.add(files('a.txt'), SRV, 100);
      made.sent[0]!.events.failed({ kind: 'conflict', message: 'There is one already.' });
      expect(made.states()).toEqual(['asking']);
      expect(made.sent).toHaveLength(1);
      return made;
    }

    it('is replaced only when the person says so', () => {
      const { queue, sent } = asked();
      queue.decide(queue.items()[0]!.id, 'replace', new Set());
      expect(sent[1]).toMatchObject({ name: 'a.txt', overwrite: true });
      sent[1]!.events.done();
      expect(queue.items()[0]).toMatchObject({ status: 'done' });
    });

    it('is kept beside a new one', () => {
      const { queue, sent } = asked();
      queue.decide(queue.items()[0]!.id, 'keep-both', new Set(['a.txt', 'a (2).txt']));
      expect(sent[1]).toMatchObject({ name: 'a (3).txt', overwrite: false });
    });

    it('is left alone', () => {
      const { queue, sent } = asked();
      queue.decide(queue.items()[0]!.id, 'skip', new Set());
      expect(queue.items()).toEqual([]);
      expect(sent).toHaveLength(1);
    });
  });

  it('has a bound', () => {
    const { queue } = createQueue();
    const many = Array.from({ length: 210 }, (_, index) => `f${String(index)}`);
    expect(queue.add(files(...many), SRV, 100)).toBe(10);
    expect(queue.items()).toHaveLength(200);
  });
});
