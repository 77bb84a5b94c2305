import { freeName } from './free-name';

describe(freeName.name, () => {
  it.each([
    ['report.txt', [], 'report (2).txt'],
    ['report.txt', ['report (2).txt', 'report (3).txt'], 'report (4).txt'],
    ['report (2).txt', [], 'report (3).txt'],
    ['Makefile', [], 'Makefile (2)'],
    ['.bashrc', [], '.bashrc (2)'],
    ['archive.tar.gz', [], 'archive.tar (2).gz'],
  ])('%s beside %j becomes %s', (name, taken, free) => {
    expect(freeName(name, new Set(taken))).toBe(free);
  });
});
