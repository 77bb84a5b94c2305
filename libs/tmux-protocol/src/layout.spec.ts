import fc from 'fast-check';
import { LayoutError } from './errors.js';
import { formatLayout, layoutChecksum, parseLayout } from './layout.js';
import type { LayoutNode, PaneLayout, SplitLayout } from './layout.js';

const cells = fc.integer({ min: 0, max: 10_000 });
const box = { left: cells, top: cells, cols: cells, rows: cells };
const { node } = fc.letrec<{ node: LayoutNode; pane: PaneLayout; split: SplitLayout }>((tie) => ({
  node: fc.oneof({ maxDepth: 5 }, tie('pane'), tie('split')),
  pane: fc.record({
    type: fc.constant('pane' as const),
    ...box,
    pane: fc.nat().map((id) => `%${id}` as const),
  }),
  split: fc.record({
    type: fc.constantFrom('left-right' as const, 'top-bottom' as const),
    ...box,
    children: fc.array(tie('node'), { minLength: 1, maxLength: 4 }),
  }),
}));

const withChecksum = (body: string): string =>
  `${layoutChecksum(body).toString(16).padStart(4, '0')},${body}`;

describe(parseLayout.name, () => {
  it('reads one pane as tmux 3.3a writes it', () => {
    expect(parseLayout('b25d,80x24,0,0,0')).toEqual({
      type: 'pane',
      left: 0,
      top: 0,
      cols: 80,
      rows: 24,
      pane: '%0',
    });
  });

  it('reads nested splits as tmux 3.3a writes them', () => {
    const layout = 'a4f1,100x30,0,0{50x30,0,0,0,49x30,51,0[49x15,51,0,1,49x14,51,16,2]}';
    expect(formatLayout(parseLayout(withChecksum(layout.slice(5))))).toBe(
      withChecksum(layout.slice(5)),
    );
    expect(parseLayout(withChecksum(layout.slice(5)))).toMatchObject({
      type: 'left-right',
      children: [
        { type: 'pane', pane: '%0', cols: 50 },
        {
          type: 'top-bottom',
          left: 51,
          children: [
            { type: 'pane', pane: '%1', rows: 15 },
            { type: 'pane', pane: '%2', rows: 14, top: 16 },
          ],
        },
      ],
    });
  });

  it('reads back every tree it writes', () => {
    fc.assert(
      fc.property(node, (tree) => {
        expect(parseLayout(formatLayout(tree))).toEqual(tree);
      }),
    );
  });

  it('notices any changed character', () => {
    const layout = 'b25d,80x24,0,0,0';
    for (let at = 0; at < layout.length; at++) {
      const changed = `${layout.slice(0, at)}${layout[at] === '1' ? '2' : '1'}${layout.slice(at + 1)}`;
      expect(() => parseLayout(changed)).toThrow(LayoutError);
    }
  });

  it.each([
    '',
    '80x24',
    '80x24,0,0',
    '80x24,0,0,',
    '80x24,0,0,x',
    '80x24,0,0,01',
    '80x24,0,0{}',
    '80x24,0,0{40x24,0,0,1',
    '80x24,0,0{40x24,0,0,1]',
    '80x24,0,0{40x24,0,0,1,}',
    '80x24,0,0,1,',
    '80x24,0,0,1}',
    '-1x24,0,0,1',
    '80x24,0,0<40x24,0,0,1>',
    '8000000x24,0,0,1',
  ])('refuses %j although its checksum is right', (body) => {
    expect(() => parseLayout(withChecksum(body))).toThrow(LayoutError);
  });

  it('refuses a nesting deeper than any window', () => {
    const deep = '9x9,0,0{'.repeat(600);
    expect(() => parseLayout(withChecksum(deep))).toThrow('nested too deep');
  });
});
