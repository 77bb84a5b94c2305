import type { IncomingMessage } from 'node:http';
import { correlationIdOf } from './correlation-id.js';

function request(id?: string | string[]): IncomingMessage {
  return { headers: { 'x-correlation-id': id } } as unknown as IncomingMessage;
}

describe(correlationIdOf.name, () => {
  it('takes a plain id over', () => {
    expect(correlationIdOf(request('Trace_1.2-x'))).toBe('Trace_1.2-x');
  });

  it('is the same each time, and another for each request', () => {
    const [one, two] = [request(), request()];
    expect(correlationIdOf(one)).toBe(correlationIdOf(one));
    expect(correlationIdOf(one)).not.toBe(correlationIdOf(two));
  });

  it.each(['', 'a b', 'a\nb', 'ä', 'x'.repeat(65), ['a', 'b']])('makes its own for %j', (id) => {
    expect(correlationIdOf(request(id))).toMatch(/^[0-9a-f-]{36}$/);
  });
});
