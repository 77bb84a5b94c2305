import { parseArgs } from 'node:util';

export interface SoakOptions {
  readonly minutes: number;
  readonly json: string | undefined;
}

/** Reads the command line. @throws RangeError with what is wrong */
export function parseSoakOptions(args: readonly string[]): SoakOptions {
  const { values } = parseArgs({
    args: [...args],
    options: { minutes: { type: 'string', default: '30' }, json: { type: 'string' } },
  });
  const minutes = Number(values.minutes);
  if (!(minutes >= 1)) throw new RangeError(`--minutes takes 1 or more, not ${values.minutes}.`);
  return { minutes, json: values.json };
}
