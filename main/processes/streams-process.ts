import type { MessagePortMain } from 'electron';
import { type PagePort, StreamTable } from '../streams/stream-table.ts';

/** The streams process: holds the connections to screens, so that none of them is in main or a page. */
const table = new StreamTable((report) => {
  process.parentPort.postMessage(report);
});

process.parentPort.on('message', ({ data, ports }) => {
  const [port] = ports;
  table.obey(data, port && pagePort(port));
});

function pagePort(port: MessagePortMain): PagePort {
  return {
    postMessage: (message) => port.postMessage(message),
    close: () => port.close(),
    listen: (onMessage, onClose) => {
      port.on('message', ({ data }: { readonly data: unknown }) => onMessage(data));
      port.on('close', onClose);
      port.start();
    },
  };
}
