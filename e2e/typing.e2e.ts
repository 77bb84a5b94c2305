import { expect, test } from './fixtures/test.ts';

test.describe('typing', () => {
  test('reaches the shell, and its answer the screen', async ({ workbench, session }) => {
    const pane = workbench.pane(session.pane);
    await pane.run('echo $((6 * 7)) apples');
    await pane.shows(/^42 apples$/m);
    expect(await session.tmux('capture-pane', '-p')).toContain('\n42 apples\n');
  });
});
