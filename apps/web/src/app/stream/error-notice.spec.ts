import { ApiError } from './api-error';
import { errorNotice } from './error-notice';

describe(errorNotice.name, () => {
  it('tells what was denied, why, and by which rule', () => {
    const error = new ApiError('denied', {
      status: 403,
      code: 'policy-denied',
      details: { command: 'kill-server\u202e', rule: 'operator', reason: 'It ends tmux.', n: 1 },
    });
    expect(errorNotice(error)).toEqual({
      level: 'error',
      message: 'Not allowed here',
      facts: [
        { name: 'Command', value: 'kill-server' },
        { name: 'Reason', value: 'It ends tmux.' },
        { name: 'Rule', value: 'operator' },
      ],
    });
  });

  it.each([
    [new ApiError('no such pane', { status: 404, code: 'not-found' }), 'no such pane'],
    [new ApiError('denied', { status: 403, code: 'policy-denied' }), 'denied'],
    [new Error('broken'), 'broken'],
    ['odd', 'odd'],
  ])('passes on what else there is', (error, message) => {
    expect(errorNotice(error, 'warning')).toEqual({ level: 'warning', message });
  });
});
