import { frameOf } from './sse-frame.js';

describe(frameOf.name, () => {
  it('writes type, id and data as server-sent events have them', () => {
    const frame = frameOf({ type: 'output', id: 7, data: '{"a":"é"}' }, '6');
    expect(frame.toString()).toBe('event: output\nid: 7\ndata: {"a":"é"}\n\n');
  });

  it('says when to come back after the end', () => {
    const frame = frameOf({ type: 'fatal', data: '{}', retryMs: 700 }, '6');
    expect(frame.toString()).toBe('event: fatal\nid: 6\nretry: 700\ndata: {}\n\n');
  });

  it('makes the bytes of a numbered event once for all viewers', () => {
    const event = { type: 'output', id: 8, data: '1' };
    expect(frameOf(event, '7')).toBe(frameOf(event, '3'));
    expect(frameOf({ ...event, data: '2' }, '7').toString()).toContain('data: 2');
    expect(frameOf(event, '7').toString()).toContain('data: 1');
  });

  it("repeats each stream's own last id on an event without one", () => {
    const event = { type: 'fatal', data: '{}' };
    expect(frameOf(event, '').toString()).toBe('event: fatal\nid: \ndata: {}\n\n');
    expect(frameOf(event, '12').toString()).toBe('event: fatal\nid: 12\ndata: {}\n\n');
  });
});
