import { expect } from 'vitest';
import { parseJid } from '../../../core/domain/jid.ts';
import type { Action } from '../../../core/protocol/define-action.ts';
import { hypervisorControl } from '../../../core/protocol/hypervisor-control.ts';
import { outcome } from '../../../core/protocol/outcome.ts';
import { readReply } from '../../../core/protocol/reply.ts';
import { writeRequest } from '../../../core/protocol/request.ts';
import { vmControl } from '../../../core/protocol/vm-control.ts';
import { expectOk } from '../../support/expect-result.ts';
import type { XmppServerDescription } from '../../support/xmpp-daemon.ts';
import { Observer } from './observer.ts';

const UNSAID = {
  organisation: undefined,
  unit: undefined,
  locality: undefined,
  owner: undefined,
  categories: undefined,
  domain: undefined,
};

/** Of a machine that is off: what became of orders is told to who gave them, and to nobody else. */
export async function tellsOutcomes(
  admin: Observer,
  { machine: jid, hypervisor }: { readonly machine: string; readonly hypervisor: string },
  server: XmppServerDescription,
): Promise<void> {
  const sent = (id: string, action: Action<object>) => {
    return admin.session.request(jid, 'set', writeRequest(action, {}), { id });
  };
  await sent('order-1', vmControl.create);
  await sent('order-2', vmControl.create);
  const asked = async (id: string) => expectOk(await admin.ask(jid, outcome.get, { id }));
  const told = await Promise.all(['order-1', 'order-2', 'order-3'].map(asked));
  expect(told.map((one) => [one.outcome, one.action, one.error?.number])).toEqual([
    ['done', 'create', undefined],
    ['failed', 'create', 1],
    ['unheard', undefined, undefined],
  ]);
  // It was given up by the question.
  expect(await sent('order-3', vmControl.destroy)).toMatchObject({ ok: false });
  expect(expectOk(await admin.ask(jid, vmControl.info, {}))?.state).toBe(1);
  const stranger = await Observer.online(server, server.users[1]!);
  const sender = parseJid(server.admin.jid)!.bare;
  expect(await stranger.ask(jid, outcome.get, { id: 'order-1', sender })).toMatchObject({
    ok: false,
    error: { code: 'permission-denied' },
  });
  const own = expectOk(await stranger.ask(jid, outcome.get, { id: 'order-1' }));
  expect(own.outcome).toBe('unheard');
  await stranger.stop();
  await tellsWhatWasMade(admin, hypervisor);
}

/** Of a hypervisor: which machine an order made. */
async function tellsWhatWasMade(admin: Observer, hypervisor: string): Promise<void> {
  const { alloc, free } = hypervisorControl;
  const order = writeRequest(alloc, { ...UNSAID, name: 'mangrove' });
  const sent = await admin.session.request(hypervisor, 'set', order, { id: 'make-1' });
  const { jid } = expectOk(readReply(alloc, expectOk(sent)));
  const told = expectOk(await admin.ask(hypervisor, outcome.get, { id: 'make-1' }));
  expect([told.outcome, told.made]).toEqual(['done', jid]);
  expectOk(await admin.ask(hypervisor, free, { jid }));
}
