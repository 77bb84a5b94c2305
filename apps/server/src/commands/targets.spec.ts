import { TargetNotFoundError } from '../tmux/tmux.errors.js';
import type { OpenConnection } from '../events/open-connection.js';
import { ownPane } from './targets.js';

function createConnection(): OpenConnection {
  const model = { panes: new Map([['%3', { id: '%3', window: '@2' }]]), windows: [] };
  const stream = { session: { id: '$1', name: 'work' }, watched: { model } };
  return { stream } as unknown as OpenConnection;
}

describe(ownPane.name, () => {
  it('names the session, so that a pane that was moved to another one is not found', () => {
    expect(ownPane(createConnection(), '%3')).toBe('$1:.%3');
  });

  it('knows no pane of another session', () => {
    expect(() => ownPane(createConnection(), '%4')).toThrow(TargetNotFoundError);
  });
});
