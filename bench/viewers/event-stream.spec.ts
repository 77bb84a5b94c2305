import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseFrame } from './event-stream.ts';

void describe(parseFrame.name, () => {
  void it('reads name, id and data', () => {
    const frame = 'event: output\nid: 42\ndata: {"data":"a: b"}';
    assert.deepEqual(parseFrame(frame), { name: 'output', id: '42', data: '{"data":"a: b"}' });
  });

  void it('takes heartbeats for nothing', () => {
    assert.equal(parseFrame(': heartbeat'), undefined);
  });
});
