import { TestBed } from '@angular/core/testing';
import type { ComponentFixture } from '@angular/core/testing';
import { FilterList } from './filter-list';
import type { ListItem } from './filter-list';

function anItem(text: string): ListItem {
  return { id: text, text, detail: '', depth: 0, isCurrent: false };
}

async function createList(isLoading: boolean) {
  // jsdom lays nothing out, so it has no scrolling either.
  Element.prototype.scrollIntoView = () => undefined;
  const fixture = TestBed.createComponent(FilterList);
  fixture.componentRef.setInput('label', 'Go to session');
  fixture.componentRef.setInput('items', [anItem('here')]);
  fixture.componentRef.setInput('isLoading', isLoading);
  const chosen: string[] = [];
  fixture.componentInstance.chosen.subscribe((id) => chosen.push(id));
  await fixture.whenStable();
  return { fixture, chosen };
}

function box(fixture: ComponentFixture<FilterList>): HTMLInputElement {
  const input = (fixture.nativeElement as HTMLElement).querySelector('input');
  if (input === null) throw new Error('no field');
  return input;
}

function type(fixture: ComponentFixture<FilterList>, text: string): void {
  box(fixture).value = text;
  box(fixture).dispatchEvent(new Event('input'));
}

function enter(fixture: ComponentFixture<FilterList>): void {
  box(fixture).dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
}

describe(FilterList.name, () => {
  it('chooses the first item that has all the words', async () => {
    const { fixture, chosen } = await createList(false);
    fixture.componentRef.setInput('items', [anItem('here'), anItem('there and back')]);
    type(fixture, 'back the');
    enter(fixture);
    expect(chosen).toEqual(['there and back']);
  });

  it('chooses what was typed ahead when all items are here', async () => {
    const { fixture, chosen } = await createList(true);
    type(fixture, 'main');
    enter(fixture);
    await fixture.whenStable();
    expect(chosen).toEqual([]);
    fixture.componentRef.setInput('items', [anItem('here'), anItem('main')]);
    fixture.componentRef.setInput('isLoading', false);
    await fixture.whenStable();
    expect(chosen).toEqual(['main']);
  });

  it('chooses nothing by itself when the person typed on', async () => {
    const { fixture, chosen } = await createList(true);
    enter(fixture);
    type(fixture, 'he');
    fixture.componentRef.setInput('isLoading', false);
    await fixture.whenStable();
    expect(chosen).toEqual([]);
  });
});
