import { isStreamPortNote } from '../../core/contract/stream-port.ts';

/** Gives each port that main hands to this window to its taker, until the returned function is called. */
export function watchStreamPorts(take: (key: string, port: MessagePort) => void): () => void {
  const receive = ({ data, source, ports }: MessageEvent<unknown>): void => {
    const [port] = ports;
    // The preload speaks from within this very window.
    if (source === window && port !== undefined && isStreamPortNote(data)) take(data.key, port);
  };
  window.addEventListener('message', receive);
  return () => window.removeEventListener('message', receive);
}
