import { FormatProblem, parseReplacement, skipTo } from './format-syntax.js';
import type { Modifier } from './format-syntax.js';

/** What expanding a format may do. */
export interface FormatScan {
  /** Runs a program, or expands again what others may have written. */
  readonly shell: boolean;
  /** Loops over all sessions, or looks whether one exists. */
  readonly otherSessions: boolean;
  /** May keep the tmux server busy: a regular expression with groups, counts or foreign text. */
  readonly busy: boolean;
  /** Names that it looks up: variables, options or the environment. */
  readonly variables: ReadonlySet<string>;
}

/** Longest format that is read, in characters; tmux.md §6: 8 KB is tmux's own limit where it knows time. */
const MAX_FORMAT = 4_096;
const MAX_DEPTH = 24;
/** Loops in loops: each multiplies what tmux has to do. */
const MAX_LOOPS = 3;
/** How many times longer all `s/…/…/` of a format may make a value. */
const MAX_GROWTH = 4_096;
/** Widest padding; 3.3a allocates any (security.md finding 4). */
const MAX_PADDING = 1_000;

const VARIABLE = /^[A-Za-z_@][\w@-]*(?:\[\d+\])?$/;
const ALIASES: Readonly<Record<string, string>> = {
  D: 'pane_id',
  F: 'window_flags',
  H: 'host',
  I: 'window_index',
  P: 'pane_index',
  S: 'session_name',
  T: 'pane_title',
  W: 'window_name',
  h: 'host_short',
};
/** strftime conversions that give text of letters, digits and marks that no format gives a meaning. */
const TIME = /^%(?:%|[-_0^]?[aAbBdeFgGhHIjklmMnpPRsStTuUVwWyYzZCDcxXr])/;
const TIME_IN_BODY = /^%[-_0^]?[aAbBdeFgGhHIjklmMpPRsSTuUVwWyYC]/;
const OPERATORS = ['+', '-', '*', 'x', '/', 'm', '%', '==', '!=', '<', '>', '<=', '>='];
const COMPARISONS = ['m', '<', '>', '||', '&&', '==', '!=', '<=', '>='];

/**
 * Reads a format as tmux does (format.c, `format_expand1`), but stricter: what versions read differently,
 * what tmux reads past its end and what would stall it is a problem.
 *
 * @param hasTime whether tmux puts the format through strftime first (tmux.md §6)
 * @throws FormatProblem
 */
export function scanFormat(text: string, hasTime = false): FormatScan {
  if (text.length > MAX_FORMAT) throw new FormatProblem('it is too long');
  const scanner = new Scanner(hasTime);
  scanner.text(text, { depth: 0, loops: '' });
  return scanner;
}

interface Place {
  readonly depth: number;
  /** Letters of the loops around. */
  readonly loops: string;
}

class Scanner implements FormatScan {
  shell = false;
  otherSessions = false;
  busy = false;
  readonly variables = new Set<string>();
  readonly #hasTime: boolean;
  #growth = 1;

  constructor(hasTime: boolean) {
    this.#hasTime = hasTime;
  }

  text(text: string, place: Place): void {
    if (place.depth > MAX_DEPTH) throw new FormatProblem('it is nested too deep');
    this.#time(text, place);
    for (let at = text.indexOf('#'); at !== -1; at = text.indexOf('#', at)) {
      const hashes = /^#+/.exec(text.slice(at))?.[0].length ?? 1;
      // Two stand for one, and any number before `[` for a style.
      at += text[at + hashes] === '[' ? hashes : hashes - (hashes % 2);
      if (hashes % 2 === 0 || text[at] !== '#') continue;
      at = this.#sequence(text, at + 1, place);
    }
  }

