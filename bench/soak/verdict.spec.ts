import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { judgeSoak, soakTable } from './verdict.ts';
import type { Sample } from './verdict.ts';

const MEGA = 1_000_000;
const samples = (change: (at: number) => Partial<Sample>): Sample[] =>
  Array.from({ length: 100 }, (_, at) => ({
    at,
    retained: 60 * MEGA,
    serverRss: 150 * MEGA,
    serverDescriptors: 40 + (at % 5),
    tmuxRss: 6 * MEGA,
    ...change(at),
  }));
const growing = (all: readonly Sample[]): string[] =>
  judgeSoak(all, 30)
    .filter(({ verdict }) => verdict === 'growing')
    .map(({ what }) => what);

void describe(judgeSoak.name, () => {
  void it('calls a steady server flat', () => {
    assert.deepEqual(growing(samples(() => ({}))), []);
  });

  void it('finds what grows', () => {
    const memory = samples((at) => ({ serverRss: (150 + at / 2) * MEGA }));
    assert.deepEqual(growing(memory), ['server RSS']);
    const retained = samples((at) => ({ retained: (60 + at / 8) * MEGA }));
    assert.deepEqual(growing(retained), ['server retains']);
    const descriptors = samples((at) => ({ serverDescriptors: 40 + at / 2 }));
    assert.deepEqual(growing(descriptors), ['server descriptors']);
    const tmux = samples((at) => ({ tmuxRss: (6 + at / 2) * MEGA }));
    assert.deepEqual(growing(tmux), ['tmux RSS']);
  });

  void it('judges a run of minutes by gross leaks only', () => {
    const warming = samples((at) => ({ serverRss: (150 + at / 2) * MEGA }));
    assert.ok(judgeSoak(warming, 1).every(({ verdict }) => verdict === 'flat'));
    const leaking = samples((at) => ({ serverRss: (150 + 2 * at) * MEGA }));
    assert.equal(judgeSoak(leaking, 1)[1]?.verdict, 'growing');
  });
});

void describe(soakTable.name, () => {
  void it('has a row for each, with its verdict', () => {
    const rows = soakTable(
      judgeSoak(
        samples(() => ({})),
        30,
      ),
    ).split('\n');
    assert.match(rows[2] ?? '', /^server RSS +150\.0 MB +150\.0 MB +150\.0 MB +-?0\.0 MB .* flat$/);
    assert.equal(rows.length, 5);
  });
});
