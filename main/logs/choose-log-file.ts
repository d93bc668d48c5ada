import { dialog, type BrowserWindow } from 'electron';

const FILTERS = [{ name: 'Log', extensions: ['log', 'txt'] }];

/** Asks where the lines of a log are to be saved. */
export function chooseLogFile(
  windowOf: (windowId: number) => BrowserWindow | undefined,
): (name: string, windowId: number) => Promise<string | undefined> {
  return async (name, windowId) => {
    const base = name.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 100) || 'archipel';
    const options = { defaultPath: `${base}.log`, filters: FILTERS };
    const window = windowOf(windowId);
    const chosen = window
      ? await dialog.showSaveDialog(window, options)
      : await dialog.showSaveDialog(options);
    return chosen.canceled || chosen.filePath === '' ? undefined : chosen.filePath;
  };
}
