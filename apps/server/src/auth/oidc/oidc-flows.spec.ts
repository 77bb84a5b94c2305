import { OIDC_FLOW_MS, OIDC_FLOWS_MAX, type OidcFlow, OidcFlows } from './oidc-flows.js';

const FLOW: OidcFlow = {
  nonce: 'n',
  verifier: 'v',
  redirectUri: 'http://127.0.0.1/callback',
  returnPath: '/s/work',
  formerCredentialId: undefined,
};

describe(OidcFlows.name, () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  it('gives a flow once, to the browser that began it', () => {
    const flows = new OidcFlows();
    const { state, secret } = flows.begin(FLOW);
    const other = flows.begin({ ...FLOW, returnPath: '/' });
    expect(flows.take(state, other.secret)).toBeUndefined();
    expect(flows.take(state, undefined)).toBeUndefined();
    expect(flows.take(state, '')).toBeUndefined();
    expect(flows.take(secret, secret)).toBeUndefined();
    expect(flows.take(state, secret)).toBe(FLOW);
    expect(flows.take(state, secret)).toBeUndefined();
  });

  it('gives none that is too old', () => {
    jest.useFakeTimers();
    const flows = new OidcFlows();
    const slow = flows.begin(FLOW);
    jest.advanceTimersByTime(OIDC_FLOW_MS - 1);
    const { state, secret } = flows.begin(FLOW);
    jest.advanceTimersByTime(1);
    expect(flows.take(slow.state, slow.secret)).toBeUndefined();
    expect(flows.take(state, secret)).toBe(FLOW);
  });

  it('keeps a bounded number, the newest', () => {
    const flows = new OidcFlows();
    const oldest = flows.begin(FLOW);
    const second = flows.begin(FLOW);
    for (let i = 1; i < OIDC_FLOWS_MAX; i++) flows.begin(FLOW);
    expect(flows.take(oldest.state, oldest.secret)).toBeUndefined();
    expect(flows.take(second.state, second.secret)).toBe(FLOW);
  });
});
