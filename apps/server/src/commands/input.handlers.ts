import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { escapeFormat, hexWords } from '#tmux-protocol';
import { INPUT_MAX_BYTES, PASTE_MAX_BYTES } from '#dto/constants';
import { type Input, TypedInput } from '../audit/typed-input.service.js';
import { TmuxyConfig } from '../config/config.js';
import { TooLargeError } from '../http/app-error.js';
import type { OpenConnection } from '../events/open-connection.js';
import type { LineCommand } from '../tmux/command-queue.js';
import type { WatchedSession } from '../tmux/watched-session.js';
import type { CommandHandlers } from './command-handler.js';
import { inputBytes } from './input-bytes.js';
import { cleanPaste } from './paste-text.js';
import { ownPane } from './targets.js';

/** Bytes in one `send-keys`: tmux keeps every command in its message log (tmux.md §0 fact 13). */
const CHUNK_BYTES = 256;
/** One line up to this goes through the control client; everything else through a private file. */
const INLINE_PASTE_BYTES = 1024;
/** A line feed cannot be written on a control-mode line. */
const LINE_FEED = 0x0a;
const SANITISING_SINCE = 3.7;

/** Typing and pasting. */
@Injectable()
export class InputHandlers {
  readonly #pasteDirectory: string;
  readonly #typed: TypedInput;

  constructor(config: TmuxyConfig, typed: TypedInput) {
    this.#typed = typed;
    this.#pasteDirectory = join(config.stateDir, 'paste');
  }

  readonly handlers: Pick<CommandHandlers, 'send-input' | 'paste'> = {
    'send-input': (connection, { pane, data, seq }) =>
      connection.inputs
        .run(seq, async () => {
          const target = ownPane(connection, pane);
          const bytes = inputBytes(data);
          if (bytes.length > INPUT_MAX_BYTES) {
            throw new TooLargeError(`One input has at most ${INPUT_MAX_BYTES} bytes.`);
          }
          if (bytes.length === 0) return;
          const input = { kind: 'keys', pane, bytes: bytes.length, text: data } as const;
          await this.#record(connection, input, (watched) =>
            watched.run(inputCommands(target, bytes)),
          );
        })
        .then(() => null),

    paste: async (connection, { pane, data }) => {
      const target = ownPane(connection, pane);
      const bytes = inputBytes(cleanPaste(data));
      if (bytes.length > PASTE_MAX_BYTES) {
        throw new TooLargeError(`One paste has at most ${PASTE_MAX_BYTES} bytes.`);
      }
      if (bytes.length === 0) return null;
      const input = { kind: 'paste', pane, bytes: bytes.length, text: data } as const;
      await this.#record(connection, input, (watched) => this.#paste(watched, target, bytes));
      return null;
    },
  };

  async #paste(watched: WatchedSession, target: string, bytes: Uint8Array): Promise<void> {
    const buffer = `tmuxy-${randomUUID()}`;
    const send = pasteCommand(buffer, target, watched.model?.tmuxVersion ?? '');
    if (bytes.length <= INLINE_PASTE_BYTES && !bytes.includes(LINE_FEED)) {
      await watched.run([{ words: ['set-buffer', '-b', buffer, '--', bytes] }, send]);
    } else {
      await this.#throughFile(bytes, async (file) => {
        await watched.run([{ words: ['load-buffer', '-b', buffer, escapeFormat(file)] }, send]);
      });
    }
  }

  /** Records that something is typed, then types it. @throws AuditUnavailableError */
  async #record(
    { who, stream }: OpenConnection,
    input: Omit<Input, 'session' | 'lastLine'>,
    type: (watched: WatchedSession) => Promise<unknown>,
  ): Promise<void> {
    const { watched, session } = stream;
    const lastLine = (): string => watched.outputs.get(input.pane)?.lastLine ?? '';
    const intent = await this.#typed.intent(who, { ...input, session: session.name, lastLine });
    try {
      await type(watched);
      watched.typed(input.pane);
    } catch (error) {
      intent.failed(error);
      throw error;
    }
  }

  /** tmux reads the file while it runs the line, so it can go as soon as the line was answered. */
  async #throughFile(bytes: Uint8Array, use: (file: string) => Promise<void>): Promise<void> {
    await mkdir(this.#pasteDirectory, { recursive: true, mode: 0o700 });
    const file = join(this.#pasteDirectory, randomUUID());
    try {
      await writeFile(file, bytes, { mode: 0o600, flag: 'wx' });
      await use(file);
    } finally {
      await rm(file, { force: true });
    }
  }
}

/**
 * Leaves any pane mode first and types in the same line: in copy mode the keys would run its bindings, and one
 * that opens a prompt would block this client for ever (tmux.md §0 fact 8).
 */
function inputCommands(target: string, bytes: Uint8Array): readonly LineCommand[] {
  const commands: LineCommand[] = [{ words: ['copy-mode', '-q', '-t', target] }];
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
    const chunk = bytes.subarray(start, start + CHUNK_BYTES);
    commands.push({ words: ['send-keys', '-t', target, '-H', ...hexWords(chunk)] });
  }
  return commands;
}

/** `-p` brackets when the program asked for it; since 3.7 only `-S` leaves control characters as they are. */
function pasteCommand(buffer: string, target: string, version: string): LineCommand {
  const raw = Number.parseFloat(version) >= SANITISING_SINCE ? (['-S'] as const) : [];
  return { words: ['paste-buffer', '-d', '-p', ...raw, '-b', buffer, '-t', target] };
}
