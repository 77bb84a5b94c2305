/**
 * Puts text on the clipboard; false when the browser refused.
 * Over plain http there is no clipboard interface, so the old `copy` command is the second way.
 */
export async function copyText(document: Document, text: string): Promise<boolean> {
  const view = document.defaultView;
  if (view?.isSecureContext !== true) return copyByCommand(document, text);
  try {
    await view.navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Permission refused or the page not focused: the command may still be allowed.
    return copyByCommand(document, text);
  }
}

function copyByCommand(document: Document, text: string): boolean {
  const put = (event: ClipboardEvent): void => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  document.addEventListener('copy', put, { capture: true });
  try {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way over plain http
    return document.execCommand('copy');
  } finally {
    document.removeEventListener('copy', put, { capture: true });
  }
}
