import type { BareJid } from '../../core/domain/jid.ts';
import { EVENTS_NODE_CONFIGURATION, eventsNode } from '../../core/protocol/pubsub-nodes.ts';
import { fullJid } from '../server/jid-text.ts';
import type { Fleet } from '../fleet.ts';
import { hypervisorVcard, machineVcard } from '../world/vcards.ts';
import type { World } from '../world/world.ts';
import { ScriptedHypervisor } from './scripted-hypervisor.ts';
import { ScriptedMachine } from './scripted-machine.ts';
import type { Surroundings } from './surroundings.ts';

/** The JID of something on the platform. */
export type JidOf = (node: string) => BareJid;

/** Presents every hypervisor and machine of a world as a script. */
export function presentFleet(world: World, surroundings: Surroundings, jidOf: JidOf): Fleet {
  const { domain } = surroundings;
  const machines = new Map<string, ScriptedMachine>();
  const publishNode = (entity: BareJid): void => {
    domain.createNode(eventsNode(entity), entity, EVENTS_NODE_CONFIGURATION);
  };
  for (const host of world.hosts) {
    const bare = jidOf(host.name);
    const at = { name: host.name, jid: fullJid(bare, host.name) };
    const inside = host.machines.map((machine) => {
      const script = new ScriptedMachine(jidOf(machine.uuid), machine, at, surroundings);
      publishNode(script.bare);
      domain.present(script, () => machineVcard(machine, host, world.organisation));
      machines.set(machine.uuid, script);
      return script;
    });
    publishNode(bare);
    const hypervisor = new ScriptedHypervisor(bare, host, inside, surroundings);
    domain.present(hypervisor, () => hypervisorVcard(host, world.organisation, jidOf('admin')));
  }
  return {
    hypervisors: new Map(),
    happen: (uuid, what) => machines.get(uuid)?.suffer(what),
    stop: () => Promise.resolve(),
  };
}
