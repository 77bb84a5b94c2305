import { assertJson } from './content-type.js';

describe(assertJson.name, () => {
  it.each([
    'application/json',
    'Application/JSON',
    'application/json; charset=UTF-8',
    'application/json;charset="utf-8"',
  ])('takes %s', (type) => {
    expect(() => assertJson({ 'content-type': type })).not.toThrow();
  });

  it.each([
    undefined,
    '',
    'text/plain',
    'application/json; charset=utf-7',
    'application/json; charset=utf-8; charset=utf-7',
    'application/json; x=y',
    'application/json, text/plain',
    'application/jsonp',
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded',
    'text/plain; application/json',
  ])('[M3] refuses %s', (type) => {
    expect(() => assertJson(type === undefined ? {} : { 'content-type': type })).toThrow(
      'application/json',
    );
  });

  it('[M3] refuses compressed bodies', () => {
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    expect(() => assertJson(headers)).toThrow('Content-Encoding');
  });
});
