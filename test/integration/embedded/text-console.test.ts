import { MessageChannel } from 'node:worker_threads';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { planText } from '../../../client/consoles/text-plan.ts';
import { MODULES } from '../../../core/protocol/all-actions.ts';
import type { Entity } from '../../../core/domain/entity.ts';
import type { Platform } from '../../../demo/platform.ts';
import { sshStreams } from '../../../main/streams/ssh/ssh-streams.ts';
import type { StreamReport } from '../../../main/streams/stream-messages.ts';
import { StreamTable } from '../../../main/streams/stream-table.ts';
import { expectOk } from '../../support/expect-result.ts';
import { waitFor } from '../../support/libvirtd.ts';
import { ApplicationOnPlatform, startTestPlatform } from '../client/application-on-platform.ts';

const WAIT_MS = 10_000;

let platform: Platform;
let on: ApplicationOnPlatform;
let machine: Entity;

beforeAll(async () => {
  platform = await startTestPlatform();
  on = new ApplicationOnPlatform(platform);
  await on.logIn();
  machine = on.named(platform.world.hosts[0]!.machines[0]!.name);
});

afterAll(async () => {
  await on.stop();
  await platform.stop();
  expect(on.bugs).toEqual([]);
});

/** A page with the text console of the machine, opened as main and the streams process do. */
async function open({ force = false, pin }: { force?: boolean; pin?: string } = {}) {
  const wish = { place: 'here', ssh: 'none', force } as const;
  const planned = expectOk(await planText(on.application, machine, wish));
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

it('answers on a text console what is typed, over TLS whose certificate is pinned', async () => {
  const { wait, type, shows, close } = await open();
  await wait('serial-open');
  await shows(`${machine.name} login: `);
  type('ada\r');
  await shows('Password: ');
  type('secret\r');
  await shows('Welcome.');
  type('hostname\r');
  await shows(`hostname\r\n${machine.name}\r\n`);
  close();
  await wait('serial-ended');
});

it('says that somebody else has a text console, and ends theirs when it is taken over', async () => {
  const first = await open();
  await first.wait('serial-open');
  const second = await open();
  await second.wait('serial-ended');
  const reason = expect.stringContaining('Active console session exists') as string;
  const failure = { code: 'websocket-refused', reason };
  expect(second.told('serial-ended')).toMatchObject([{ failure }]);
  const third = await open({ force: true });
  await third.wait('serial-open');
  await first.wait('serial-ended');
  expect(first.told('serial-ended')).toMatchObject([{ failure: { code: 'closed' } }]);
  third.close();
});

it('shows no token to a proxy of a text console with another certificate', async () => {
  const { told, wait } = await open({ pin: 'AB:CD' });
  await wait('serial-ended');
  const failure = { code: 'certificate', problem: 'pin-changed' };
  expect([told('serial-open'), told('serial-ended')]).toMatchObject([[], [{ failure }]]);
});

it('ends a text console when the machine is forced off', async () => {
  const { told, wait } = await open();
  await wait('serial-open');
  expectOk(await on.application.call(machine.id, MODULES.vm.destroy, {}));
  await wait('serial-ended');
  expect(told('serial-ended')).toMatchObject([{ failure: { code: 'closed' } }]);
});
