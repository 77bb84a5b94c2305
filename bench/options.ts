import { parseArgs } from 'node:util';

export interface Options {
  /** Which measurements, in the order they run. */
  readonly names: readonly string[];
  /** Keys whose echo is timed, for each target. */
  readonly keys: number;
  /** Size of a flood. */
  readonly megabytes: number;
  /** How long the network is away. */
  readonly cutSeconds: number;
  /** How long viewers are watched. */
  readonly seconds: number;
  /** How many watch one session. */
  readonly viewers: readonly number[];
  readonly peers: readonly string[];
  readonly json: string | undefined;
  /** The audit log instead of everything else. */
  readonly audit: boolean;
}

/** A measurement by name; `isStandard` ones run when none is named. */
export interface Named {
  readonly name: string;
  readonly isStandard: boolean;
}

export const PEER_NAMES = ['ttyd', 'wetty'];

/** Reads the command line. @throws RangeError with what is wrong */
export function parseOptions(args: readonly string[], known: readonly Named[]): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      all: { type: 'boolean', default: false },
      keys: { type: 'string', default: '300' },
      megabytes: { type: 'string', default: '50' },
      cut: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '8' },
      viewers: { type: 'string' },
      peers: { type: 'string', default: PEER_NAMES.join(',') },
      'no-peers': { type: 'boolean', default: false },
      json: { type: 'string' },
      audit: { type: 'boolean', default: false },
    },
  });
  const names = known.map(({ name }) => name);
  oneOf('measurement', positionals, names);
  const standard = known.filter(({ isStandard }) => isStandard || values.all);
  const peers = values['no-peers'] ? [] : values.peers.split(',').filter(Boolean);
  oneOf('peer', peers, PEER_NAMES);
  const viewers = values.viewers ?? (values.all ? '1,10,50,100' : '1,10,50');
  return {
    names: positionals.length > 0 ? positionals : standard.map(({ name }) => name),
    keys: count('--keys', values.keys),
    megabytes: count('--megabytes', values.megabytes),
    cutSeconds: count('--cut', values.cut),
    seconds: count('--seconds', values.seconds),
    viewers: viewers.split(',').map((text) => count('--viewers', text)),
    peers,
    json: values.json,
    audit: values.audit,
  };
}

function oneOf(kind: string, given: readonly string[], known: readonly string[]): void {
  const unknown = given.filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw new RangeError(`No such ${kind}: ${unknown.join(', ')}. There are: ${known.join(', ')}.`);
}

function count(flag: string, text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new RangeError(`${flag} takes a whole number above 0, not ${text}.`);
}
