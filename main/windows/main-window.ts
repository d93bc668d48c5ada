import { BrowserWindow, type Rectangle } from 'electron';
import path from 'node:path';
import { appOrigin } from './app-protocol.ts';

/** What every window of ours is made with: nothing of Node or Electron in the page. */
export const PAGE_PREFERENCES = {
  preload: path.join(import.meta.dirname, '../preload/index.cjs'),
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webviewTag: false,
  spellcheck: false,
} as const;

/** Makes a window of the application; whoever asked for it shows it once it has something to show. */
export function makeMainWindow(bounds: Rectangle): BrowserWindow {
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 800,
    minHeight: 500,
    show: false,
    autoHideMenuBar: true,
    title: 'Archipel',
    webPreferences: PAGE_PREFERENCES,
  });
  void window.loadURL(`${appOrigin}/index.html`);
  return window;
}
