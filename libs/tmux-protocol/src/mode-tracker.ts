/**
 * Longest run of CSI parameters that is looked at; tmux drops the sequence past its own 63
 * (input.c, `param_buf`), and so is it here.
 */
const MAX_PARAMS = 63;

const BEL = 0x07;
const CAN = 0x18;
const SUB = 0x1a;
const ESC = 0x1b;
/** `[`, which makes an ESC a CSI. */
const CSI = 0x5b;
/** Last bytes of the sequences that are followed: `h`, `l`, `p` and `q`. */
const SET = 0x68;
const RESET = 0x6c;
const SOFT = 0x70;
const SHAPE = 0x71;

/** Where in a sequence the last byte left us (the states of tmux's input.c that matter here). */
type State =
  | 'ground'
  | 'escape'
  | 'escape-intermediate'
  | 'csi'
  /** OSC: ends at BEL or ST. */
  | 'osc'
  /** DCS: only ST ends it; CAN and SUB are data. */
  | 'dcs'
  /** APC, PM, SOS and tmux's window rename (`ESC k`): ST, CAN or SUB end them. */
  | 'string'
  | 'dcs-escape';

/** What {@link ModeTracker.push} saw in one piece of output. */
export interface TrackedOutput {
  /** How often the bell rang. */
  readonly bells: number;
}

/**
 * Follows the output of one pane to know what tmux 3.3a cannot tell who joins later (tmux.md
 * §2.5): bracketed paste (DECSET 2004), focus reports (1004), the cursor's shape (DECSCUSR), and
 * when the bell rings. Sequences may be cut anywhere; the state kept is bounded. Transient modes such
 * as synchronised output (2026) are left out: restored late they would freeze a screen.
 */
export class ModeTracker {
  #state: State = 'ground';
  #params = '';
  #bracketedPaste: boolean | undefined;
  #focusReporting: boolean | undefined;
  #cursorStyle: number | undefined;

  /** Whether pasted text is to be bracketed; undefined while the program never said. */
  get bracketedPaste(): boolean | undefined {
    return this.#bracketedPaste;
  }

  /** Whether focus changes are to be reported; undefined while the program never said. */
  get focusReporting(): boolean | undefined {
    return this.#focusReporting;
  }

  /** Last `Ps` of DECSCUSR (0–6), undefined while the program never said. */
  get cursorStyle(): number | undefined {
    return this.#cursorStyle;
  }

  push(bytes: Uint8Array): TrackedOutput {
    let bells = 0;
    let i = 0;
    while (i < bytes.length) {
      if (this.#state === 'ground') {
        i = nextControl(bytes, i);
        if (i === bytes.length) break;
        const after = afterHarmlessCsi(bytes, i);
        if (after !== -1) {
          i = after;
          continue;
        }
      }
      const byte = bytes[i++] ?? 0;
      if (byte === BEL && this.#ringsBell()) bells++;
      else this.#step(byte);
    }
    return { bells };
  }

  /** Escape sequences that bring a terminal fresh from its reset to the tracked modes. */
  restore(): string {
    let sequences = '';
    if (this.#bracketedPaste === true) sequences += '\x1b[?2004h';
    if (this.#focusReporting === true) sequences += '\x1b[?1004h';
    if (this.#cursorStyle !== undefined && this.#cursorStyle !== 0) {
      sequences += `\x1b[${this.#cursorStyle} q`;
    }
    return sequences;
  }

  #ringsBell(): boolean {
    return ['ground', 'escape', 'escape-intermediate', 'csi'].includes(this.#state);
  }

  #step(byte: number): void {
    switch (this.#state) {
      case 'dcs':
        if (byte === ESC) this.#state = 'dcs-escape';
        return;
      case 'dcs-escape':
        this.#state = byte === 0x5c ? 'ground' : 'dcs';
        return;
      case 'osc':
      case 'string':
        if (byte === ESC) this.#state = 'escape';
        else if (byte === CAN || byte === SUB) this.#state = 'ground';
        else if (byte === BEL && this.#state === 'osc') this.#state = 'ground';
        return;
      default:
        this.#stepSequence(byte);
    }
  }

  #stepSequence(byte: number): void {
    if (byte === ESC) this.#state = 'escape';
    else if (byte === CAN || byte === SUB) this.#state = 'ground';
    else if (byte < 0x20 || byte > 0x7e) return;
    else if (this.#state === 'csi') this.#stepCsi(byte);
    else if (this.#state === 'escape') this.#stepEscape(byte);
    else if (this.#state === 'escape-intermediate' && byte > 0x2f) this.#state = 'ground';
  }

  #stepEscape(byte: number): void {
    switch (String.fromCharCode(byte)) {
      case '[':
        this.#state = 'csi';
        this.#params = '';
        return;
      case ']':
        this.#state = 'osc';
        return;
      case 'P':
        this.#state = 'dcs';
        return;
      case 'X':
      case '^':
      case '_':
      case 'k':
        this.#state = 'string';
        return;
      case 'c':
        this.#reset();
        this.#state = 'ground';
        return;
      default:
        this.#state = byte < 0x30 ? 'escape-intermediate' : 'ground';
    }
  }

  #stepCsi(byte: number): void {
    if (byte < 0x40) {
      // One too many marks the sequence as dropped and bounds what is kept.
      if (this.#params.length <= MAX_PARAMS) this.#params += String.fromCharCode(byte);
      return;
    }
    this.#state = 'ground';
    if (this.#params.length <= MAX_PARAMS) this.#dispatch(this.#params, String.fromCharCode(byte));
  }

  #dispatch(params: string, final: string): void {
    if (final === 'h' || final === 'l') {
      if (!/^\?[0-9;:]*$/.test(params)) return;
      for (const mode of params.slice(1).split(';')) this.#setMode(mode, final === 'h');
    } else if (final === 'q') {
      const style = /^([0-6]?) $/.exec(params)?.[1];
      if (style !== undefined) this.#cursorStyle = Number(style);
    } else if (final === 'p' && params === '!') {
      this.#reset();
    }
  }

  #setMode(mode: string, on: boolean): void {
    if (mode === '2004') this.#bracketedPaste = on;
    else if (mode === '1004') this.#focusReporting = on;
  }

  #reset(): void {
    this.#bracketedPaste = false;
    this.#focusReporting = false;
    this.#cursorStyle = 0;
  }
}

/** Index of the next ESC or BEL from `start`, or the length. */
function nextControl(bytes: Uint8Array, start: number): number {
  for (let i = start; i < bytes.length; i++) {
    const byte = bytes[i];
    if (byte === ESC || byte === BEL) return i;
  }
  return bytes.length;
}

/**
 * Where it goes on after a whole CSI sequence that changes nothing of what is followed, such as a colour; -1 for
 * all else. Nearly every sequence is one, and is not taken apart.
 */
function afterHarmlessCsi(bytes: Uint8Array, start: number): number {
  if (bytes[start] !== ESC || bytes[start + 1] !== CSI) return -1;
  let i = start + 2;
  let byte = bytes[i] ?? 0;
  while (byte >= 0x20 && byte < 0x40) byte = bytes[++i] ?? 0;
  const isOver = byte >= 0x40 && byte <= 0x7e;
  return isOver && byte !== SET && byte !== RESET && byte !== SOFT && byte !== SHAPE ? i + 1 : -1;
}
