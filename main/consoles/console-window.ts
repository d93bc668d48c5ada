import type { MessagePortMain, WebContents } from 'electron';
import { STREAM_PORT, type StreamPortNote } from '../../core/contract/stream-port.ts';
import { announcerTo } from '../ipc/announcer.ts';
import type { ConsoleWindow } from './console-desk.ts';

/** What a window is told of its consoles, as long as it is there. */
export function windowOfConsoles(contents: () => readonly WebContents[]): ConsoleWindow {
  const announcer = announcerTo(contents);
  return {
    state: (key, state) => announcer.consoles.changed({ key, state }),
    traffic: (key, traffic) => announcer.consoles.traffic({ key, traffic }),
    hand: (key, port) => handPort(contents(), key, port),
  };
}

/** Hands the port of a stream to a window, under the window's own name for it. */
export function handPort(
  [contents]: readonly WebContents[],
  key: string,
  port: MessagePortMain,
): void {
  const note: StreamPortNote = { type: STREAM_PORT, key };
  if (contents === undefined || contents.isDestroyed()) port.close();
  else contents.postMessage(STREAM_PORT, note, [port]);
}
