import {
  EVENTS_NODE_CONFIGURATION,
  eventsNode,
  LOGS_NODE_CONFIGURATION,
  logsNode,
} from '../../core/protocol/pubsub-nodes.ts';
import type { XmlElement } from '../../core/xml/element.ts';
import type { JidOf } from '../scripted/scripted-fleet.ts';
import type { EmbeddedServer } from '../server/server.ts';
import { hypervisorVcard, machineVcard } from '../world/vcards.ts';
import type { Host } from '../world/world.ts';
import type { FleetFacts } from './agent-records.ts';

/** Leaves on the server what the entities of a host left there when their agent last ran. */
export function furnish(
  host: Host,
  { organisation, password }: FleetFacts,
  { server: { domain }, jidOf }: { readonly server: EmbeddedServer; readonly jidOf: JidOf },
): void {
  const admit = (node: string, vcard: () => XmlElement): void => {
    const jid = jidOf(node);
    domain.accounts.register(node, password);
    domain.setVcard(jid, vcard);
    domain.createNode(eventsNode(jid), jid, EVENTS_NODE_CONFIGURATION);
    domain.createNode(logsNode(jid), jid, LOGS_NODE_CONFIGURATION);
  };
  admit(host.name, () => hypervisorVcard(host, organisation, jidOf('admin')));
  for (const machine of host.machines) {
    admit(machine.uuid, () => machineVcard(machine, host, organisation));
  }
}
