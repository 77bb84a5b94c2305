import type { TmuxyConfig } from '../config/config.js';
import { MemoryAuditLog } from '../testing/memory-audit-log.js';
import { AuditTrail } from './audit-trail.service.js';
import { INPUT_TEXT_MAX, TypedInput } from './typed-input.service.js';
import { SERVER } from './who.js';

const INPUT = {
  kind: 'keys',
  session: 'work',
  pane: '%1',
  bytes: 8,
  text: 'hunter2\r',
  lastLine: () => 'Password: ',
} as const;

async function record(audit: TmuxyConfig['audit'], input: Partial<typeof INPUT> | object = {}) {
  const log = new MemoryAuditLog();
  const config = { audit } as TmuxyConfig;
  await new TypedInput(new AuditTrail(log, config), config).intent(SERVER, { ...INPUT, ...input });
  return log.entries[0];
}

describe(TypedInput.name, () => {
  it('[K17] keeps who typed how much where, and not what', async () => {
    const entry = await record({});
    expect(entry).toMatchObject({
      action: 'input.keys',
      target: { session: 'work', pane: '%1' },
      params: { bytes: 8 },
    });
    expect(JSON.stringify(entry)).not.toContain('hunter2');
  });

  it('[K17] keeps text when told to, but nothing that a program asks for in secret', async () => {
    expect(await record({ input: 'full' })).toMatchObject({
      params: { bytes: 8, masked: 'prompt' },
    });
    expect(JSON.stringify(await record({ input: 'full' }))).not.toContain('hunter2');
    const shown = { text: 'ls -la\r', lastLine: () => '$ ' };
    expect(await record({ input: 'full' }, shown)).toMatchObject({ params: { text: 'ls -la\r' } });
  });

  it('[K17] masks secrets of pastes', async () => {
    const text = 'AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI\naws s3 ls';
    const paste = { kind: 'paste', text, lastLine: () => '$ ' };
    const entry = await record({ input: 'full' }, paste);
    expect(JSON.stringify(entry)).not.toContain('wJalrXUtnFEMI');
    expect(entry).toMatchObject({ action: 'input.paste' });
  });

  it('keeps so much text and no more', async () => {
    const long = { text: 'x'.repeat(10_000), lastLine: () => '$ ' };
    expect(await record({ input: 'full' }, long)).toMatchObject({
      params: { text: 'x'.repeat(INPUT_TEXT_MAX), cut: true },
    });
  });
});
