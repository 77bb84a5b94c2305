import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import type { TmuxyConfig } from '../config/config.js';
import { SIGN_IN_LIFETIME_MS, SIGN_INS_MAX, SignInsService } from './sign-ins.service.js';

const ANA = { name: 'ana', role: 'operator', readOnly: false } as const;

describe(SignInsService.name, () => {
  let root: string;
  let stateDir: string;
  const started: SignInsService[] = [];

  beforeEach(() => {
    jest.useFakeTimers();
    root = mkdtempSync(join(tmpdir(), 'tmuxy-sign-ins-'));
    stateDir = join(root, 'deep', 'state');
  });

  afterEach(() => {
    for (const service of started.splice(0)) service.onModuleDestroy();
    jest.useRealTimers();
    rmSync(root, { recursive: true });
  });

  function create(): SignInsService {
    const service = new SignInsService({ stateDir } as unknown as TmuxyConfig);
    service.onModuleInit();
    started.push(service);
    return service;
  }

  function file(): string {
    return join(stateDir, 'sign-ins.json');
  }

  it('knows whom a secret belongs to', () => {
    const signIns = create();
    const { identity, secret } = signIns.create(ANA);
    expect(signIns.resolve(secret)).toEqual({ ...ANA, signInId: identity.signInId });
    expect(signIns.resolve(`${secret.slice(1)}A`)).toBeUndefined();
    expect(signIns.resolve('')).toBeUndefined();
  });

  it('survives a restart', () => {
    const { secret, identity } = create().create(ANA);
    expect(create().resolve(secret)).toEqual(identity);
  });

  it('stores digests only, for its owner only', () => {
    const { secret } = create().create(ANA);
    expect(readFileSync(file(), 'utf8')).not.toContain(secret);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(statSync(stateDir).mode & 0o777).toBe(0o700);
    expect(readdirSync(stateDir)).toEqual(['sign-ins.json']);
  });

  it('ends a sign-in for good and tells so once', () => {
    const signIns = create();
    const { secret, identity } = signIns.create(ANA);
    const other = signIns.create(ANA);
    const ended: string[] = [];
    signIns.onEnded((id) => ended.push(id));
    signIns.remove(identity.signInId);
    signIns.remove(identity.signInId);
    expect(ended).toEqual([identity.signInId]);
    expect(signIns.resolve(secret)).toBeUndefined();
    expect(create().resolve(secret)).toBeUndefined();
    expect(signIns.resolve(other.secret)).toBeDefined();
  });

  it('stops telling a listener that left', () => {
    const signIns = create();
    const ended: string[] = [];
    const stop = signIns.onEnded((id) => ended.push(id));
    stop();
    signIns.remove(signIns.create(ANA).identity.signInId);
    expect(ended).toEqual([]);
  });

  it('ends a sign-in at its age, also for streams that only listen', () => {
    const signIns = create();
    const { secret, identity } = signIns.create(ANA);
    const ended: string[] = [];
    signIns.onEnded((id) => ended.push(id));
    jest.advanceTimersByTime(SIGN_IN_LIFETIME_MS);
    expect(signIns.resolve(secret)).toBeDefined();
    jest.advanceTimersByTime(1);
    expect(signIns.resolve(secret)).toBeUndefined();
    jest.advanceTimersByTime(60_000);
    expect(ended).toEqual([identity.signInId]);
    expect(readFileSync(file(), 'utf8')).not.toContain(identity.signInId);
  });

  it('ends the oldest when there are too many', () => {
    const signIns = create();
    const first = signIns.create(ANA);
    const second = signIns.create(ANA);
    for (let i = 2; i <= SIGN_INS_MAX; i++) signIns.create(ANA);
    expect(signIns.resolve(first.secret)).toBeUndefined();
    expect(signIns.resolve(second.secret)).toBeDefined();
  });

  it('keeps what another server on the same folder wrote', () => {
    const [one, two] = [create(), create()];
    const ana = one.create(ANA);
    const ben = two.create({ ...ANA, name: 'ben' });
    const later = create();
    expect(later.resolve(ana.secret)?.name).toBe('ana');
    expect(later.resolve(ben.secret)?.name).toBe('ben');
  });

  it.each(['', '{', '[]', '{"signIns":[{}]}', '{"signIns":[null]}', '{"signIns":{}}'])(
    'sets a damaged file (%j) aside and goes on',
    (text) => {
      const logged = jest.spyOn(Logger.prototype, 'error').mockImplementation();
      create().create(ANA);
      writeFileSync(file(), text);
      const signIns = create();
      expect(logged).toHaveBeenCalledTimes(1);
      logged.mockRestore();
      expect(readFileSync(`${file()}.damaged`, 'utf8')).toBe(text);
      expect(existsSync(file())).toBe(false);
      expect(signIns.resolve(signIns.create(ANA).secret)).toBeDefined();
    },
  );
});
