import { TestBed } from '@angular/core/testing';
import { FakeEnvironment, settle } from '../stream/fake-environment';
import { STREAM_ENVIRONMENT } from '../stream/stream-environment';
import { TypeAhead } from './type-ahead';

function createTypeAhead() {
  const environment = new FakeEnvironment();
  TestBed.configureTestingModule({
    providers: [TypeAhead, { provide: STREAM_ENVIRONMENT, useValue: environment }],
  });
  const input = document.createElement('input');
  document.body.replaceChildren(input);
  const pressed: string[] = [];
  input.addEventListener('keydown', ({ key }) => pressed.push(key));
  const typeAhead = TestBed.inject(TypeAhead);
  const hold = (key: string): boolean => typeAhead.hold(new KeyboardEvent('keydown', { key }));
  return { typeAhead, environment, input, pressed, hold };
}

describe(TypeAhead.name, () => {
  it('holds nothing while nothing runs', () => {
    expect(createTypeAhead().hold('a')).toBe(false);
  });

  it('types what it held where the keyboard is after the work', async () => {
    const { typeAhead, input, pressed, hold } = createTypeAhead();
    let end = (): void => undefined;
    typeAhead.during(new Promise((resolve) => (end = resolve)));
    expect([hold('a'), hold('b'), hold('Enter')]).toEqual([true, true, true]);
    expect(pressed).toEqual([]);
    input.focus();
    end();
    await settle();
    expect(pressed).toEqual(['a', 'b', 'Enter']);
    expect(input.value).toBe('ab');
    expect(hold('c')).toBe(false);
  });

  it('keeps the rest back when a key it gave back starts the next work', async () => {
    const { typeAhead, input, pressed, hold } = createTypeAhead();
    let end = (): void => undefined;
    const work = (): Promise<void> => new Promise((resolve) => (end = resolve));
    input.addEventListener('keydown', (event) => {
      if (typeAhead.hold(event)) event.preventDefault();
      else if (event.key === 'x') typeAhead.during(work());
    });
    input.focus();
    typeAhead.during(work());
    hold('x');
    hold('y');
    end();
    await settle();
    expect(input.value).toBe('x');
    end();
    await settle();
    expect(input.value).toBe('xy');
    expect(pressed).toEqual(['x', 'y', 'y']);
  });

  it('waits no longer than its bound', () => {
    const { typeAhead, environment, input, hold } = createTypeAhead();
    typeAhead.during(new Promise(() => undefined));
    hold('a');
    input.focus();
    environment.advance(2_000);
    expect(input.value).toBe('a');
    expect(hold('b')).toBe(false);
  });
});
