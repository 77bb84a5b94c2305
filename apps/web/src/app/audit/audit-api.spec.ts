import { exportUrl } from './audit-api';

describe(exportUrl.name, () => {
  it('has the filters in it, whatever they hold', () => {
    expect(exportUrl('csv', { q: 'a&b=c', actor: 'grüße' })).toBe(
      'api/audit/export?format=csv&q=a%26b%3Dc&actor=gr%C3%BC%C3%9Fe',
    );
  });
});
