import { TestBed } from '@angular/core/testing';
import { PANEL_MAX_PX, PanelSettings } from './panel-settings';

function createSettings(kept?: string): PanelSettings {
  TestBed.resetTestingModule();
  if (kept !== undefined) localStorage.setItem('tmuxy.files', kept);
  return TestBed.inject(PanelSettings);
}

describe(PanelSettings.name, () => {
  afterEach(() => {
    localStorage.clear();
  });

  it('keeps what was chosen', () => {
    createSettings().change({ isOpen: true, side: 'left', width: 512.4, follows: false });

    const look = createSettings().look();
    expect(look).toMatchObject({ isOpen: true, side: 'left', width: 512, follows: false });
  });

  it.each(['{', 'null', '[]', '"x"', '{"width":"wide","side":3,"isOpen":"yes","other":1}'])(
    'begins anew where %s was kept',
    (kept) => {
      const look = createSettings(kept).look();
      expect(look).toEqual({
        isOpen: false,
        side: 'right',
        width: 340,
        follows: true,
        wraps: false,
      });
    },
  );

  it('holds the width within what a panel can be', () => {
    const settings = createSettings('{"width":1e9,"side":"above"}');
    expect(settings.look()).toMatchObject({ width: PANEL_MAX_PX, side: 'right' });
  });
});
