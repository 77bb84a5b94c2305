import { giveStylesTheNonce } from './style-nonce';

describe(giveStylesTheNonce.name, () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  it('[I5] gives the nonce to style elements and to nothing else', () => {
    const root = document.createElement('app-root');
    root.setAttribute('ngCspNonce', 'abc');
    document.body.append(root);
    const takeBack = giveStylesTheNonce(document);
    expect(document.createElement('style').nonce).toBe('abc');
    expect(document.createElement('div').nonce).toBeFalsy();
    takeBack();
    expect(document.createElement('style').nonce).toBeFalsy();
  });

  it('leaves a page without a nonce as it is', () => {
    const takeBack = giveStylesTheNonce(document);
    expect(document.createElement('style').nonce).toBeFalsy();
    takeBack();
  });
});
