import { byteLength, placeOutput, printable } from './pane-offset';

describe(byteLength.name, () => {
  it.each([
    ['a', 1],
    ['é', 2],
    ['€', 3],
    ['😀', 4],
    ['\udcff', 1],
    ['a\udc80é\udcc3😀', 9],
    ['', 0],
  ])('counts %j as %i bytes', (data, bytes) => {
    expect(byteLength(data)).toBe(bytes);
  });

  it('tells a lone low surrogate from the second half of a pair', () => {
    expect(byteLength('\u{10ff80}\udf80'.slice(0, 2))).toBe(4);
    expect(byteLength('\ud83d\udc80')).toBe(4);
  });
});

describe(placeOutput.name, () => {
  it('writes output that starts where the last one ended', () => {
    expect(placeOutput(10, 10, 'hé')).toEqual({ kind: 'write', data: 'hé', next: 13 });
  });

  it('cuts off what is known, counting bytes', () => {
    expect(placeOutput(13, 10, 'hé😀\udc80!')).toEqual({
      kind: 'write',
      data: '😀\udc80!',
      next: 19,
    });
  });

  it('drops output that is known altogether', () => {
    expect(placeOutput(13, 10, 'hé')).toEqual({ kind: 'known' });
    expect(placeOutput(13, 1, 'a')).toEqual({ kind: 'known' });
  });

  it('reports missing bytes', () => {
    expect(placeOutput(13, 14, 'a')).toEqual({ kind: 'gap' });
  });
});

describe(printable.name, () => {
  it('drops bytes that are not UTF-8 and keeps every real character', () => {
    expect(printable('a\udcffb💀\udc80é')).toBe('ab💀é');
  });
});
