import { FakeEnvironment } from './fake-environment';
import { postCommand } from './command-client';

const TOKEN = 'a'.repeat(32);

describe(postCommand.name, () => {
  it.each([
    '//evil.example/x',
    'https://evil.example',
    '/\\evil',
    '..',
    '?#',
    'a&session=b',
    '@x:80',
  ])(
    '[I9] sends the session token to our own origin only, whatever the session %j is called',
    (session) => {
      const environment = new FakeEnvironment();
      void postCommand(environment, { session, token: TOKEN }, 'resync', {}).catch(() => undefined);
      const [sent] = environment.requests;
      const url = new URL(sent?.url ?? 'http://nothing.example', 'https://term.example/tmux/');
      expect(url.origin + url.pathname).toBe('https://term.example/tmux/commands');
      expect(url.searchParams.getAll('session')).toEqual([session]);
      expect(url.href).not.toContain(TOKEN);
    },
  );
});
