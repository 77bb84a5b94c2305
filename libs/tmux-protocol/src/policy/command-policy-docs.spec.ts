import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMMANDS } from '../command-table.js';
import { BUILT_IN_POLICIES } from './built-in.js';
import { COMMAND_RULES } from './command-rules.js';
import { EFFECTS } from './types.js';
import type { ArgKind } from './command-rules.js';

const DOCS = readFileSync(join(__dirname, '../../../../docs/command-policy.md'), 'utf8');

/** Kinds that can give a command effects that its row does not name. */
const TELLING: readonly ArgKind[] = [
  ...(['format', 'format-time', 'prompts', 'prompt-type', 'name', 'path', 'file'] as const),
  ...(['shell', 'environment', 'client'] as const),
  ...(['commands', 'expanded-commands', 'prompted', 'chosen', 'special'] as const),
];

function rowOf(name: string): string {
  const { effects = [], adds = {}, values = {}, args = [] } = COMMAND_RULES[name] ?? {};
  const flags = Object.entries(adds).map(([flag, more]) => `\`-${flag}\` ${more.join(' ')}`);
  const judged = [
    ...Object.entries(values).flatMap(([flag, kind]) =>
      TELLING.includes(kind) ? [`\`-${flag}\` ${kind}`] : [],
    ),
    ...new Set(args.filter((kind) => TELLING.includes(kind))),
  ];
  return `| ${name} | ${effects.join(' ')} | ${flags.join(', ')} | ${judged.join(', ')} |`;
}

const squeezed = (text: string): string => text.replaceAll(/ +/g, ' ');

describe('docs/command-policy.md', () => {
  it.each(COMMANDS.map(({ name }) => name))('has the row of %s', (name) => {
    expect(squeezed(DOCS)).toContain(squeezed(rowOf(name)));
  });

  it('explains every effect and names those of an operator', () => {
    const row = (effect: string): string | undefined =>
      squeezed(DOCS)
        .split('\n')
        .find((line) => line.startsWith(`| \`${effect}\` |`));
    const granted = BUILT_IN_POLICIES.operator.allow.map(({ effect }) => effect);
    for (const effect of EFFECTS) {
      expect(row(effect)).toMatch(granted.includes(effect) ? /\| yes/ : /\| no/);
    }
  });
});
