/* eslint-disable no-control-regex -- control sequences are what this file reads */
import type { IDisposable, IFunctionIdentifier, IMarker, IParser } from '@xterm/xterm';
import { clipboardWrite } from './clipboard-write';

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

/** Sets colours of the palette, any number of them. */
const PALETTE = 4;
/** Most that one may set: each has the whole screen's styles made anew. */
const PALETTE_COLOURS_MAX = 64;
/** OSC palette and colour requests: a query when any part is `?`. */
const COLOURS: readonly number[] = [4, 5, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19];
const LINK = 8;
const CLIPBOARD = 52;

/** Most lines with links that xterm keeps track of; past it the oldest become plain text. */
export const LINKED_LINES_MAX = 500;

/** As much of a terminal as is made safe; xterm's own and its headless twin's. */
export interface Hardened {
  readonly parser: IParser;
  /** In the order they were made. xterm keeps one for each line of each link. */
  readonly markers: readonly IMarker[];
}

/**
 * Makes a terminal safe for output of programs we do not trust: it answers nothing (pane bytes are
 * answered by tmux, an answer here would be typed once more by every viewer), hangs on nothing, and
 * copies nothing by itself. `OutputGuard` bounds what gets here.
 *
 * @param wantsToCopy a program asks (OSC 52) for text on the clipboard; nothing is done about it yet.
 */
export function harden(
  terminal: Hardened,
  wantsToCopy: (text: string) => void = () => undefined,
): IDisposable {
  const { parser } = terminal;
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
      parser.registerOscHandler(code, (data) => {
        const parts = data.split(';');
        const isTooLong = code === PALETTE && parts.length > 2 * PALETTE_COLOURS_MAX;
        return isTooLong || parts.includes('?');
      }),
    ),
    parser.registerOscHandler(LINK, () => {
      const tooMany = Math.max(0, terminal.markers.length - LINKED_LINES_MAX);
      for (const marker of terminal.markers.slice(0, tooMany)) marker.dispose();
      return false;
    }),
    parser.registerOscHandler(CLIPBOARD, (data) => {
      const text = clipboardWrite(data);
      if (text !== null) wantsToCopy(text);
      return true;
    }),
  ];
  return {
    dispose: () => {
      for (const disposable of disposables) disposable.dispose();
    },
  };
}

const FOCUS = /^\x1b\[[IO]$/;
/** Device attributes, status and mode reports; strings. No key of a keyboard types any of them. */
const REPLY = /^\x1b(?:\[[?>=][\d;]*[$]?[a-zR]|\[[\d;]*(?:n|t|x|\$y)|[P\]_][^]+)$/;

/**
 * Whether xterm's data comes from no key: a focus report (mode 1004), or an answer that `harden` did not
 * know to keep back.
 */
export function isReport(data: string): boolean {
  return FOCUS.test(data) || REPLY.test(data);
}
