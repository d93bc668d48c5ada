import { describe, expect, it, vi, afterEach, beforeEach } from 'vitest';
import type { PanelPlace } from '../../../../core/contract/layouts.ts';
import { PanelMoves } from '../../../../main/workspaces/panel-moves.ts';
import { Workspaces } from '../../../../main/workspaces/workspaces.ts';
import { FakeBrowserWindow, FakeScreen, fakeDisplay } from '../../../fakes/fake-windows.ts';

const left = fakeDisplay(1, 0);
const right = fakeDisplay(2, 1600);
const panel: PanelPlace = { id: 'p', panel: 'stanzas', subject: '', state: { text: 'iq' } };

let screen: FakeScreen;
let made: FakeBrowserWindow[];
let workspaces: Workspaces;
let moves: PanelMoves;
let told: { readonly windowId: number; readonly move: number }[];
let pointer: { x: number; y: number };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  screen = new FakeScreen(left, right);
  made = [];
  told = [];
  pointer = { x: 0, y: 0 };
  workspaces = new Workspaces({
    storage: {
      load: async () => ({ ok: true, value: undefined }),
      save: async () => ({ ok: true, value: undefined }),
    },
    screen,
    make: (bounds) => {
      const window = new FakeBrowserWindow(bounds);
      made.push(window);
      return window.asWindow();
    },
    changed: () => undefined,
    replaced: () => undefined,
  });
  moves = new PanelMoves({
    windows: workspaces.windows,
    displays: workspaces.displays,
    pointer: () => pointer,
    comes: (windowId, move) => told.push({ windowId, move }),
  });
  workspaces.windows.restore('debugging');
  for (const window of made) window.emit('ready-to-show');
});

afterEach(() => {
  vi.useRealTimers();
});

const windows = () => workspaces.windows.all();

describe('a panel that moves', () => {
  it('may leave its window once the other one has it', async () => {
    const [from, to] = windows();
    const moving = moves.move(panel, { to: 'display', display: 2 }, from!);
    expect(told).toEqual([{ windowId: to!.id, move: 1 }]);
    moves.arrived(1, from!.id);
    moves.arrived(1, to!.id);
    expect(await moving).toEqual({ ok: true, value: undefined });
  });

  it('stays when the other window does not take it, or closes meanwhile', async () => {
    const [from, to] = windows();
    const slow = moves.move(panel, { to: 'window', window: to!.id }, from!);
    vi.advanceTimersByTime(5_000);
    expect(await slow).toMatchObject({ ok: false, error: { code: 'not-found' } });
    const closing = moves.move(panel, { to: 'window', window: to!.id }, from!);
    made[1]!.close();
    expect(await closing).toMatchObject({ ok: false });
  });

  it('does not go where nobody sees it', async () => {
    const [from, to] = windows();
    screen.displays = [left];
    workspaces.windows.rearrange();
    const hidden = await moves.move(panel, { to: 'window', window: to!.id }, from!);
    expect([hidden.ok, told]).toEqual([false, []]);
  });

  it('begins a window of its own, which keeps it before its page is there', async () => {
    const [from] = windows();
    expect(await moves.move(panel, { to: 'new-window' }, from!)).toMatchObject({ ok: true });
    expect(workspaces.windows.startOf(windows()[2]!.id)?.panels).toEqual([
      { panel: 'stanzas', subject: '', place: 'tab', state: { text: 'iq' } },
    ]);
  });

  it('that is dragged goes to the window under the pointer, and nowhere else', async () => {
    const [from, to] = windows();
    pointer = { x: 1700, y: 100 };
    const dropped = moves.move(panel, { to: 'pointer' }, from!);
    moves.arrived(1, to!.id);
    expect(await dropped).toMatchObject({ ok: true });
    pointer = { x: 9000, y: 100 };
    expect(await moves.move(panel, { to: 'pointer' }, from!)).toEqual({
      ok: false,
      error: { code: 'cancelled' },
    });
  });
});
