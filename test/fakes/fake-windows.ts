import type { BrowserWindow, Rectangle } from 'electron';
import { EventEmitter } from 'node:events';
import type { ScreenView } from '../../main/workspaces/display-list.ts';
import type { DisplayView } from '../../main/workspaces/display-match.ts';

let count = 0;

/** As much of a window as its place needs. */
export class FakeBrowserWindow extends EventEmitter {
  readonly webContents: { readonly id: number };
  #bounds: Rectangle;
  #isVisible = false;
  #isDestroyed = false;

  constructor(bounds: Rectangle) {
    super();
    count += 1;
    this.webContents = { id: count };
    this.#bounds = bounds;
  }

  isDestroyed = (): boolean => this.#isDestroyed;
  isVisible = (): boolean => this.#isVisible;
  isMinimized = (): boolean => false;
  isMaximized = (): boolean => false;
  isFullScreen = (): boolean => false;
  getBounds = (): Rectangle => this.#bounds;
  getNormalBounds = (): Rectangle => this.#bounds;
  focus = (): boolean => this.emit('focus');
  hide = (): boolean => (this.#isVisible = false);
  show = (): boolean => (this.#isVisible = true);
  showInactive = this.show;

  setBounds(bounds: Rectangle): void {
    this.#bounds = bounds;
    this.emit('move');
  }

  close(): void {
    this.emit('close');
    this.#isDestroyed = true;
    this.#isVisible = false;
    this.emit('closed');
  }

  asWindow(): BrowserWindow {
    return this as unknown as BrowserWindow;
  }
}

export function fakeDisplay(
  id: number,
  x: number,
  changes: Partial<DisplayView> = {},
): DisplayView {
  const bounds = { x, y: 0, width: 1600, height: 1000 };
  const display = { id, label: '', bounds, scaleFactor: 1, internal: false, ...changes };
  return { workArea: display.bounds, ...display };
}

/** A desktop whose displays the test plugs in and out. */
export class FakeScreen implements ScreenView {
  displays: readonly DisplayView[];

  constructor(...displays: readonly [DisplayView, ...DisplayView[]]) {
    this.displays = displays;
  }

  getAllDisplays(): readonly DisplayView[] {
    return this.displays;
  }

  getPrimaryDisplay(): DisplayView {
    const [first] = this.displays;
    if (!first) throw new Error('A desktop has a display');
    return first;
  }
}
