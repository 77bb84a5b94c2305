import { parseCommandLine } from './command-language.js';
import { CommandSyntaxError } from './errors.js';
import { parseFlags } from './flags.js';

const SPLIT_WINDOW = 'bc:de:fF:hIl:p:Pt:vZ';

function parse(spec: string, line: string): { flags: Record<string, unknown>; rest: unknown[] } {
  const [command] = parseCommandLine(`x ${line}`);
  const { flags, rest } = parseFlags(spec, command?.args ?? []);
  return {
    flags: Object.fromEntries(flags),
    rest: rest.map((arg) => (arg.kind === 'word' ? arg.value : arg)),
  };
}

describe(parseFlags.name, () => {
  it.each([
    ['', {}, []],
    ['-h', { h: true }, []],
    ['-hbd -t %1 top', { h: true, b: true, d: true, t: '%1' }, ['top']],
    ['-ht%1', { h: true, t: '%1' }, []],
    ['-t -h', { t: '-h' }, []],
    ['-l 5 -l 10', { l: '10' }, []],
    ['-h -- -v', { h: true }, ['-v']],
    ['-h - -v', { h: true }, ['-', '-v']],
    ['top -h', {}, ['top', '-h']],
    ["-t '' x", { t: '' }, ['x']],
  ])('takes %j apart', (line, flags, rest) => {
    expect(parse(SPLIT_WINDOW, line)).toEqual({ flags, rest });
  });

  it('stops at a block', () => {
    const { rest } = parse('bFt:', '-F 1 { a } -b');
    expect(rest).toEqual(['1', { kind: 'block', commands: [{ name: 'a', args: [] }] }, '-b']);
  });

  it('knows optional values', () => {
    expect(parse('l::t:', '-l').flags).toEqual({ l: true });
    expect(parse('l::t:', '-l x').flags).toEqual({ l: 'x' });
    expect(parse('l::t:', '-lx').flags).toEqual({ l: 'x' });
  });

  it.each([
    ['-x', 'no flag -x'],
    ['-h-v', 'no flag --'],
    ['-:', 'no flag -:'],
    ['--help', 'no flag --'],
    ['-é', 'no flag -'],
    ['-t', '-t needs a value'],
    ['-hl', '-l needs a value'],
    ['-t { a }', '-t cannot be in braces'],
  ])('refuses %j', (line, message) => {
    const refusal = (): unknown => parse(SPLIT_WINDOW, line);
    expect(refusal).toThrow(CommandSyntaxError);
    expect(refusal).toThrow(message);
  });
});
