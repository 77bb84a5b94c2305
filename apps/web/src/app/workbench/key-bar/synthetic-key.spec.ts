import { keyOfCharacter, keyOfPrefix } from './synthetic-key';

describe(keyOfPrefix.name, () => {
  it.each([
    ['C-b', { key: 'b', code: 'KeyB', keyCode: 66, ctrlKey: true, altKey: false }],
    ['M-a', { key: 'a', code: 'KeyA', keyCode: 65, ctrlKey: false, altKey: true }],
    ['C-Space', null],
    ['F12', null],
  ])('reads %s', (prefix, press) => {
    expect(keyOfPrefix(prefix)).toEqual(press);
  });
});

describe(keyOfCharacter.name, () => {
  it('names letters and digits by their key', () => {
    expect(keyOfCharacter('c')).toEqual({ key: 'c', code: 'KeyC', keyCode: 67 });
    expect(keyOfCharacter('7')).toEqual({ key: '7', code: 'Digit7', keyCode: 55 });
  });
});
