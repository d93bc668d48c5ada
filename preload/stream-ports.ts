import { ipcRenderer } from 'electron';
import { isStreamPortNote, STREAM_PORT } from '../core/contract/stream-port.ts';

/** Passes ports that main hands over on to the page, which cannot see Electron's own messages. */
export function passStreamPorts(): void {
  ipcRenderer.on(STREAM_PORT, (event, note: unknown) => {
    if (isStreamPortNote(note)) window.postMessage(note, location.origin, [...event.ports]);
  });
}
