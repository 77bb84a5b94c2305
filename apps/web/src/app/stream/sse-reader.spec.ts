import { readMessages } from './sse-reader';
import type { StreamMessage } from './sse-reader';

const TEXT =
  ': heartbeat\n\nevent: snapshot\nid: 7\ndata: {"é":"😀"}\n\nevent: output\ndata: {"a":1}\n\n';

async function readAll(chunks: readonly Uint8Array[]): Promise<StreamMessage[]> {
  const left = [...chunks];
  const messages: StreamMessage[] = [];
  for await (const message of readMessages(() => Promise.resolve(left.shift() ?? null))) {
    messages.push(message);
  }
  return messages;
}

describe(readMessages.name, () => {
  it('reads the same events wherever the chunks are cut', async () => {
    const bytes = new TextEncoder().encode(TEXT);
    for (let cut = 0; cut <= bytes.length; cut++) {
      const messages = await readAll([bytes.slice(0, cut), bytes.slice(cut)]);
      expect(messages).toEqual([
        { event: 'snapshot', id: '7', data: '{"é":"😀"}' },
        { event: 'output', id: null, data: '{"a":1}' },
      ]);
    }
  });

  it('takes no chunk before the events of the last one were consumed', async () => {
    let reads = 0;
    const chunk = new TextEncoder().encode('data: 1\n\ndata: 2\n\n');
    const messages = readMessages(() => Promise.resolve(reads++ === 0 ? chunk : null));
    await messages.next();
    await messages.next();
    expect(reads).toBe(1);
    expect((await messages.next()).done).toBe(true);
  });
});
