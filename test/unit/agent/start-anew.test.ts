import { afterEach, expect, it, vi } from 'vitest';
import { Doorway } from '../../../agent/doorway.ts';
import { entitySessions } from '../../../agent/connect.ts';
import type { BareJid } from '../../../core/domain/jid.ts';
import { logsNode } from '../../../core/protocol/pubsub-nodes.ts';
import { el } from '../../../core/xml/element.ts';
import { childElements, namespaceOf } from '../../../demo/server/element-access.ts';
import { FaultSwitch } from '../../../demo/server/faults.ts';
import { type EmbeddedServer, startServer } from '../../../demo/server/server.ts';
import { Pubsub } from '../../../node/xmpp/pubsub.ts';
import { fetchVcard, publishVcard } from '../../../node/xmpp/vcard.ts';
import type { XmppSession } from '../../../node/xmpp/session.ts';
import { expectErr, expectOk } from '../../support/expect-result.ts';
import { waitFor } from '../../support/libvirtd.ts';
import { ADMIN, DOMAIN, TestAgent } from './test-agent.ts';

const HYPERVISOR = `atoll@${DOMAIN}/atoll`;
const BARE = `atoll@${DOMAIN}` as BareJid;

let server: EmbeddedServer | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

/** How often the hypervisor asked for a vCard, or set one, since the switch was last looked at. */
function vcardRequests(taken: {
  mock: { calls: readonly Parameters<FaultSwitch['take']>[] };
}): string[] {
  return taken.mock.calls
    .map(([request]) => request)
    .filter((request) => namespaceOf(childElements(request)[0] ?? el('none')) === 'vcard-temp')
    .filter(({ attributes }) => attributes['from']?.startsWith(BARE))
    .map(({ attributes }) => attributes['type'] ?? '');
}

/** Runs an agent on the server until its hypervisor shows itself, does something, and ends it. */
async function run(work?: (admin: XmppSession) => Promise<void>): Promise<void> {
  server ??= await startServer({ domain: DOMAIN, admins: [ADMIN], version: 'test' });
  const platform = await TestAgent.start({ server });
  await waitFor('the hypervisor to be online', 5000, () => platform.isOnline(HYPERVISOR));
  const admin = await platform.session('admin');
  await waitFor('the node that is made last', 5000, async () => {
    return (await new Pubsub(admin, `pubsub.${DOMAIN}`).items(logsNode(BARE))).ok;
  });
  await work?.(admin);
  await admin.disconnect();
  await platform.agent.stop();
}

it('publishes the vCard at the first start and leaves it alone at the next', async () => {
  const taken = vi.spyOn(FaultSwitch.prototype, 'take');
  await run();
  expect(vcardRequests(taken)).toEqual(['get', 'set']);
  taken.mockClear();
  await run(async (admin) => {
    expect(expectOk(await fetchVcard(admin, BARE)).vcard.role).toBe('hypervisor');
  });
  expect(vcardRequests(taken)).toEqual([]);
});

it('looks after the vCard again where the server lost what it was given', async () => {
  await run();
  await loseNode();
  const taken = vi.spyOn(FaultSwitch.prototype, 'take');
  await run();
  expect(vcardRequests(taken)).toEqual(['get', 'set']);
});

/** As after a server came back without its data, of the hypervisor at least. */
async function loseNode(): Promise<void> {
  const sessions = entitySessions({
    transport: { isSecure: true, open: async () => server!.connect() },
  });
  const password = async (): Promise<string> => 'hypervisor password';
  const session = sessions({ jid: BARE, password, resource: 'other' });
  expectOk(await session.connect());
  expectOk(await new Pubsub(session, `pubsub.${DOMAIN}`).delete(logsNode(BARE)));
  expectOk(await publishVcard(session, {}));
  await session.disconnect();
}

it('does not log in when its turn comes after it was told to stay away', async () => {
  server ??= await startServer({ domain: DOMAIN, admins: [ADMIN], version: 'test' });
  const doorway = new Doorway(1);
  let leave: () => void = () => undefined;
  const held = doorway.pass(() => new Promise<void>((go) => (leave = go)));
  const open = vi.fn(async () => server!.connect());
  const sessions = entitySessions({ transport: { isSecure: true, open }, doorway });
  const session = sessions({ jid: BARE, password: async () => 'secret', resource: 'one' });
  const outcome = session.connect();
  await session.disconnect();
  leave();
  await held;
  expect(expectErr(await outcome).code).toBe('link-closed');
  expect(open).not.toHaveBeenCalled();
});
