import type { AuditPageView, AuditRecordView, AuditStatusView } from '#dto';

/** Test only: a record as the server sends it. */
export function fakeRecord(seq: number, some: Partial<AuditRecordView> = {}): AuditRecordView {
  return {
    v: 1,
    seq,
    ts: new Date(Date.UTC(2026, 0, 1, 10, 0, seq)).toISOString(),
    mono: seq * 1_000,
    host: 'build-7',
    epoch: 'e1',
    action: 'tmux.command',
    actor: {
      name: 'ana',
      role: 'admin',
      credential: 'sign-in:1',
      method: 'password',
      address: '10.0.0.5',
    },
    prev: '0'.repeat(64),
    hash: String(seq).padStart(64, '0'),
    ...some,
  };
}

/** Test only: an intent and, as the next record, its outcome. */
export function fakePair(
  seq: number,
  outcome: 'ok' | 'failed' = 'ok',
): [AuditRecordView, AuditRecordView] {
  return [
    fakeRecord(seq, { decision: 'allowed', params: { commands: ['new-window'] } }),
    fakeRecord(seq + 1, { intent: seq, outcome, latencyUs: 1_500 }),
  ];
}

export const FAKE_STATUS: AuditStatusView = {
  required: true,
  state: 'recording',
  reason: null,
  size: 100,
  checkpoint: 'example.com/log\n90\nroot=\n\n— example.com/log sig=\n',
  publicKey: 'example.com/log+c74f20a3+ARpc',
};

/** Test only: the newest first, whatever the order given. */
export function fakePage(
  records: readonly AuditRecordView[],
  next: number | null = null,
  status: Partial<AuditStatusView> = {},
): AuditPageView {
  const sorted = [...records].sort((one, other) => other.seq - one.seq);
  return { records: sorted, next, status: { ...FAKE_STATUS, ...status } };
}
