import { BrowserWindow, screen, type Rectangle } from 'electron';
import path from 'node:path';
import { appOrigin } from './app-protocol.ts';

const DEFAULT_SIZE = { width: 1440, height: 900 };

/** What every window of ours is made with: nothing of Node or Electron in the page. */
export const PAGE_PREFERENCES = {
  preload: path.join(import.meta.dirname, '../preload/index.cjs'),
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webviewTag: false,
  spellcheck: false,
} as const;

/** Opens a window of the application and shows it as soon as it has something to show. */
export function openMainWindow(bounds: Rectangle | undefined): BrowserWindow {
  const window = new BrowserWindow({
    ...(bounds && isOnSomeDisplay(bounds) ? bounds : firstSize()),
    minWidth: 800,
    minHeight: 500,
    show: false,
    autoHideMenuBar: true,
    title: 'Archipel',
    webPreferences: PAGE_PREFERENCES,
  });
  window.once('ready-to-show', () => {
    window.show();
  });
  void window.loadURL(`${appOrigin}/index.html`);
  return window;
}

/** As large as is comfortable, and no larger than the display. */
function firstSize(): { readonly width: number; readonly height: number } {
  const { width, height } = screen.getPrimaryDisplay().workAreaSize;
  return {
    width: Math.min(DEFAULT_SIZE.width, width),
    height: Math.min(DEFAULT_SIZE.height, height),
  };
}

/** A display that was unplugged must not take a window with it. */
function isOnSomeDisplay(bounds: Rectangle): boolean {
  return screen.getAllDisplays().some(({ workArea }) => {
    const right = Math.min(bounds.x + bounds.width, workArea.x + workArea.width);
    const bottom = Math.min(bounds.y + bounds.height, workArea.y + workArea.height);
    return (
      right - Math.max(bounds.x, workArea.x) > 100 && bottom - Math.max(bounds.y, workArea.y) > 100
    );
  });
}
