import type { BrowserWindow, Rectangle } from 'electron';
import { EventEmitter } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { WindowLayouts } from '../../../main/handlers/layout-handlers.ts';
import { ProfileStorage } from '../../../node/storage/profile-storage.ts';

/** As much of a window as its place needs. */
class PlacedWindow extends EventEmitter {
  readonly webContents: { readonly id: number };
  readonly #bounds: Rectangle;
  #isDestroyed = false;

  constructor(id: number, bounds: Rectangle) {
    super();
    this.webContents = { id };
    this.#bounds = bounds;
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  getNormalBounds(): Rectangle {
    if (this.#isDestroyed) throw new Error('Object has been destroyed');
    return this.#bounds;
  }

  close(): void {
    this.emit('close');
    this.#isDestroyed = true;
    this.emit('closed');
  }

  asWindow(): BrowserWindow {
    return this as unknown as BrowserWindow;
  }
}

const left = { x: 0, y: 0, width: 900, height: 700 };
const right = { x: 900, y: 0, width: 800, height: 600 };
const layout = { panels: [], dock: {}, rosterWidth: 300, collapsed: [] };

let folder: string;
let layouts: WindowLayouts;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'layouts-'));
  layouts = new WindowLayouts(new ProfileStorage(folder, (value) => value));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

it('keeps the place and the panels of the last window although it is closed when the app ends', async () => {
  const window = new PlacedWindow(1, left);
  layouts.track(window.asWindow(), undefined);
  await layouts.handlers.save(layout, { windowId: 1 });
  window.close();
  await layouts.save();
  expect(await layouts.restore()).toEqual([{ bounds: left, layout }]);
});

it('forgets a window that was closed while others are open', async () => {
  const windows = [new PlacedWindow(1, left), new PlacedWindow(2, right)] as const;
  for (const window of windows) layouts.track(window.asWindow(), undefined);
  windows[0].close();
  await layouts.save();
  expect(await layouts.restore()).toEqual([{ bounds: right }]);
});

it('lets a window that is opened after the last one was closed take its place', async () => {
  const first = new PlacedWindow(1, left);
  layouts.track(first.asWindow(), undefined);
  first.close();
  layouts.track(new PlacedWindow(2, right).asWindow(), undefined);
  await layouts.save();
  expect(await layouts.restore()).toEqual([{ bounds: right }]);
});
