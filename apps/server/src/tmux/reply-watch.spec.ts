import { ReplyWatch } from './reply-watch.js';

describe(ReplyWatch.name, () => {
  it('waits for a reply as long as it may take, without output', () => {
    const watch = new ReplyWatch();
    expect(watch.isOverdue(1000, 11_000, 10_000)).toBe(false);
    expect(watch.isOverdue(1000, 11_001, 10_000)).toBe(true);
  });

  it('waits on while output comes that tmux had before the command', () => {
    const watch = new ReplyWatch();
    watch.heardOutput(20_000, 20_500);
    expect(watch.isOverdue(1000, 21_000, 10_000)).toBe(false);
    expect(watch.isOverdue(1000, 30_501, 10_000)).toBe(true);
  });

  it('does not wait when newer output has come: the reply was due before it', () => {
    const watch = new ReplyWatch();
    watch.heardOutput(0, 11_500);
    expect(watch.isOverdue(1000, 11_501, 10_000)).toBe(true);
  });
});
