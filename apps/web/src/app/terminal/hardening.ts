import type { IDisposable, IFunctionIdentifier, IParser } from '@xterm/xterm';

/**
 * Larger parameters than any screen: the function is ignored. `CsiClamp` bounds them before they get
 * here; this catches what it would not recognise.
 */
const PARAMETER_MAX = 4096;

/** Requests that xterm would answer by typing into the pane; tmux answers them itself. */
const QUERIES: readonly IFunctionIdentifier[] = [
  { final: 'c' }, // DA1
  { prefix: '>', final: 'c' }, // DA2
  { prefix: '=', final: 'c' }, // DA3
  { final: 'n' }, // DSR, CPR
  { prefix: '?', final: 'n' }, // DEC DSR
  { intermediates: '$', final: 'p' }, // DECRQM
  { prefix: '?', intermediates: '$', final: 'p' },
  { prefix: '>', final: 'q' }, // XTVERSION
  { final: 't' }, // window reports and operations
  { prefix: '?', final: 'u' }, // kitty keyboard query
  { final: 'x' }, // DECREQTPARM
];

const COUNTED: readonly IFunctionIdentifier[] = [
  ...['@', 'I', 'L', 'M', 'P', 'S', 'T', 'X', 'Z', 'b', '^'].map((final) => ({ final })),
  { intermediates: ' ', final: '@' },
  { intermediates: ' ', final: 'A' },
  { intermediates: "'", final: '}' },
  { intermediates: "'", final: '~' },
];

/** OSC palette and colour requests: a query when any part is `?`. */
const COLOURS: readonly number[] = [4, 5, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19];
/** OSC 52: programs must not reach the clipboard behind the person's back. */
const CLIPBOARD = 52;

/**
 * Makes a terminal safe for output of programs we do not trust: it answers nothing (docs: pane bytes
 * are answered by tmux, an answer here would be typed twice), hangs on nothing, copies nothing.
 */
export function harden(parser: IParser): IDisposable {
  const disposables = [
    ...QUERIES.map((id) => parser.registerCsiHandler(id, () => true)),
    ...COUNTED.map((id) =>
      parser.registerCsiHandler(id, (parameters) =>
        parameters.flat().some((parameter) => parameter > PARAMETER_MAX),
      ),
    ),
    parser.registerDcsHandler({ intermediates: '$', final: 'q' }, () => true), // DECRQSS
    parser.registerDcsHandler({ intermediates: '+', final: 'q' }, () => true), // XTGETTCAP
    ...COLOURS.map((code) =>
      parser.registerOscHandler(code, (data) => data.split(';').includes('?')),
    ),
    parser.registerOscHandler(CLIPBOARD, () => true),
  ];
  return {
    dispose: () => {
      for (const disposable of disposables) disposable.dispose();
    },
  };
}

/** Whether xterm's data is a focus report (mode 1004), sent on its own when a program asks for it. */
export function isFocusReport(data: string): boolean {
  return data === '\x1b[I' || data === '\x1b[O';
}
