import {
  type AgentStore,
  MemoryStore,
  type MachineRecord,
  type OwnCertificate,
} from '../../agent/store/agent-store.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import type { Standings } from '../scripted/standing.ts';
import type { Host, Machine } from '../world/world.ts';

/** What the agents of one platform have in common. */
export interface FleetFacts {
  readonly organisation: string;
  /** Of all accounts, so that the keys of a login are derived once. */
  readonly password: string;
  readonly people: readonly BareJid[];
  readonly standings: Standings;
  /** What all hosts serve their screens with, as if made for a whole domain; otherwise each makes its own. */
  readonly certificate?: OwnCertificate;
  /** When the machines were made, ISO 8601. */
  readonly createdAt: string;
}

function record(machine: Machine, host: Host, facts: FleetFacts): MachineRecord {
  return {
    uuid: machine.uuid,
    name: machine.name,
    password: facts.password,
    createdAt: facts.createdAt,
    organisation: {
      organisation: facts.organisation,
      unit: machine.unit,
      locality: host.site,
      owner: machine.owner,
      categories: machine.operatingSystem,
    },
    tags: [...machine.tags],
    avatar: `${machine.name}.png`,
  };
}

/** A store as an agent has it: once that has ended, it writes no more, as if its process were gone. */
export function storeWhile(store: AgentStore, isEnded: () => boolean): AgentStore {
  const { machines, hypervisor, imports, certificate } = store;
  return {
    machines: {
      load: () => machines.load(),
      save: (records) => (isEnded() ? new Promise(() => undefined) : machines.save(records)),
    },
    hypervisor,
    imports,
    certificate,
    grants: (entity) => store.grants(entity),
    orders: (entity) => {
      const orders = store.orders(entity);
      return {
        load: () => orders.load(),
        append: (event) => (isEnded() ? new Promise(() => undefined) : orders.append(event)),
        replace: (events) => (isEnded() ? new Promise(() => undefined) : orders.replace(events)),
      };
    },
    forget: (entity) => store.forget(entity),
  };
}

/** A store as if the agent of this host had been at work for a while: its machines, and who may do what. */
export async function filledStore(host: Host, facts: FleetFacts): Promise<MemoryStore> {
  const store = new MemoryStore();
  const grants = Object.fromEntries(
    facts.people.map((person) => [person, [...facts.standings.grantsOf(person)]] as const),
  );
  await store.machines.save(host.machines.map((machine) => record(machine, host, facts)));
  await store.hypervisor.save({ tags: [...host.tags], avatar: `${host.name}.png` });
  if (facts.certificate) await store.certificate.save(facts.certificate);
  for (const entity of ['hypervisor', ...host.machines.map(({ uuid }) => uuid)]) {
    await store.grants(entity).save(grants);
  }
  return store;
}
