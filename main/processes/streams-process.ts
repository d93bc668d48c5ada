import type { MessagePortMain } from 'electron';
import { sshStreams } from '../streams/ssh/ssh-streams.ts';
import type { StreamReport } from '../streams/stream-messages.ts';
import type { PagePort } from '../streams/port-flow.ts';
import { StreamTable } from '../streams/stream-table.ts';

/**
 * The streams process: holds the connections to screens and SSH hosts, so that none of them is in main
 * or a page. Its argument is the file of the host keys that the user trusts.
 */
const [knownHosts = ''] = process.argv.slice(2);
const report = (one: StreamReport): void => {
  process.parentPort.postMessage(one);
};
const table = new StreamTable(report, sshStreams(knownHosts, report));

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
