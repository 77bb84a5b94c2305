import { TestBed } from '@angular/core/testing';
import { Links } from '../../terminal/links';
import { FakeSession } from '../fake-session';
import { LinkDialog } from './link-dialog';

async function ask(uri: string): Promise<HTMLElement> {
  TestBed.configureTestingModule({ providers: [...new FakeSession().providers()] });
  const fixture = TestBed.createComponent(LinkDialog);
  TestBed.inject(Links).ask(uri);
  await fixture.whenStable();
  return fixture.nativeElement as HTMLElement;
}

function press(dialog: HTMLElement, name: string): void {
  const buttons = [...dialog.querySelectorAll('button')];
  buttons.find((button) => button.textContent === name)?.click();
}

describe(LinkDialog.name, () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it.each([
    ['https://пример.example/a?b#c', 'xn--e1afmkfd.example', 'https://xn--e1afmkfd.example/a?b#c'],
    ['https://bank.example@evil.example/', 'evil.example', 'https://bank.example@evil.example/'],
    ['http://host:8080/@x', 'host:8080', 'http://host:8080/@x'],
    ['mailto:ana@example.org', '', 'mailto:ana@example.org'],
  ])('shows where %s leads', async (uri, host, href) => {
    const dialog = await ask(uri);

    expect(dialog.querySelector('.target')?.textContent.trim()).toBe(href);
    expect(dialog.querySelector('.target b')?.textContent).toBe(host);
    const open = jest.spyOn(window, 'open').mockReturnValue(null);
    press(dialog, 'Open');
    expect(open).toHaveBeenCalledWith(href, '_blank', 'noopener,noreferrer');
    expect(TestBed.inject(Links).asked()).toBeNull();
  });

  it('keeps a long user name from hiding the host', async () => {
    const dialog = await ask(`https://bank.example%2f${'a'.repeat(1900)}@evil.example/path`);

    expect(dialog.querySelector('.target')?.textContent.trim()).toBe('https://…@evil.example/path');
  });

  it('opens nothing that is no web page or mail', async () => {
    expect((await ask('javascript:alert(1)')).querySelector('button')).toBeNull();
  });

  it('is gone after Cancel', async () => {
    const open = jest.spyOn(window, 'open').mockReturnValue(null);
    const dialog = await ask('https://example.org/');

    press(dialog, 'Cancel');

    expect(open).not.toHaveBeenCalled();
    expect(TestBed.inject(Links).asked()).toBeNull();
  });
});
