import { copyAction, moveBy, spanOf } from './copy-keys';

const SIZE = { cols: 80, rows: 24, lines: 100 };
const lineEnd = (): number => 10;

describe(moveBy.name, () => {
  it.each([
    ['up', { x: 5, y: 49 }],
    ['down', { x: 5, y: 51 }],
    ['left', { x: 4, y: 50 }],
    ['right', { x: 6, y: 50 }],
    ['page-up', { x: 5, y: 28 }],
    ['page-down', { x: 5, y: 72 }],
    ['half-up', { x: 5, y: 38 }],
    ['half-down', { x: 5, y: 62 }],
    ['top', { x: 5, y: 0 }],
    ['bottom', { x: 5, y: 99 }],
    ['line-start', { x: 0, y: 50 }],
    ['line-end', { x: 10, y: 50 }],
  ] as const)('moves %s', (move, expected) => {
    expect(moveBy({ x: 5, y: 50 }, move, SIZE, lineEnd)).toEqual(expected);
  });

  it('stays inside', () => {
    expect(moveBy({ x: 0, y: 3 }, 'page-up', SIZE, lineEnd)).toEqual({ x: 0, y: 0 });
    expect(moveBy({ x: 0, y: 0 }, 'left', SIZE, lineEnd)).toEqual({ x: 0, y: 0 });
    expect(moveBy({ x: 79, y: 99 }, 'right', SIZE, lineEnd)).toEqual({ x: 79, y: 99 });
    expect(moveBy({ x: 79, y: 99 }, 'half-down', SIZE, lineEnd)).toEqual({ x: 79, y: 99 });
  });
});

describe(spanOf.name, () => {
  it('includes both ends, in either direction and over lines', () => {
    expect(spanOf({ x: 3, y: 1 }, { x: 3, y: 1 }, 80)).toEqual({ x: 3, y: 1, length: 1 });
    expect(spanOf({ x: 7, y: 1 }, { x: 3, y: 1 }, 80)).toEqual({ x: 3, y: 1, length: 5 });
    expect(spanOf({ x: 3, y: 1 }, { x: 2, y: 2 }, 80)).toEqual({ x: 3, y: 1, length: 80 });
  });
});

describe(copyAction.name, () => {
  it('knows vi and plain keys', () => {
    expect(copyAction(['k'])).toEqual({ kind: 'move', by: 'up' });
    expect(copyAction(['C-S-u', 'C-u'])).toEqual({ kind: 'move', by: 'half-up' });
    expect(copyAction(['?'])).toEqual({ kind: 'prompt', direction: 'up' });
    expect(copyAction(['x'])).toBeNull();
  });
});
