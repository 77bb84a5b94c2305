import type { Request } from 'express';
import { RateLimitedError } from '../app-error.js';
import { InputBudget } from './input-budget.js';
import { INPUT_BYTES_LIMITS } from './rate-limits.js';

function requestFrom(remoteAddress: string): Request {
  return { headers: {}, socket: { remoteAddress } } as unknown as Request;
}

describe(InputBudget.name, () => {
  it('lets a caller send so much, and then no more', () => {
    const budget = new InputBudget();
    const ana = requestFrom('192.0.2.1');
    budget.spend(ana, INPUT_BYTES_LIMITS.caller.limit);
    expect(() => {
      budget.spend(ana, 1);
    }).toThrow(RateLimitedError);
    budget.spend(requestFrom('192.0.2.2'), 1);
  });
});
