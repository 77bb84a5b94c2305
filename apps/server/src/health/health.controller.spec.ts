import { UnavailableError } from '../http/app-error.js';
import { HealthController } from './health.controller.js';
import { Readiness } from './readiness.js';

describe(HealthController.name, () => {
  it('is ready between start and stop, and alive all the time', () => {
    const readiness = new Readiness();
    const health = new HealthController(readiness);
    expect(() => health.ready()).toThrow(UnavailableError);
    readiness.onApplicationBootstrap();
    expect(health.ready()).toEqual({ status: 'ok' });
    readiness.beforeApplicationShutdown();
    expect(() => health.ready()).toThrow(UnavailableError);
    expect(health.live()).toEqual({ status: 'ok' });
  });
});
