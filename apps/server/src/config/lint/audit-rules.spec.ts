import type { AuditSection } from '../audit-section.js';
import { auditRules } from './audit-rules.js';

const keysOf = (audit: AuditSection) =>
  auditRules({ audit }).map(({ level, key }) => `${level} ${key}`);

describe(auditRules.name, () => {
  it.each<[AuditSection, readonly string[]]>([
    [{}, []],
    [{ required: true, sync: 'each', input: 'metadata', anchors: { journal: true } }, []],
    [{ required: false }, ['warning audit.required']],
    [{ sync: 'never' }, ['warning audit.sync']],
    [{ input: 'full' }, ['warning audit.input']],
    [{ keepDays: 30 }, ['warning audit.keepDays']],
    [{ keepDays: 30, anchors: { file: '/mnt/elsewhere/checkpoints' } }, []],
    [{ anchors: { httpsTokenFile: '/x' } }, ['refused audit.anchors.https']],
    [{ anchors: { https: 'https://c.example', httpsTokenFile: '/x' } }, []],
  ])('says of %j: %j', (audit, expected) => {
    expect(keysOf(audit)).toEqual(expected);
  });

  it('says what to do about each', () => {
    for (const { fix } of auditRules({
      audit: { required: false, sync: 'never', input: 'full' },
    })) {
      expect(fix).toMatch(/^(remove|set) /);
    }
  });
});
