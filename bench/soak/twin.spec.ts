import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Twin, bytesOf } from './twin.ts';

const event = (name: string, data: object) => ({ name, data: JSON.stringify(data) });
const SNAPSHOT = event('snapshot', {
  panes: [{ id: '%0', cols: 10, rows: 2, offset: 100, screen: '$ ' }],
});

void describe(bytesOf.name, () => {
  void it('counts a byte that was no UTF-8 as one', () => {
    assert.equal(bytesOf('aé漢\udcff'), 1 + 2 + 3 + 1);
  });
});

void describe(Twin.name, () => {
  void it('shows what was written, from where the picture was taken', async () => {
    const twin = new Twin();
    twin.take(SNAPSHOT);
    twin.take(event('output', { pane: '%0', offset: 100, data: 'é\r\n' }));
    twin.take(event('output', { pane: '%0', offset: 104, data: 'b' }));
    assert.deepEqual(await twin.rows('%0'), ['$ é', 'b']);
    assert.deepEqual(twin.breaks, []);
    twin.dispose();
  });

  void it('notices bytes that are missing', () => {
    const twin = new Twin();
    twin.take(SNAPSHOT);
    twin.take(event('output', { pane: '%0', offset: 101, data: 'a' }));
    assert.equal(twin.breaks.length, 1);
    twin.dispose();
  });

  void it('begins anew with a picture, and draws frames over what is there', async () => {
    const twin = new Twin();
    twin.take(SNAPSHOT);
    twin.take(event('frame', { pane: '%0', screen: '\x1b[Hflood' }));
    assert.deepEqual(await twin.rows('%0'), ['flood', '']);
    const calm = { id: '%0', cols: 5, rows: 1, offset: 9000, screen: 'calm' };
    twin.take(event('state', { panes: [calm] }));
    twin.take(event('output', { pane: '%0', offset: 9000, data: '!' }));
    assert.deepEqual(await twin.rows('%0'), ['calm!']);
    assert.deepEqual(twin.breaks, []);
    twin.dispose();
  });

  void it('forgets panes that are gone', () => {
    const twin = new Twin();
    twin.take(SNAPSHOT);
    twin.take(event('state', { removedPanes: ['%0'] }));
    assert.deepEqual(twin.panes(), []);
  });
});
