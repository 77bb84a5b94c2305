import type { ITheme } from '@xterm/xterm';

const ANSI = [
  'black',
  'red',
  'green',
  'yellow',
  'blue',
  'magenta',
  'cyan',
  'white',
  'brightBlack',
  'brightRed',
  'brightGreen',
  'brightYellow',
  'brightBlue',
  'brightMagenta',
  'brightCyan',
  'brightWhite',
] as const satisfies readonly (keyof ITheme)[];

/** The cells' colours as the style sheet has them now (`--cell-…` variables); empty ones are left out. */
export function readTheme(root: Element): ITheme {
  const styles = getComputedStyle(root);
  const variable = (name: string): string => styles.getPropertyValue(name).trim();
  const wanted: [keyof ITheme, string][] = [
    ['background', variable('--cell-background')],
    ['foreground', variable('--cell-foreground')],
    ['cursor', variable('--cell-cursor')],
    ['cursorAccent', variable('--cell-background')],
    ['selectionBackground', variable('--cell-selection')],
    ...ANSI.map((name, i): [keyof ITheme, string] => [name, variable(`--cell-ansi-${String(i)}`)]),
  ];
  return Object.fromEntries(wanted.filter(([, value]) => value !== ''));
}

/** The cells' font stack, for xterm's `fontFamily`. */
export function readFontFamily(root: Element): string {
  return getComputedStyle(root).getPropertyValue('--cell-font-family').trim() || 'monospace';
}
