import { spawn, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { ControlClient } from './control-client.js';
import { TmuxUnavailableError } from './tmux.errors.js';

jest.mock('node:child_process');

const LISTENER = {
  notification: jest.fn(),
  chunkEnd: jest.fn(),
  exit: jest.fn(),
};

describe(ControlClient.name, () => {
  it('only fails itself when no file descriptor is left', () => {
    // What Node gives then (lib/internal/child_process.js, EMFILE): no pipes, and an error in the next turn.
    const child = new EventEmitter();
    jest.mocked(spawn).mockReturnValue(child as ChildProcess);
    const options = { tmuxBin: 'tmux', socketPath: '/nowhere', session: '$0' } as const;
    expect(() => new ControlClient(options, LISTENER)).toThrow(TmuxUnavailableError);
    expect(() => child.emit('error', new Error('spawn tmux EMFILE'))).not.toThrow();
    expect(LISTENER.exit).not.toHaveBeenCalled();
  });
});
