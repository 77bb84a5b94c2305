import {
  type ArgumentsHost,
  BadRequestException,
  HttpException,
  Logger,
  NotFoundException,
} from '@nestjs/common';
import { ThrottlerException } from '@nestjs/throttler';
import { ERROR_CODES, type ErrorCode } from '#dto';
import { AppErrorFilter, STATUS_OF } from './app-error.filter.js';
import {
  AppError,
  NotFoundError,
  RangeNotSatisfiableError,
  RateLimitedError,
} from './app-error.js';

class AnyError extends AppError {
  constructor(readonly code: ErrorCode) {
    super('why', { details: { rule: 'x' } });
  }
}

describe(AppErrorFilter.name, () => {
  let logged: jest.SpyInstance;

  beforeEach(() => {
    logged = jest.spyOn(Logger.prototype, 'error').mockImplementation();
  });

  afterEach(() => {
    logged.mockRestore();
  });

  function answer(error: unknown, headersSent = false) {
    const seen = {
      status: 0,
      body: undefined as unknown,
      headers: {
        'Cache-Control': 'public',
        'Content-Type': 'text/javascript',
        ETag: 'x',
        'Last-Modified': 'x',
      } as Record<string, string>,
      destroyed: false,
    };
    const response = {
      headersSent,
      status(code: number) {
        seen.status = code;
        return response;
      },
      json(body: unknown) {
        seen.body = body;
      },
      setHeader(name: string, value: string) {
        seen.headers[name] = value;
      },
      removeHeader(name: string) {
        Reflect.deleteProperty(seen.headers, name);
      },
      destroy() {
        seen.destroyed = true;
      },
    };
    const request = { headers: { 'x-correlation-id': 'id-1' } };
    const http = { getRequest: () => request, getResponse: () => response };
    new AppErrorFilter({ tell: () => undefined }).catch(error, {
      switchToHttp: () => http,
    } as unknown as ArgumentsHost);
    return seen;
  }

  const STATUSES: Record<ErrorCode, number> = {
    'invalid-request': 400,
    unauthenticated: 401,
    'session-token-required': 401,
    'session-token-invalid': 401,
    forbidden: 403,
    'read-only': 403,
    'policy-denied': 403,
    'origin-not-allowed': 403,
    'host-not-allowed': 403,
    'path-not-allowed': 403,
    'not-found': 404,
    conflict: 409,
    'too-large': 413,
    'range-not-satisfiable': 416,
    'unsupported-media-type': 415,
    'tmux-rejected': 422,
    'rate-limited': 429,
    internal: 500,
    unavailable: 503,
  };

  it.each(ERROR_CODES)('answers %s with its status', (code) => {
    expect(answer(new AnyError(code))).toMatchObject({
      status: STATUSES[code],
      body: { code, message: 'why', correlationId: 'id-1', details: { rule: 'x' } },
    });
    expect(Object.keys(STATUS_OF)).toContain(code);
  });

  it.each([
    new Error('secret'),
    'secret',
    undefined,
    new TypeError('secret'),
    { code: 'not-found' },
  ])('says nothing of an unknown failure (%p) and logs it', (error) => {
    const { status, body } = answer(error);
    expect(status).toBe(500);
    expect(body).toEqual({
      code: 'internal',
      message: expect.not.stringContaining('secret') as unknown,
      correlationId: 'id-1',
    });
    expect(logged).toHaveBeenCalledWith({ err: error, correlationId: 'id-1' }, expect.anything());
  });

  it('logs no failure of the client', () => {
    answer(new NotFoundError('no'));
    expect(logged).not.toHaveBeenCalled();
  });

  it.each([
    [new NotFoundException('Cannot GET /secret'), 404, 'not-found'],
    [new BadRequestException('its text'), 400, 'invalid-request'],
    [new URIError('its text'), 400, 'invalid-request'],
    [new ThrottlerException(), 429, 'rate-limited'],
    [new HttpException('Precondition Failed: a.js', 412), 400, 'invalid-request'],
    [new HttpException('its text', 416), 400, 'invalid-request'],
    [new HttpException('its text', 507), 500, 'internal'],
  ])('puts %p in our own words', (error, status, code) => {
    const seen = answer(error);
    expect(seen).toMatchObject({ status, body: { code } });
    expect(JSON.stringify(seen.body)).not.toContain(error.message);
  });

  it('says when to come back', () => {
    const { headers } = answer(new RateLimitedError('slow', 12.2));
    expect(headers).toMatchObject({ 'Retry-After': '13' });
  });

  it('says how much there is', () => {
    const { headers } = answer(new RangeNotSatisfiableError('too far', 10));
    expect(headers).toMatchObject({ 'Content-Range': 'bytes */10' });
  });

  it('is kept by nobody in place of the file that was meant to be sent', () => {
    expect(answer(new Error('disk')).headers).toEqual({ 'Cache-Control': 'no-store' });
  });

  it('cuts an answer that has begun', () => {
    expect(answer(new Error('late'), true)).toMatchObject({
      destroyed: true,
      status: 0,
      body: undefined,
    });
  });
});
