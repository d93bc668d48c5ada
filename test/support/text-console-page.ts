import { MessageChannel } from 'node:worker_threads';
import { planText } from '../../client/consoles/text-plan.ts';
import type { Client } from '../../client/client.ts';
import type { Entity } from '../../core/domain/entity.ts';
import { sshStreams } from '../../main/streams/ssh/ssh-streams.ts';
import type { StreamReport } from '../../main/streams/stream-messages.ts';
import { StreamTable } from '../../main/streams/stream-table.ts';
import { expectOk } from './expect-result.ts';
import { waitFor } from './libvirtd.ts';

const WAIT_MS = 10_000;

export interface TextConsoleWish {
  readonly force?: boolean;
  /** Fingerprint that is held to the proxy's certificate in place of the agent's word. */
  readonly pin?: string;
}

/** A page with the text console of a machine, opened as main and the streams process do. */
export async function openTextConsole(
  client: Pick<Client, 'call'>,
  machine: Entity,
  { force = false, pin }: TextConsoleWish = {},
) {
  const wish = { place: 'here', ssh: 'none', force } as const;
  const planned = expectOk(await planText(client, machine, wish));
  const ways = planned.map((way) => (pin === undefined ? way : { ...way, fingerprint: pin }));
  const reports: StreamReport[] = [];
  const report = (one: StreamReport): void => void reports.push(one);
  const table = new StreamTable(report, sshStreams('/dev/null', report));
  const { port1, port2: page } = new MessageChannel();
  let heard = '';
  page.on('message', (bytes: Uint8Array) => {
    heard += Buffer.from(bytes).toString();
    page.postMessage({ taken: bytes.length });
  });
  table.obey(
    { kind: 'open-serial', id: 1, ways, columns: 80, rows: 24 },
    {
      postMessage: (message) => port1.postMessage(message),
      close: () => port1.close(),
      listen: (onMessage, onClose) => void port1.on('message', onMessage).on('close', onClose),
    },
  );
  const told = (kind: StreamReport['kind']) => reports.filter((one) => one.kind === kind);
  return {
    told,
    wait: (kind: StreamReport['kind']) => waitFor(kind, WAIT_MS, () => told(kind).length > 0),
    type: (text: string) => page.postMessage(Uint8Array.from(Buffer.from(text))),
    shows: (text: string) => waitFor(text, WAIT_MS, () => heard.includes(text)),
    close: () => page.close(),
  };
}
