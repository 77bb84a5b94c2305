import 'reflect-metadata';
import { isSafeLayout } from './layout-argument.js';

describe(isSafeLayout.name, () => {
  it.each(['tiled', 'main-vertical', 'b25d,80x24,0,0,0', 'FFFF,anything else is an error only'])(
    'lets %j through',
    (layout) => {
      expect(isSafeLayout(layout)).toBe(true);
    },
  );

  // Each of these was seen to end a tmux 3.3a server.
  it.each(['', 'no-such-layout', 'ma', 'zzzz,80x24,0,0,0', 'main-horizontal-mirrored'])(
    'stops %j',
    (layout) => {
      expect(isSafeLayout(layout)).toBe(false);
    },
  );
});
