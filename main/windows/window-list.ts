import type { BrowserWindow, Rectangle, WebContents } from 'electron';
import { makeMainWindow } from './main-window.ts';

export interface WindowEvents {
  /** Its page can be seen, or is hidden or minimised. */
  shown(windowId: number, isVisible: boolean): void;
  closed(windowId: number): void;
}

/** The application's windows, by the number of their contents. */
export class WindowList {
  readonly #windows = new Map<number, BrowserWindow>();
  readonly #events: WindowEvents;

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
    window.once('closed', () => {
      this.#windows.delete(id);
      this.#events.closed(id);
    });
    return window;
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
