import { expect } from 'vitest';
import { parseJid } from '../../../core/domain/jid.ts';
import { hypervisorControl } from '../../../core/protocol/hypervisor-control.ts';
import { log } from '../../../core/protocol/log.ts';
import { readLogLines } from '../../../core/protocol/log-lines.ts';
import { expectOk } from '../../support/expect-result.ts';
import { waitFor } from '../../support/libvirtd.ts';
import type { XmppServerDescription } from '../../support/xmpp-daemon.ts';
import { Observer } from './observer.ts';

/** New lines of the agent's log reach the session that asked for them, and no other of that user. */
export async function sendsItsLog(
  admin: Observer,
  hypervisor: string,
  server: XmppServerDescription,
): Promise<void> {
  const heardBy = ({ session }: Observer): string[] => {
    const heard: string[] = [];
    session.on('message', (message) => {
      const told = readLogLines(message);
      if (told) heard.push(...expectOk(told).lines);
    });
    return heard;
  };
  const stranger = await Observer.online(server, server.users[1]!);
  const [own, others] = [heardBy(admin), heardBy(stranger)];
  expect(await stranger.ask(hypervisor, log.subscribe, { leaseSeconds: 60 })).toMatchObject({
    ok: false,
    error: { code: 'permission-denied' },
  });
  expectOk(await admin.ask(hypervisor, log.subscribe, { leaseSeconds: 60 }));
  const unknown = parseJid(`nobody@${server.domain}`)!.bare;
  expect(await admin.ask(hypervisor, hypervisorControl.free, { jid: unknown })).toMatchObject({
    ok: false,
  });
  await waitFor('the line about it', 10_000, () => own.some((line) => line.includes('free')));
  expectOk(await admin.ask(hypervisor, log.unsubscribe, {}));
  expect(others).toEqual([]);
  await stranger.stop();
}
