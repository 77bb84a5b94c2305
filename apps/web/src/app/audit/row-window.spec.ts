import { rowWindow, scrollTopToShow } from './row-window';

const VIEW = { count: 2_000, rowHeight: 50, height: 500 };

describe(rowWindow.name, () => {
  it('draws what is seen and a little more, however long the list is', () => {
    const { from, to } = rowWindow({ ...VIEW, scrollTop: 50_000 });
    expect(from).toBeLessThanOrEqual(1_000);
    expect(to).toBeGreaterThanOrEqual(1_011);
    expect(to - from).toBeLessThan(50);
  });

  it('keeps within the list', () => {
    expect(rowWindow({ ...VIEW, scrollTop: 0 }).from).toBe(0);
    expect(rowWindow({ ...VIEW, scrollTop: 99_900 }).to).toBe(2_000);
    expect(rowWindow({ ...VIEW, count: 0, scrollTop: 0 })).toEqual({ from: 0, to: 0 });
    // Scrolled far down a list that became short.
    expect(rowWindow({ ...VIEW, count: 3, scrollTop: 50_000 })).toEqual({ from: 0, to: 3 });
  });

  it('draws a first part before the height is known', () => {
    expect(rowWindow({ ...VIEW, height: 0, scrollTop: 0 }).to).toBeGreaterThan(20);
  });
});

describe(scrollTopToShow.name, () => {
  it.each([
    [0, 0],
    [9, 0],
    [10, 50],
  ])('shows row %d from the top by scrolling to %d', (index, top) => {
    expect(scrollTopToShow(index, { ...VIEW, scrollTop: 0 })).toBe(top);
  });

  it('scrolls up no more than is needed', () => {
    expect(scrollTopToShow(3, { ...VIEW, scrollTop: 1_000 })).toBe(150);
  });
});
