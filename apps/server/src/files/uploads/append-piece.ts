import { open } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { InvalidRequestError, TooLargeError } from '../../http/app-error.js';
import { toFileError } from '../files.errors.js';

/** Most bytes of one request; a larger file comes in several. */
export const PIECE_MAX_BYTES = 8 * 1024 * 1024;

export interface Piece {
  /** File the bytes are written to. */
  readonly part: string;
  /** Where in it. */
  readonly offset: number;
  /** Bytes that may still come. */
  readonly room: number;
}

/**
 * Writes the body of a request as it arrives. What has arrived stays when the connection breaks: going on from there
 * is what tus is for.
 *
 * @returns how many bytes came
 * @throws TooLargeError when it is more than fits; InvalidRequestError when it ends early; as {@link toFileError}
 */
export async function appendPiece(request: IncomingMessage, piece: Piece): Promise<number> {
  const limit = Math.min(piece.room, PIECE_MAX_BYTES);
  const tooLarge = new TooLargeError(`At most ${limit} bytes can be taken here now.`, {
    details: { limit },
  });
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge;
  let written = 0;
  try {
    const part = await open(piece.part, 'r+');
    try {
      for await (const chunk of request.iterator({ destroyOnReturn: false })) {
        if (!(chunk instanceof Uint8Array)) continue; // Text only after setEncoding, which nobody calls.
        if (written + chunk.length > limit) throw tooLarge;
        await writeAll(part, chunk, piece.offset + written);
        written += chunk.length;
      }
    } finally {
      // Some disks are full, or broken, only when it is synced.
      await part.datasync().finally(() => part.close());
    }
    return written;
  } catch (error) {
    throw request.errored === null
      ? toFileError(error)
      : new InvalidRequestError('The piece ended early.', { cause: error });
  }
}

async function writeAll(
  file: Awaited<ReturnType<typeof open>>,
  bytes: Uint8Array,
  position: number,
): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}
