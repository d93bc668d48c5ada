import type { BrowserWindow } from 'electron';
import { STREAM_PORT, type StreamPortNote } from '../../core/contract/stream-port.ts';
import { announcerTo } from '../ipc/announcer.ts';
import type { LogWindow } from './log-desk.ts';

/** What a window is told of its logs, as long as it is there. */
export function windowOfLogs(find: () => BrowserWindow | undefined): LogWindow {
  const announcer = announcerTo(() => {
    const window = find();
    return window ? [window.webContents] : [];
  });
  return {
    state: (key, state) => announcer.logs.changed({ key, state }),
    hand: (key, port) => {
      const note: StreamPortNote = { type: STREAM_PORT, key };
      const contents = find()?.webContents;
      if (!contents || contents.isDestroyed()) port.close();
      else contents.postMessage(STREAM_PORT, note, [port]);
    },
    isVisible: () => find()?.isVisible() ?? false,
  };
}
