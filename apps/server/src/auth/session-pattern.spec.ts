import { fitsPattern } from './session-pattern.js';

describe(fitsPattern.name, () => {
  it.each([
    ['main', 'main'],
    ['main', '*'],
    ['prod-db', 'prod-*'],
    ['prod-', 'prod-*'],
    ['a-b-c', '*-b-*'],
    ['aXbXc', 'a*X?'],
    ['x', '?'],
    ['😀', '?'],
    ['a.b', 'a.b'],
    ['a'.repeat(64), `${'*a'.repeat(30)}*`],
  ])('%j fits %j', (name, pattern) => {
    expect(fitsPattern(name, pattern)).toBe(true);
  });

  it.each([
    ['main2', 'main'],
    ['Main', 'main'],
    ['main', 'mai'],
    ['main', ''],
    ['', '?'],
    ['prod', 'prod-*'],
    ['aXb', 'a.b'],
    ['ab', 'a?b'],
    ['a'.repeat(64), `${'*a'.repeat(32)}b`],
  ])('%j does not fit %j', (name, pattern) => {
    expect(fitsPattern(name, pattern)).toBe(false);
  });
});
