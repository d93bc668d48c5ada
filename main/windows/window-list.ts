import type { BrowserWindow, Rectangle, WebContents } from 'electron';
import { makeMainWindow } from './main-window.ts';

export interface WindowEvents {
  /** Its page can be seen, or is hidden or minimised. */
  shown(windowId: number, isVisible: boolean): void;
  closed(windowId: number): void;
  /** Its page ended by itself, and is loaded anew; `reason` is Electron's word for it. */
  crashed(reason: string): void;
}

/** A page that crashes again so soon is given a pause, or it would keep the computer busy. */
const SOON_MS = 60_000;
const PAUSE_MS = 10_000;

/** The application's windows, by the number of their contents. */
export class WindowList {
  readonly #windows = new Map<number, BrowserWindow>();
  readonly #events: WindowEvents;
  /** When a page crashed last, in milliseconds since 1970. */
  readonly #crashedAt = new Map<number, number>();

  constructor(events: WindowEvents) {
    this.#events = events;
  }

  make(bounds: Rectangle): BrowserWindow {
    const window = makeMainWindow(bounds);
    const { id } = window.webContents;
    this.#windows.set(id, window);
    const tell = (isVisible: boolean) => () => {
      this.#events.shown(id, isVisible);
    };
    window.on('show', tell(true));
    window.on('restore', tell(true));
    window.on('hide', tell(false));
    window.on('minimize', tell(false));
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason !== 'clean-exit') this.#revive(window, id, reason);
    });
    window.once('closed', () => {
      this.#windows.delete(id);
      this.#crashedAt.delete(id);
      this.#events.closed(id);
    });
    return window;
  }

  /** What the page had open is ended, as if its window had been closed; then it begins anew. */
  #revive(window: BrowserWindow, id: number, reason: string): void {
    this.#events.closed(id);
    this.#events.shown(id, window.isVisible() && !window.isMinimized());
    const isAgain = Date.now() - (this.#crashedAt.get(id) ?? 0) < SOON_MS;
    this.#crashedAt.set(id, Date.now());
    const load = (): void => {
      if (window.isDestroyed()) return;
      // A page that is gone would not hear of it.
      window.webContents.once('did-finish-load', () => this.#events.crashed(reason));
      window.webContents.reload();
    };
    setTimeout(load, isAgain ? PAUSE_MS : 0);
  }

  all(): readonly BrowserWindow[] {
    return [...this.#windows.values()];
  }

  find(windowId: number): BrowserWindow | undefined {
    return this.#windows.get(windowId);
  }

  contents(): readonly WebContents[] {
    return this.all().map((window) => window.webContents);
  }

  contentsOf(windowId: number): readonly WebContents[] {
    const window = this.#windows.get(windowId);
    return window ? [window.webContents] : [];
  }

  /** The focused window, or else the first that is not hidden. */
  front(): BrowserWindow | undefined {
    const all = this.all();
    return all.find((one) => one.isFocused()) ?? all.find((one) => one.isVisible()) ?? all[0];
  }

  /** Brings a window to the front. */
  raise(): BrowserWindow | undefined {
    const window = this.front();
    if (!window) return undefined;
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
    return window;
  }
}
