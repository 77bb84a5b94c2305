import { filesKeyHint, isFilesKey } from './files-key';

const press = (init: KeyboardEventInit): boolean =>
  isFilesKey(new KeyboardEvent('keydown', { code: 'KeyE', ...init }));

describe(isFilesKey.name, () => {
  it('is Ctrl+Shift+E, on a Mac with Command', () => {
    expect(press({ ctrlKey: true, shiftKey: true })).toBe(true);
    expect(press({ metaKey: true, shiftKey: true })).toBe(true);
    expect(press({ ctrlKey: true })).toBe(false);
    expect(press({ shiftKey: true })).toBe(false);
    expect(press({ ctrlKey: true, shiftKey: true, altKey: true })).toBe(false);
    expect(press({ ctrlKey: true, shiftKey: true, code: 'KeyF' })).toBe(false);
  });

  it('is written as the device writes keys', () => {
    expect(filesKeyHint('Mozilla/5.0 (Macintosh; Intel Mac OS X)')).toBe('⇧⌘E');
    expect(filesKeyHint('Mozilla/5.0 (X11; Linux x86_64)')).toBe('Ctrl+Shift+E');
  });
});
