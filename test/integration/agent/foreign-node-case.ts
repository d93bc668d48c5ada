import { parseJid } from '../../../core/domain/jid.ts';
import { hypervisorControl } from '../../../core/protocol/hypervisor-control.ts';
import { EVENTS_NODE_CONFIGURATION, eventsNode } from '../../../core/protocol/pubsub-nodes.ts';
import { expectOk } from '../../support/expect-result.ts';
import { waitFor } from '../../support/libvirtd.ts';
import type { AgentBench } from './agent-bench.ts';
import type { Observer } from './observer.ts';

/** A machine whose node somebody else made first says so in its log, with the remedy. */
export async function findsForeignNode(
  admin: Observer,
  bench: AgentBench,
  uuid: string,
): Promise<void> {
  const bare = parseJid(bench.machineJid(uuid))!.bare;
  const node = eventsNode(bare);
  expectOk(await admin.pubsub.create(node, EVENTS_NODE_CONFIGURATION));
  const machines = [{ jid: bare }];
  expectOk(await admin.ask(bench.jid, hypervisorControl.manage, { machines }));
  await waitFor('the agent to tell whose the node is', 10_000, () => {
    return bench.lines.some((line) => line.includes(`Somebody else owns ${node} on`));
  });
  expectOk(await admin.ask(bench.jid, hypervisorControl.unmanage, { machines }));
  expectOk(await admin.pubsub.delete(node));
}
