import { HttpErrorResponse } from '@angular/common/http';
import { TestBed } from '@angular/core/testing';
import type { FileRootsView } from '#dto';
import { STREAM_ENVIRONMENT } from '../stream/stream-environment';
import { aPane, aWindow, FakeSession } from '../workbench/fake-session';
import { FilePlaces } from './file-places';
import { FilesApi } from './places/files-api';
import { aRoot } from './tree/tree-fixtures';

function atOnce(_ms: number, act: () => void): () => void {
  queueMicrotask(act);
  return () => undefined;
}

async function createPlaces(
  answer: () => Promise<FileRootsView>,
): Promise<{ places: FilePlaces; session: FakeSession; settle: () => Promise<void> }> {
  const session = new FakeSession();
  session.windows.set([aWindow('@1', 0, { active: true })]);
  session.panes.set(new Map([['%1', aPane('%1', '@1', { path: '/srv/app' })]]));
  TestBed.configureTestingModule({
    providers: [
      ...session.providers(),
      FilePlaces,
      { provide: STREAM_ENVIRONMENT, useValue: { after: atOnce } },
      { provide: FilesApi, useValue: { roots: answer } },
    ],
  });
  const places = TestBed.inject(FilePlaces);
  const settle = async (): Promise<void> => {
    TestBed.tick();
    await new Promise((resolve) => setTimeout(resolve));
  };
  await settle();
  return { places, session, settle };
}

const view = (...roots: FileRootsView['roots']): FileRootsView => ({ roots, uploadMaxBytes: null });

describe(FilePlaces.name, () => {
  afterEach(() => {
    localStorage.clear();
  });

  it('is not available where there is nothing to look into', async () => {
    const gone: Error = new HttpErrorResponse({ status: 404 });
    const { places } = await createPlaces(() => Promise.reject(gone));
    places.show();
    expect(places.isAvailable()).toBe(false);
    expect(places.isOpen()).toBe(false);
    expect(places.problem()).toBeNull();
  });

  it('has each path once', async () => {
    const { places } = await createPlaces(() =>
      Promise.resolve(
        view(
          aRoot('/srv'),
          aRoot('/srv', { kind: 'session' }),
          aRoot('/srv/app', { kind: 'session' }),
          aRoot('/home/ana', { kind: 'session' }),
          aRoot('/home/ana/x', { kind: 'session' }),
          aRoot('/home/anabel', { kind: 'session' }),
        ),
      ),
    );
    expect(places.roots().map(({ path }) => path)).toEqual(['/srv', '/home/ana', '/home/anabel']);
  });

  it('asks again when a pane goes elsewhere, and shows its directory', async () => {
    let asked = 0;
    const { places, session, settle } = await createPlaces(() => {
      asked++;
      return Promise.resolve(view(aRoot('/srv')));
    });
    expect(asked).toBe(1);
    session.panes.set(new Map([['%1', aPane('%1', '@1', { path: '/srv/other' })]]));
    await settle();
    expect(asked).toBe(2);
    const roots = places.roots();
    session.connection.set({ status: 'live' });
    session.panes.update((panes) => new Map(panes));
    await settle();
    expect(asked).toBe(2);
    await places.reload();
    expect(places.roots()).toBe(roots);
    places.show();
    expect(places.isOpen()).toBe(true);
    expect(places.revealRequest()).toEqual({ path: '/srv/other' });
  });

  it('keeps what it knew when nothing answers, and says so', async () => {
    const answers = [Promise.resolve(view(aRoot('/srv')))];
    const lost: Error = new HttpErrorResponse({ status: 0 });
    const { places } = await createPlaces(() => answers.shift() ?? Promise.reject(lost));
    await places.reload();
    expect(places.isAvailable()).toBe(true);
    expect(places.problem()).toMatch(/does not answer/);
  });
});
