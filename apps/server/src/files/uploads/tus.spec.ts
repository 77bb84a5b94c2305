import { readUploadRequest, wholeNumber } from './tus.js';

const encode = (text: string): string => Buffer.from(text).toString('base64');
const METADATA = `path ${encode('/srv')},name ${encode('ü.txt')}`;

const read = (metadata: string, length = '5'): unknown => {
  const { path, name, ...rest } = readUploadRequest({
    'upload-length': length,
    'upload-metadata': metadata,
  });
  return { path: String(path), name: String(name), ...rest };
};

describe(readUploadRequest.name, () => {
  it('reads what an upload is to become', () => {
    expect(read(METADATA)).toEqual({ path: '/srv', name: 'ü.txt', overwrite: false, size: 5 });
    expect(read(`${METADATA}, overwrite ${encode('true')},filetype`)).toMatchObject({
      overwrite: true,
    });
  });

  it.each([
    ['nothing', ''],
    ['no name', `path ${encode('/srv')}`],
    ['no directory', `name ${encode('a')}`],
    ['a key twice', `${METADATA},name ${encode('b')}`],
    ['no base64', 'path /srv,name a'],
    ['base64 without padding', 'path YQ,name YQ'],
    ['three words', `path ${encode('a')} b,name ${encode('a')}`],
    ['an empty pair', `${METADATA},`],
    ['another overwrite', `${METADATA},overwrite ${encode('yes')}`],
    ['a name that is no UTF-8', `path ${encode('/srv')},name /w==`],
    ['a name of two lines', `path ${encode('/srv')},name ${encode('a\nb')}`],
  ])('refuses %s', (_what, metadata) => {
    expect(() => read(metadata)).toThrow(
      expect.objectContaining({ code: 'invalid-request' }) as Error,
    );
  });
});

describe(wholeNumber.name, () => {
  it.each(['', '-1', '+1', '1.0', '1e3', '0x1', '01', ' 1', '9'.repeat(16), '\u0661'])(
    'refuses %j',
    (text) => {
      expect(() => wholeNumber({ 'upload-offset': text }, 'upload-offset')).toThrow();
    },
  );

  it('takes others', () => {
    expect(wholeNumber({ 'upload-offset': '0' }, 'upload-offset')).toBe(0);
    expect(wholeNumber({ 'upload-offset': '123456789012345' }, 'upload-offset')).toBe(
      123_456_789_012_345,
    );
  });
});
