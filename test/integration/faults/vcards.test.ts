import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Platform } from '../../../demo/platform.ts';
import type { FaultEffect } from '../../../demo/server/faults.ts';
import { XmppSession } from '../../../node/xmpp/session.ts';
import { MemoryStorage } from '../../support/client-ports.ts';
import { ApplicationOnPlatform, startTestPlatform } from '../client/application-on-platform.ts';

const MEBIBYTE = 1024 * 1024;

let platform: Platform;
let on: ApplicationOnPlatform;
/** Every time the connection was lost. */
let losses: number;

beforeEach(async () => {
  platform = await startTestPlatform({ scriptedAbove: 0 });
  losses = 0;
  on = new ApplicationOnPlatform(platform, new MemoryStorage(), {
    createSession: (options) => {
      const session = new XmppSession(options);
      session.on('stateChanged', ({ kind }) => {
        if (kind === 'waiting') losses += 1;
      });
      return session;
    },
  });
});

afterEach(async () => {
  await on.stop();
  await platform.stop();
});

/** Logs in and looks at all, while the vCards of the first hypervisor and its first machine are answered like this. */
async function logInWith(effect: FaultEffect) {
  const host = platform.world.hosts[0]!;
  const machine = host.machines[0]!;
  const faulty = [host.name, machine.uuid].map((node) => `${node}@archipel.test`);
  for (const to of faulty) {
    platform.server.domain.faults.add({ match: { to, namespace: 'vcard-temp' }, effect });
  }
  await on.logIn();
  for (const { account, jid } of on.online()) on.application.accounts.link(account)?.look(jid);
  await on.audience.until(() =>
    on.online().every(({ jid, vcard }) => vcard !== undefined || faulty.includes(jid)),
  );
  return { faulty, names: [host.name, machine.name] };
}

it('shows an entity with a broken vCard by its name, and all others with theirs', async () => {
  const { faulty, names } = await logInWith({ kind: 'broken-vcard' });
  expect({
    broken: on
      .online()
      .filter(({ jid }) => faulty.includes(jid))
      .map(({ name }) => name),
    others: on.online().filter(({ vcard }) => vcard?.fullName !== undefined).length,
    bugs: on.bugs,
  }).toEqual({ broken: names, others: on.agentCount - 2, bugs: [] });
});

it('leaves a picture of 50 MB out, and keeps the connection', async () => {
  const { faulty, names } = await logInWith({
    kind: 'huge-avatar',
    bytes: 50 * MEBIBYTE,
  });
  expect({
    big: on
      .online()
      .filter(({ jid }) => faulty.includes(jid))
      .map(({ name }) => name),
    others: on.online().filter(({ vcard }) => vcard?.fullName !== undefined).length,
    pictures: on.pictures.pictures.size,
    losses,
    bugs: on.bugs,
  }).toEqual({
    big: names,
    others: on.agentCount - 2,
    pictures: on.agentCount - 2,
    losses: 0,
    bugs: [],
  });
});
