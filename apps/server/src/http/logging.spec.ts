import type { IncomingMessage } from 'node:http';
import pino from 'pino';
import { levelOf, loggerParams } from './logging.js';
import { prettyLine } from './pretty-log.js';

describe(levelOf.name, () => {
  it.each([
    ['/commands', 200, 'debug'],
    ['/api/health/live', 200, 'debug'],
    ['/commands', 500, 'error'],
    ['/api/me', 401, 'info'],
    ['/commandsx', 200, 'info'],
  ])('logs %s answered with %d at %s', (path, status, level) => {
    expect(levelOf(path, status, undefined)).toBe(level);
  });
});

describe(loggerParams.name, () => {
  it('keeps secrets out of the lines', () => {
    const lines: string[] = [];
    const params = loggerParams(
      { logLevel: 'info', logFormat: 'json' },
      { write: (line) => lines.push(line) },
    );
    if (!Array.isArray(params.pinoHttp)) throw new Error('no stream');
    const [options, stream] = params.pinoHttp;
    const { redact, serializers } = options as Pick<pino.LoggerOptions, 'redact' | 'serializers'>;
    const logger = pino({ ...(redact ? { redact } : {}) }, stream);
    const headers = { cookie: 's3cret', authorization: 's3cret', 'x-session-token': 's3cret' };
    logger.info({
      req: { headers, body: { key: 's3cret' } },
      res: { headers: { 'set-cookie': 's3cret' } },
    });
    const request = {
      method: 'GET',
      url: '/events?token=s3cret',
      headers,
    } as unknown as IncomingMessage;
    pino({ ...(serializers ? { serializers } : {}) }, stream).info({
      req: request,
      res: { statusCode: 200 },
    });
    expect(lines).toHaveLength(2);
    expect(lines.join('')).not.toContain('s3cret');
    expect(lines[1]).toContain('"path":"/events"');
  });
});

describe(prettyLine.name, () => {
  it('shows level, context and text', () => {
    const line = prettyLine('{"level":40,"time":0,"context":"Tmux","msg":"gone"}\n');
    expect(line).toMatch(/^\d\d:\d\d:\d\d warn {2}Tmux: gone$/);
  });

  it('shows a request in one line', () => {
    const json =
      '{"level":30,"time":0,"req":{"method":"GET","path":"/"},"res":{"statusCode":200},"responseTime":3,"correlationId":"c","msg":"request"}';
    expect(prettyLine(json)).toMatch(/ info {2}request GET \/ 200 3 ms c$/);
  });

  it('shows the stack of an error below', () => {
    expect(
      prettyLine('{"level":50,"time":0,"msg":"x","err":{"stack":"Error: y\\n  at z"}}'),
    ).toMatch(/x\n {4}Error: y\n {6}at z$/);
  });

  it('shows what somebody wrote into it, and does not do it', () => {
    const hostile = '\u001b]52;c;eA==\u0007\n12:00:00 info  forged\u009b2J\u202e\u2028';
    const shown = String.raw`\u{1b}]52;c;eA==\u{7}\u{a}12:00:00 info  forged\u{9b}2J\u{202e}\u{2028}`;
    const line = prettyLine(JSON.stringify({ level: 40, time: 0, msg: hostile }));
    expect(line.endsWith(` warn  ${shown}`)).toBe(true);
    const err = { stack: 'Error: \u001b[2J\n12:00:00 info  forged' };
    expect(prettyLine(JSON.stringify({ level: 50, time: 0, msg: 'x', err }))).toMatch(
      /x\n {4}Error: \\u\{1b\}\[2J\n {4}12:00:00 info {2}forged$/,
    );
  });

  it('leaves other text as it is', () => {
    expect(prettyLine('not json\n')).toBe('not json');
  });
});
