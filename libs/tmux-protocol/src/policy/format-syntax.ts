/** A format is outside what is read here. */
export class FormatProblem extends Error {
  override readonly name = 'FormatProblem';
}

/** One of the `;`-separated modifiers of `#{…:…}`. */
export interface Modifier {
  readonly name: string;
  readonly args: readonly string[];
}

/** Modifiers without arguments that 3.2 to 3.7 read alike; `c` is of 3.3. */
const SINGLE = 'labcdnwETSWP<>';
const DOUBLE = ['||', '&&', '!=', '==', '<=', '>='];
const WITH_ARGUMENTS = 'mCNst=peq';

/**
 * Where one of `ends` comes that is in no `#{…}` (format.c, `format_skip`).
 * @param from an index; a `#{` right there counts as open
 */
export function skipTo(text: string, from: number, ends: string): number | undefined {
  let open = 0;
  for (let at = from; at < text.length; at++) {
    const character = text.charAt(at);
    const next = text[at + 1];
    if (character === '#' && next === '{') open++;
    if (character === '#' && next !== undefined && ',#{}:'.includes(next)) {
      at++;
      continue;
    }
    if (character === '}') open--;
    if (open === 0 && ends.includes(character)) return at;
  }
  return undefined;
}

/**
 * Takes the modifiers off the inside of a `#{…}` (format.c, `format_build_modifiers`).
 * @throws FormatProblem when it has none, or some that are not known
 */
export function parseReplacement(body: string): { modifiers: Modifier[]; rest: string } {
  const modifiers: Modifier[] = [];
  let at = 0;
  while (body[at] !== ':') {
    if (body[at] === ';') at++;
    const { modifier, end } = readModifier(body, at);
    modifiers.push(modifier);
    at = end;
  }
  return { modifiers, rest: body.slice(at + 1) };
}

function readModifier(body: string, at: number): { modifier: Modifier; end: number } {
  const name = body.charAt(at);
  const isEnd = (index: number): boolean => body[index] === ':' || body[index] === ';';
  if (name !== '' && (SINGLE + WITH_ARGUMENTS).includes(name) && isEnd(at + 1)) {
    return { modifier: { name, args: [] }, end: at + 1 };
  }
  const pair = body.slice(at, at + 2);
  if (DOUBLE.includes(pair) && isEnd(at + 2))
    return { modifier: { name: pair, args: [] }, end: at + 2 };
  if (name === '' || !WITH_ARGUMENTS.includes(name)) {
    throw new FormatProblem(`“#{${body.slice(0, 40)}}” is not understood`);
  }
  const separator = body.charAt(at + 1);
  if (/[\w-]/.test(separator)) {
    const number = /^-?\d+(?=[:;])/.exec(body.slice(at + 1))?.[0];
    if (number === undefined || !'=p'.includes(name)) {
      throw new FormatProblem(`“#{${body.slice(0, 40)}}” is not understood`);
    }
    return { modifier: { name, args: [number] }, end: at + 1 + number.length };
  }
  return readArguments(body, at, name);
}

/** Arguments between any one mark: `s/a/b/`, `=/10/…`, `e|+|`. */
function readArguments(
  body: string,
  start: number,
  name: string,
): { modifier: Modifier; end: number } {
  const separator = body.charAt(start + 1);
  if (!/^[!-/<-@[-`{-~]$/.test(separator) || '#%{}'.includes(separator)) {
    throw new FormatProblem('a modifier’s arguments are not understood');
  }
  const args: string[] = [];
  let at = start + 1;
  const isEnd = (index: number): boolean => body[index] === ':' || body[index] === ';';
  do {
    if (body[at] === separator && isEnd(at + 1)) {
      at++;
      break;
    }
    const end = skipTo(body, at + 1, `${separator};:`);
    if (end === undefined) throw new FormatProblem('a modifier is not closed');
    args.push(body.slice(at + 1, end));
    at = end;
  } while (!isEnd(at));
  return { modifier: { name, args }, end: at };
}
