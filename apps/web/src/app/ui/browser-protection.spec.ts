import { TestBed } from '@angular/core/testing';
import { tellReducedProtection } from './browser-protection';
import { Notices } from './notices';

function tell(): readonly string[] {
  TestBed.resetTestingModule();
  TestBed.runInInjectionContext(tellReducedProtection);
  return TestBed.inject(Notices)
    .shown()
    .map(({ message }) => message);
}

describe(tellReducedProtection.name, () => {
  beforeEach(() => {
    sessionStorage.clear();
  });

  it('[I17] tells once that a browser without Trusted Types protects less', () => {
    expect(tell()).toEqual([expect.stringContaining('Reduced protection')]);
    expect(tell()).toEqual([]);
  });

  it('[I17] says nothing where there are Trusted Types', () => {
    Object.assign(window, { trustedTypes: {} });
    try {
      expect(tell()).toEqual([]);
    } finally {
      Reflect.deleteProperty(window, 'trustedTypes');
    }
  });
});
