import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { ComponentFixture } from '@angular/core/testing';
import { CellMetrics } from '../../terminal/cell-metrics';
import { FakeSession } from '../fake-session';
import type { Border } from './geometry';
import { PaneBorder } from './pane-border';

const BORDER: Border = {
  orientation: 'vertical',
  left: 40,
  top: 0,
  cols: 1,
  rows: 24,
  drag: { pane: '%1', size: 40, sign: 1 },
};

async function createBorder(session: FakeSession): Promise<ComponentFixture<PaneBorder>> {
  TestBed.configureTestingModule({
    providers: [
      ...session.providers(),
      { provide: CellMetrics, useValue: { cell: signal({ width: 10, height: 20 }) } },
    ],
  });
  const fixture = TestBed.createComponent(PaneBorder);
  fixture.componentRef.setInput('border', BORDER);
  fixture.componentRef.setInput('stripRows', 1);
  fixture.componentRef.setInput('enabled', true);
  await fixture.whenStable();
  return fixture;
}

function pointer(target: EventTarget, type: string, clientX: number): void {
  target.dispatchEvent(new MouseEvent(type, { clientX, button: 0, bubbles: true }));
}

function host(fixture: ComponentFixture<PaneBorder>): HTMLElement {
  return fixture.nativeElement as HTMLElement;
}

describe(PaneBorder.name, () => {
  it('lies in the gap, a header row higher than the panes', async () => {
    const fixture = await createBorder(new FakeSession());

    expect(host(fixture).style.left).toBe('400px');
    expect(host(fixture).style.top).toBe('0px');
    expect(host(fixture).style.height).toBe('500px');
  });

  it('resizes its pane by whole cells while it is dragged', async () => {
    const session = new FakeSession();
    const fixture = await createBorder(session);

    pointer(host(fixture), 'pointerdown', 405);
    pointer(document, 'pointermove', 407);
    expect(session.sent).toEqual([]);
    pointer(document, 'pointermove', 436);
    pointer(document, 'pointerup', 436);

    expect(session.sent).toEqual([{ cmd: 'resize-pane', args: { pane: '%1', cols: 43 } }]);
  });

  it('puts the old size back on Escape', async () => {
    const session = new FakeSession();
    const fixture = await createBorder(session);

    pointer(host(fixture), 'pointerdown', 405);
    pointer(document, 'pointermove', 436);
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    pointer(document, 'pointermove', 500);

    expect(session.sent.map(({ args }) => args)).toEqual([
      { pane: '%1', cols: 43 },
      { pane: '%1', cols: 40 },
    ]);
  });

  it('moves one cell for each arrow key', async () => {
    const session = new FakeSession();
    const fixture = await createBorder(session);

    host(fixture).dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft' }));

    expect(session.sent).toEqual([{ cmd: 'resize-pane', args: { pane: '%1', cols: 39 } }]);
  });
});
