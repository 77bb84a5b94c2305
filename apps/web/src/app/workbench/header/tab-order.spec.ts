import type { WindowId } from '#dto';
import { dropPlace, slotAt } from './tab-order';

const WINDOWS: readonly { id: WindowId }[] = [{ id: '@1' }, { id: '@2' }, { id: '@3' }];

describe(dropPlace.name, () => {
  it('names the window to land before, or null for the end', () => {
    expect(dropPlace(WINDOWS, '@3', 0)).toBe('@1');
    expect(dropPlace(WINDOWS, '@1', 2)).toBe('@3');
    expect(dropPlace(WINDOWS, '@1', 3)).toBeNull();
  });

  it('changes nothing on either side of the tab itself', () => {
    expect(dropPlace(WINDOWS, '@2', 1)).toBeUndefined();
    expect(dropPlace(WINDOWS, '@2', 2)).toBeUndefined();
    expect(dropPlace(WINDOWS, '@9', 0)).toBeUndefined();
  });
});

describe(slotAt.name, () => {
  it('counts the tabs whose middle is passed', () => {
    const tabs = [
      { left: 0, width: 100 },
      { left: 100, width: 100 },
    ];

    expect([10, 60, 140, 190].map((x) => slotAt(tabs, x))).toEqual([0, 1, 1, 2]);
  });
});
