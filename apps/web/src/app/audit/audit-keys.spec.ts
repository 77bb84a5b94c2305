import { leavesField, listWish } from './audit-keys';

function press(html: string, key: string, more: KeyboardEventInit = {}): KeyboardEvent {
  document.body.innerHTML = html;
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more });
  document.querySelector('.here')?.dispatchEvent(event);
  return event;
}

const LIST = '<div class="here" tabindex="0"></div>';
const FIELD = '<input class="here">';

describe(listWish.name, () => {
  afterEach(() => {
    document.body.innerHTML = '';
  });

  it.each([
    ['j', { kind: 'move', by: 'row', to: 1 }],
    ['ArrowUp', { kind: 'move', by: 'row', to: -1 }],
    ['PageDown', { kind: 'move', by: 'page', to: 1 }],
    ['Home', { kind: 'move', by: 'all', to: -1 }],
    ['Enter', { kind: 'open' }],
    ['Escape', { kind: 'close' }],
    ['/', { kind: 'search' }],
    ['x', null],
  ])('%s', (key, wish) => {
    expect(listWish(press(LIST, key))).toEqual(wish);
  });

  it('leaves fields, dialogs, buttons and the browser’s own keys alone', () => {
    expect(listWish(press(FIELD, 'j'))).toBeNull();
    expect(listWish(press('<div role="dialog"><p class="here"></p></div>', 'Escape'))).toBeNull();
    expect(listWish(press('<button class="here"></button>', 'Enter'))).toBeNull();
    expect(listWish(press('<button class="here"></button>', 'j'))).not.toBeNull();
    expect(listWish(press(LIST, 'k', { ctrlKey: true }))).toBeNull();
  });
});

describe(leavesField.name, () => {
  it('is Escape in a field', () => {
    expect(leavesField(press(FIELD, 'Escape'))).toBe(true);
    expect(leavesField(press(FIELD, 'x'))).toBe(false);
    expect(leavesField(press(LIST, 'Escape'))).toBe(false);
  });
});
