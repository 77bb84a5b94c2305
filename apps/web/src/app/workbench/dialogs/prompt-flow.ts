import type { PromptField } from '#dto';

/** A prompt being answered: fields come one after another. */
export interface PromptFlow {
  readonly fields: readonly PromptField[];
  readonly answers: readonly string[];
}

export function startPrompt(fields: readonly PromptField[]): PromptFlow {
  return { fields, answers: [] };
}

/** The field to answer now; undefined when all are answered. */
export function currentField(flow: PromptFlow): PromptField | undefined {
  return flow.fields[flow.answers.length];
}

export function answer(flow: PromptFlow, text: string): PromptFlow {
  return { ...flow, answers: [...flow.answers, text] };
}

/**
 * What to run for the answers. tmux's `:` prompt has no template: what was typed is the command
 * line. Null when that is empty, which runs nothing.
 */
export function commandOf(
  template: string,
  answers: readonly string[],
): { readonly command: string; readonly answers?: readonly string[] } | null {
  if (template !== '') return { command: template, answers };
  const command = (answers[0] ?? '').trim();
  return command === '' ? null : { command };
}
