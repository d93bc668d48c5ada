import type { WebContents } from 'electron';
import { STREAM_PORT, type StreamPortNote } from '../../core/contract/stream-port.ts';
import { announcerTo } from '../ipc/announcer.ts';
import type { ConsoleWindow } from './console-desk.ts';

/** What a window is told of its consoles, as long as it is there. */
export function windowOfConsoles(contents: () => readonly WebContents[]): ConsoleWindow {
  const announcer = announcerTo(contents);
  return {
    state: (key, state) => announcer.consoles.changed({ key, state }),
    traffic: (key, traffic) => announcer.consoles.traffic({ key, traffic }),
    hand: (key, port) => {
      const note: StreamPortNote = { type: STREAM_PORT, key };
      const [one] = contents();
      if (one === undefined || one.isDestroyed()) port.close();
      else one.postMessage(STREAM_PORT, note, [port]);
    },
  };
}
