import { HttpErrorResponse } from '@angular/common/http';
import { blockedReason, fileProblem } from './file-problem';

describe(fileProblem.name, () => {
  it.each([
    [0, null, 'The server does not answer. Try again when the connection is back.'],
    [404, { code: 'not-found', message: 'x' }, 'It is not there any more.'],
    [429, null, 'Too many requests at once. Wait a moment, then try again.'],
    [
      403,
      { code: 'path-not-allowed', message: 'Links are not followed.' },
      'Links are not followed.',
    ],
    [502, '<html>', 'The server answered 502.'],
  ])('says what %d means', (status, error, text) => {
    expect(fileProblem(new HttpErrorResponse({ status, error }))).toBe(text);
  });
});

describe(blockedReason.name, () => {
  it('says why in words, also what a newer server says', () => {
    expect(blockedReason('symlink').text).toBe('A symbolic link: links are not followed.');
    expect(blockedReason('moon-phase')).toEqual({
      short: 'closed',
      text: 'This server does not give it out (moon-phase).',
    });
  });
});