  /** Reads what follows a `#` that means something; gives where to go on. */
  #sequence(text: string, at: number, place: Place): number {
    const character = text[at];
    if (character === undefined) throw new FormatProblem('“#” at the end: write “##”');
    if (character === '(') {
      this.shell = true;
      return endOfJob(text, at) + 1;
    }
    if (character === '{') {
      const end = skipTo(text, at - 1, '}');
      if (end === undefined) throw new FormatProblem('“#{” is not closed');
      this.#replacement(text.slice(at + 1, end), { ...place, depth: place.depth + 1 });
      return end + 1;
    }
    const variable = ALIASES[character];
    if (variable !== undefined) this.variables.add(variable);
    return at + 1;
  }

  /** strftime runs before the format is read, and its conversions may be empty: `#%p(id)`. */
  #time(text: string, { depth }: Place): void {
    if (!this.#hasTime) return;
    if (text.includes('#%')) throw new FormatProblem('“#” before a time');
    const known = depth === 0 ? TIME : TIME_IN_BODY;
    for (let at = text.indexOf('%'); at !== -1; at = text.indexOf('%', at)) {
      // Jobs and bodies are read on their own.
      const length = known.exec(text.slice(at, at + 3))?.[0].length;
      if (length === undefined) throw new FormatProblem('“%” begins no known time: write “%%”');
      at += length;
    }
  }

  #replacement(body: string, place: Place): void {
    if (body.startsWith('?')) {
      this.#condition(body.slice(1), place);
      return;
    }
    if (VARIABLE.test(body)) {
      this.variables.add(body);
      return;
    }
    const { modifiers, rest } = parseReplacement(body);
    for (const modifier of modifiers) this.#modifier(modifier, rest, place);
    const names = modifiers.map(({ name }) => name);
    if (names.includes('l')) {
      this.#time(rest, place);
      return;
    }
    const loops = place.loops + names.filter((name) => /^[SWP]$/.test(name)).join('');
    if (loops.length > MAX_LOOPS || new Set(loops).size < loops.length) {
      throw new FormatProblem('loops in loops would keep tmux busy');
    }
    const inner = { ...place, loops };
    // format.c of 3.6, format_loop_sessions: it looks at the session of a client that there need not be.
    if (names.includes('S') && partsOf(rest).length > 1) {
      throw new FormatProblem('a loop over sessions with two formats crashes tmux 3.6');
    }
    const isList = names.some((name) => 'SWPe'.includes(name) || COMPARISONS.includes(name));
    if (isList) for (const part of partsOf(rest)) this.text(part, inner);
    else if (rest.startsWith('?')) this.#condition(rest.slice(1), inner);
    else if (VARIABLE.test(rest)) this.variables.add(rest);
    else if (rest.includes('#{') || names.some((name) => 'acCN'.includes(name))) {
      this.text(rest, inner);
    } else throw new FormatProblem(`“${rest}” is no variable`);
  }

  #condition(text: string, place: Place): void {
    const parts = partsOf(text);
    if (parts.length < 2) throw new FormatProblem('a condition needs a comma');
    parts.forEach((part, i) => {
      // From 3.7 on: condition, value, condition, value… else.
      const isCondition = i % 2 === 0 && i < parts.length - (i === 0 ? 0 : 1);
      if (isCondition && VARIABLE.test(part)) this.variables.add(part);
      else this.text(part, place);
    });
  }

  #modifier({ name, args }: Modifier, rest: string, place: Place): void {
    if (this.#hasTime && args.some((arg) => arg.includes('%'))) {
      throw new FormatProblem('“%” in a modifier');
    }
    switch (name) {
      case 'E':
      case 'T':
        this.shell = true;
        return;
      case 'S':
      case 'N':
        this.otherSessions = true;
        return;
      case 'p':
        this.#constant(args, /^-?\d{1,5}$/);
        if (Math.abs(Number(args[0] ?? 0)) > MAX_PADDING) {
          throw new FormatProblem(`padding wider than ${MAX_PADDING} would stall tmux`);
        }
        return;
      case '=':
        for (const arg of args) this.text(arg, { ...place, depth: place.depth + 1 });
        return;
      case 's':
        this.#substitution(args);
        return;
      case 'e':
        this.#expression(args);
        return;
      case 'm':
      case 'C':
        this.#constant(args, /^[ri]*$/);
        if (args.some((arg) => arg.includes('r')))
          this.#pattern(name === 'm' ? partsOf(rest)[0] : rest);
        return;
      default:
        this.#constant(args, /^[^#]*$/);
    }
  }

  #constant(args: readonly string[], pattern: RegExp): void {
    if (args.every((arg) => pattern.test(arg))) return;
    throw new FormatProblem('a modifier has an argument that is not understood');
  }

  /** tmux expands both parts twice: once as arguments, and again when it substitutes. */
  #substitution(args: readonly string[]): void {
    const [pattern, replacement = '', flags = ''] = args;
    if (pattern === undefined || args.length < 2 || args.length > 3 || !/^i?$/.test(flags)) {
      throw new FormatProblem('a substitution is s/…/…/');
    }
    if (pattern.includes('#') || replacement.includes('#')) this.shell = true;
    this.#pattern(pattern);
    this.#growth *= Math.max(1, replacement.length);
    if (this.#growth > MAX_GROWTH) {
      throw new FormatProblem('its substitutions could make a value too long');
    }
  }

  #expression([operator = '', float = '', digits = '0']: readonly string[]): void {
    if (!OPERATORS.includes(operator) || !/^f?$/.test(float) || !/^\d{1,2}$/.test(digits)) {
      throw new FormatProblem('a calculation is not understood');
    }
  }

  #pattern(pattern = ''): void {
    if (isCostlyPattern(pattern)) this.busy = true;
  }
}

/** Whether a regular expression has groups, counts or foreign text, with which regexec may never end or take all memory. */
export function isCostlyPattern(pattern: string): boolean {
  return /[(){}\\#]/.test(pattern);
}

/** Parts between commas that are in no `#{…}`. */
function partsOf(text: string): string[] {
  const parts: string[] = [];
  let from = 0;
  for (;;) {
    const end = skipTo(text, from, ',');
    parts.push(text.slice(from, end));
    if (end === undefined) return parts;
    from = end + 1;
  }
}

function endOfJob(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === '(') depth++;
    if (text[at] === ')' && --depth === 0) return at;
  }
  throw new FormatProblem('“#(” is not closed');
}
