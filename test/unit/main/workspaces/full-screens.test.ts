import { describe, expect, it } from 'vitest';
import { FullScreens } from '../../../../main/workspaces/full-screens.ts';
import { OpenWindow } from '../../../../main/workspaces/open-window.ts';
import { FakeBrowserWindow, fakeDisplay } from '../../../fakes/fake-windows.ts';

const home = { x: 100, y: 80, width: 1200, height: 800 };

function seat() {
  const [left, right] = [fakeDisplay(1, 0), fakeDisplay(2, 1600)];
  const window = new FakeBrowserWindow(home);
  const events = { rested: () => undefined, closed: () => undefined };
  const stored = { workspace: 'overview', stored: 'w1' };
  const open = new OpenWindow(window.asWindow(), stored, events);
  return { fullScreens: new FullScreens({ all: [left, right] }), window, open, right };
}

describe('a window that fills another display', () => {
  it('goes there, and back to its place once it leaves the full screen', () => {
    const { fullScreens, window, open, right } = seat();
    expect(fullScreens.fill(open, 2)).toMatchObject({ ok: true });
    expect(window.getBounds()).toEqual(right.bounds);
    window.emit('leave-html-full-screen');
    expect(window.getBounds()).toEqual(home);
  });

  it('goes back to its first place from one display after another', () => {
    const { fullScreens, window, open } = seat();
    fullScreens.fill(open, 2);
    fullScreens.fill(open, 1);
    fullScreens.leave(open);
    expect(window.getBounds()).toEqual(home);
  });

  it('stays where it is on its own display, and for one that is gone', () => {
    const { fullScreens, window, open } = seat();
    expect(fullScreens.fill(open, 1)).toMatchObject({ ok: true });
    expect(fullScreens.fill(open, 3)).toMatchObject({ ok: false, error: { code: 'not-found' } });
    window.emit('leave-html-full-screen');
    expect(window.getBounds()).toEqual(home);
  });
});
