import type { SignInRow } from '../../storage/entities.js';
import { SteadyClock } from './steady-clock.js';

const DAY_MS = 86_400_000;

/** What a sign-in's times are read as. */
function readSignIn(clock: SteadyClock, createdAt: number, lastActiveAt = createdAt) {
  const row = { id: 's1', createdAt, lastActiveAt } as SignInRow;
  const { signIns } = clock.read({ revision: 1, users: [], tokens: [], signIns: [row] });
  return signIns[0];
}

describe(SteadyClock.name, () => {
  const wall = Date.now;
  const step = (ms: number): void => {
    jest.spyOn(Date, 'now').mockImplementation(() => wall() + ms);
  };

  afterEach(() => jest.restoreAllMocks());

  it('is the clock on the wall while nobody sets that', () => {
    const clock = new SteadyClock();
    const at = wall() - 5_000;
    expect(Math.abs(clock.now() - wall())).toBeLessThan(1_000);
    expect(readSignIn(clock, at)).toMatchObject({ createdAt: at, lastActiveAt: at });
    expect(clock.toWall(at)).toBe(at);
  });

  it.each([DAY_MS, -DAY_MS])('[N11] goes on as before when that is set by %i ms', (ms) => {
    const clock = new SteadyClock();
    const before = wall() - 5_000;
    readSignIn(clock, before);
    step(ms);
    expect(Math.abs(clock.now() - wall())).toBeLessThan(1_000);
    // What was known keeps its time; what is stored from now on is read by the step.
    expect(readSignIn(clock, before)?.createdAt).toBe(before);
    const made = readSignIn(clock, Date.now());
    expect(Math.abs((made?.createdAt ?? 0) - clock.now())).toBeLessThan(1_000);
    expect(Math.abs(clock.toWall(clock.now()) - Date.now())).toBeLessThan(1_000);
  });

  it('[N11] takes what another clock wrote for tomorrow as of now, after a restart as well', () => {
    const clock = new SteadyClock();
    const row = readSignIn(clock, wall() + DAY_MS);
    expect(row?.createdAt).toBeLessThan(clock.now() + 2_000);
    const later = readSignIn(clock, wall() + DAY_MS, wall() + DAY_MS);
    expect(later?.lastActiveAt).toBeLessThan(clock.now() + 2_000);
  });
});
