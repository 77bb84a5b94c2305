/** The attribute of the root element by which the server hands the page its nonce; Angular reads it too. */
const NONCE_ATTRIBUTE = 'ngCspNonce';

/**
 * Gives the page's nonce to every `<style>` element that scripts make, as the content security policy asks for
 * one. Angular does that by itself; xterm knows nothing of nonces.
 *
 * @returns a function that takes it back
 */
export function giveStylesTheNonce(document: Document): () => void {
  const nonce = document.querySelector(`[${NONCE_ATTRIBUTE}]`)?.getAttribute(NONCE_ATTRIBUTE);
  if (nonce === null || nonce === undefined || nonce === '') return () => undefined;
  /* eslint-disable @typescript-eslint/no-deprecated -- only one of its many signatures is */
  const create = document.createElement.bind(document);
  document.createElement = (name: string, options?: ElementCreationOptions): HTMLElement => {
    const element = create(name, options);
    if (element instanceof HTMLStyleElement) element.nonce = nonce;
    return element;
  };
  return () => {
    document.createElement = create;
  };
  /* eslint-enable @typescript-eslint/no-deprecated */
}
