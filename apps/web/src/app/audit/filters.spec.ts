import {
  filterCount,
  filtersFromUrl,
  filtersToQuery,
  filtersToUrl,
  mayPartPairs,
  NO_FILTERS,
} from './filters';
import type { AuditFilters } from './filters';

const NOON = new Date(2026, 5, 15, 12, 30).getTime();
const SINCE = '2026-06-01T00:00:00.000Z';

const ALL: AuditFilters = {
  q: 'rm -rf',
  actor: 'ana',
  action: 'file.*',
  session: 'my work',
  verdict: 'denied',
  range: '',
  since: SINCE,
  until: '2026-06-02T00:00:00.000Z',
};

describe('filters in the address', () => {
  it.each([ALL, NO_FILTERS, { ...NO_FILTERS, range: 'week' as const }])(
    'come back as they went: %j',
    (filters) => {
      expect(filtersFromUrl(filtersToUrl(filters))).toEqual(filters);
    },
  );

  it('take away what is not set, and exact times beside a range', () => {
    expect(filtersToUrl({ ...NO_FILTERS, q: 'x' })).toMatchObject({ q: 'x', actor: null });
    expect(filtersToUrl({ ...ALL, range: 'hour' })).toMatchObject({
      range: 'hour',
      since: null,
      until: null,
    });
  });

  it('are bounded, and nonsense is as if it were absent', () => {
    const odd = {
      q: 'x'.repeat(10_000),
      actor: ['a', 'b'],
      verdict: 'maybe',
      range: '9',
      since: 'x',
    };
    const filters = filtersFromUrl(odd);
    expect(filters).toEqual({ ...NO_FILTERS, q: 'x'.repeat(200) });
  });
});

describe(filtersToQuery.name, () => {
  it('asks in the words of the interface', () => {
    expect(filtersToQuery(ALL, NOON)).toEqual({
      q: 'rm -rf',
      actor: 'ana',
      action: 'file.*',
      session: 'my work',
      decision: 'denied',
      since: SINCE,
      until: '2026-06-02T00:00:00.000Z',
    });
    expect(filtersToQuery({ ...NO_FILTERS, verdict: 'failed' }, NOON)).toEqual({
      outcome: 'failed',
    });
    expect(filtersToQuery(NO_FILTERS, NOON)).toEqual({});
  });

  it.each([
    ['hour', new Date(2026, 5, 15, 11, 30)],
    ['today', new Date(2026, 5, 15)],
    ['week', new Date(2026, 5, 9)],
  ] as const)('counts %s from now', (range, since) => {
    const query = filtersToQuery({ ...ALL, range }, NOON);
    expect(query['since']).toBe(since.toISOString());
    expect(query['until']).toBeUndefined();
  });
});

describe(filterCount.name, () => {
  it('counts a time once, and leaves the search out', () => {
    expect(filterCount(NO_FILTERS)).toBe(0);
    expect(filterCount(ALL)).toBe(5);
    expect(filterCount({ ...NO_FILTERS, q: 'x' })).toBe(0);
  });
});

describe(mayPartPairs.name, () => {
  it('knows which filters let only one half of a pair through', () => {
    expect(mayPartPairs(NO_FILTERS)).toBe(false);
    expect(mayPartPairs({ ...NO_FILTERS, actor: 'ana', session: 'work', action: 'x' })).toBe(false);
    expect(mayPartPairs({ ...NO_FILTERS, q: 'x' })).toBe(true);
    expect(mayPartPairs({ ...NO_FILTERS, verdict: 'failed' })).toBe(true);
  });
});
