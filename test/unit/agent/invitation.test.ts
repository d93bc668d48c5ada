import { afterEach, expect, it } from 'vitest';
import { hypervisorControl } from '../../../core/protocol/hypervisor-control.ts';
import { parseJid } from '../../../core/domain/jid.ts';
import { el } from '../../../core/xml/element.ts';
import { askEntity } from '../../support/ask-entity.ts';
import { expectOk } from '../../support/expect-result.ts';
import { waitFor } from '../../support/libvirtd.ts';
import { ADMIN, DOMAIN, TestAgent } from './test-agent.ts';

const HYPERVISOR = `atoll@${DOMAIN}/atoll`;
const NOTHING = {
  organisation: undefined,
  unit: undefined,
  locality: undefined,
  owner: undefined,
  categories: undefined,
  domain: undefined,
};

let platform: TestAgent | undefined;
afterEach(async () => platform?.stop());

it('is kept until the server says that it has it, and tried again when the link goes on', async () => {
  platform = await TestAgent.start();
  const { agent, lines, server, store } = platform;
  await waitFor('the hypervisor to be online', 5000, () => platform!.isOnline(HYPERVISOR));
  const admin = await platform.session('admin');
  const inviting: (string | undefined)[] = [];
  admin.on('presence', (stanza) => {
    if (stanza.attribute('type') === 'subscribe') inviting.push(stanza.attribute('from'));
  });
  // Servers give requests only to sessions that are present.
  await admin.send(el('presence'));
  const refused = { kind: 'error', condition: 'internal-server-error' } as const;
  const mend = server.domain.faults.add({
    match: { namespace: 'jabber:iq:roster' },
    effect: refused,
  });
  const request = { ...NOTHING, name: 'late' };
  const made = expectOk(await askEntity(admin, HYPERVISOR, hypervisorControl.alloc, request));
  const machine = parseJid(made.jid)!.bare;
  await waitFor('the invitation to fail', 5000, () =>
    lines.some((line) => line.includes(`could not invite ${ADMIN}`)),
  );
  const requesters = async () =>
    expectOk(await store.machines.load())?.map(({ requester }) => requester);
  expect(await requesters()).toEqual([ADMIN]);
  mend();
  server.domain.cutLinks(machine);
  await waitFor('its end', 10_000, () => !agent.host.machines()[0]?.record.requester);
  expect(await requesters()).toEqual([undefined]);
  // The server does not ask twice what was not answered.
  expect(inviting).toEqual([machine]);
});
