import { keyInFragment, keyInText, safeReturnPath } from './link-key';

describe(keyInFragment.name, () => {
  it.each([
    ['#key=abc-DEF_1', 'abc-DEF_1'],
    ['#x=1&key=abc', 'abc'],
    ['#key=a%2Bb', 'a+b'],
    ['#key=%E0%A4%A', '%E0%A4%A'],
    ['#keys=abc', null],
    ['', null],
  ])('reads %s', (fragment, key) => {
    expect(keyInFragment(fragment)).toBe(key);
  });
});

describe(keyInText.name, () => {
  it.each([
    ['http://127.0.0.1:9000/#key=abc', 'abc'],
    ['  abc123  ', 'abc123'],
    ['http://127.0.0.1:9000/', null],
    ['two words', null],
    ['', null],
  ])('reads %j', (text, key) => {
    expect(keyInText(text)).toBe(key);
  });
});

describe(safeReturnPath.name, () => {
  it.each([
    ['/s/work', '/s/work'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['https://evil.example', '/'],
    ['/sign-in?next=%2F', '/'],
    [undefined, '/'],
  ])('makes %s safe', (next, path) => {
    expect(safeReturnPath(next)).toBe(path);
  });
});
