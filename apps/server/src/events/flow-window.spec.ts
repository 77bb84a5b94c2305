import { FLOW_WINDOW_CHARS, FRAME_UNREAD_CHARS } from '#dto/constants';
import type { PaneId } from '#dto';
import { InvalidRequestError } from '../http/app-error.js';
import type { WireEvent } from './event-ring.js';
import { FlowWindow, LIGHT_PANE_CHARS } from './flow-window.js';

const output = (chars: number, pane?: PaneId): WireEvent => ({
  type: 'output',
  data: 'x'.repeat(chars),
  ...(pane === undefined ? {} : { pane }),
});

/** A window with all of this sent. */
function sent(...events: readonly WireEvent[]): FlowWindow {
  const flow = new FlowWindow();
  for (const event of events) {
    flow.enter(event);
    flow.send(event);
  }
  return flow;
}

describe(FlowWindow.name, () => {
  it('lets a pane fill it, and no more', () => {
    const flow = sent(output(FLOW_WINDOW_CHARS - 10, '%1'));
    expect(flow.isTooMuch('%1', 10)).toBe(false);
    expect(flow.isTooMuch('%1', 11)).toBe(true);
  });

  it('lets a pane with little on its way go on when another has filled it', () => {
    const flow = sent(output(FLOW_WINDOW_CHARS, '%1'), output(LIGHT_PANE_CHARS - 10, '%2'));
    expect(flow.isTooMuch('%2', 10)).toBe(false);
    expect(flow.isTooMuch('%2', 11)).toBe(true);
    expect(flow.isTooMuch('%1', 1)).toBe(true);
  });

  it('holds twice as much with any number of such panes', () => {
    const panes = Array.from({ length: 100 }, (_, at): PaneId => `%${at}`);
    const flow = sent(...panes.map((pane) => output(LIGHT_PANE_CHARS - 1, pane)));
    expect(flow.isTooMuch('%200', 1)).toBe(true);
  });

  it('knows when another frame would be seen late', () => {
    const flow = sent(
      output(FRAME_UNREAD_CHARS, '%1'),
      output(1, '%1'),
      output(FRAME_UNREAD_CHARS, '%2'),
    );
    expect([flow.hasUnread('%1'), flow.hasUnread('%2')]).toEqual([true, false]);
    flow.acknowledge(FRAME_UNREAD_CHARS);
    expect(flow.hasUnread('%1')).toBe(false);
  });

  it('counts what waits as what was sent, and forgets what is dropped', () => {
    const flow = new FlowWindow();
    flow.enter(output(FLOW_WINDOW_CHARS, '%1'));
    expect(flow.isTooMuch('%1', 1)).toBe(true);
    flow.drop(output(FLOW_WINDOW_CHARS, '%1'));
    expect(flow.pending).toBe(0);
    expect(flow.isTooMuch('%1', FLOW_WINDOW_CHARS)).toBe(false);
  });

  it('gives room as it is read, to the pane whose output that was', () => {
    const flow = sent(output(FLOW_WINDOW_CHARS, '%1'), output(LIGHT_PANE_CHARS, '%2'));
    flow.acknowledge(FLOW_WINDOW_CHARS);
    expect(flow.isLow).toBe(true);
    expect(flow.pending).toBe(LIGHT_PANE_CHARS);
    const filled = FLOW_WINDOW_CHARS - LIGHT_PANE_CHARS;
    flow.enter(output(filled, '%3'));
    expect(flow.isTooMuch('%1', 10)).toBe(false);
    expect(flow.isTooMuch('%2', 10)).toBe(true);
  });

  it('is low when half of it is free', () => {
    const flow = sent(output(FLOW_WINDOW_CHARS, '%1'));
    expect(flow.acknowledge(FLOW_WINDOW_CHARS / 2 - 1)).toBe(true);
    expect(flow.isLow).toBe(false);
    expect(flow.acknowledge(FLOW_WINDOW_CHARS / 2)).toBe(true);
    expect(flow.isLow).toBe(true);
    expect(flow.acknowledge(FLOW_WINDOW_CHARS / 2)).toBe(false);
  });

  it('believes no number that falls or was not sent', () => {
    const flow = sent(output(100, '%1'));
    flow.enter(output(100, '%1'));
    flow.acknowledge(60);
    expect(() => flow.acknowledge(59)).toThrow(InvalidRequestError);
    expect(() => flow.acknowledge(101)).toThrow(InvalidRequestError);
    expect(flow.pending).toBe(140);
  });

  it('ends empty, however its acknowledgements cut what was sent', () => {
    for (let step = 1; step < 40; step += 1) {
      const flow = new FlowWindow();
      let total = 0;
      for (let count = 0; count < 30; count += 1) {
        const event = output(1 + ((count * 7) % 13), count % 4 === 0 ? undefined : `%${count % 3}`);
        flow.enter(event);
        flow.send(event);
        total += event.data.length;
      }
      for (let received = 0; received < total; received += step) flow.acknowledge(received);
      flow.acknowledge(total);
      expect(flow.pending).toBe(0);
      flow.enter(output(FLOW_WINDOW_CHARS));
      // Nothing is left of what the panes had.
      for (const pane of ['%0', '%1', '%2'] as const) {
        expect(flow.isTooMuch(pane, LIGHT_PANE_CHARS)).toBe(false);
      }
    }
  });
});
