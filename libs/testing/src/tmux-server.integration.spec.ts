import { existsSync } from 'node:fs';
import { afterEach, describe, expect, it } from '@jest/globals';
import { ControlClient } from './control-client.js';
import { TmuxServer } from './tmux-server.js';
import { waitFor } from './wait-for.js';

describe(TmuxServer.name, () => {
  let server: TmuxServer | undefined;

  afterEach(async () => {
    await server?.stop();
    server = undefined;
  });

  it('runs a plain shell of the asked size in a clean environment', async () => {
    const tmux = (server = await TmuxServer.start({ cols: 100, rows: 30 }));
    const screen = async (): Promise<string> => (await tmux.run('capture-pane', '-p')).trimEnd();
    await waitFor(async () => (await screen()) === '$', { what: 'the prompt' });
    await tmux.run('send-keys', 'echo $HOME ${TMUX%%,*} $COLUMNS', 'Enter');
    await waitFor(async () => (await screen()).includes(`${tmux.dir} ${tmux.socketPath}`));
    const format = '#{session_name} #{pane_width} #{pane_height}';
    expect(await tmux.run('display-message', '-p', format)).toBe('main 100 30\n');
  });

  it('leaves neither server nor directory behind', async () => {
    const tmux = (server = await TmuxServer.start());
    expect(await tmux.isRunning()).toBe(true);
    await tmux.stop();
    expect(await tmux.isRunning()).toBe(false);
    expect(existsSync(tmux.dir)).toBe(false);
  });

  it('starts no server when no session is asked for, and restarts a killed one', async () => {
    const tmux = (server = await TmuxServer.start({ session: null }));
    expect(await tmux.isRunning()).toBe(false);
    await tmux.startSession('one');
    await tmux.kill();
    expect(await tmux.isRunning()).toBe(false);
    await tmux.startSession('two');
    expect(await tmux.run('list-sessions', '-F', '#S')).toBe('two\n');
  });

  it('tells what tmux said when it refuses', async () => {
    const tmux = (server = await TmuxServer.start());
    await expect(tmux.run('bogus')).rejects.toThrow('unknown command: bogus');
  });

  it('speaks control mode to a client, which ends when its stdin does', async () => {
    const tmux = (server = await TmuxServer.start());
    const client = await ControlClient.attach(tmux);
    client.send('display-message -p hello\n');
    await client.waitForText('hello');
    expect((await client.close()).toString()).toMatch(/\n%exit\n$/);
  });
});

describe(waitFor.name, () => {
  it('names what it waited for and why the condition failed', async () => {
    const failing = (): boolean => {
      throw new Error('not there');
    };
    const failure = waitFor(failing, { timeoutMs: 20, what: 'the moon' });
    await expect(failure).rejects.toThrow('timed out after 20 ms waiting for the moon');
    await expect(failure).rejects.toHaveProperty('cause.message', 'not there');
  });

  it('gives the value of the condition', async () => {
    let polls = 0;
    expect(await waitFor(() => (++polls < 3 ? undefined : 'ready'))).toBe('ready');
  });
});
