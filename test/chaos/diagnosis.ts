import { createSecureContext } from 'node:tls';
import { entityId } from '../../core/domain/entity.ts';
import { DEFAULT_LIMITS } from '../../demo/server/stream-parser.ts';
import { jid } from '../unit/client/application-fixture.ts';
import type { ChaosWorld } from './chaos-world.ts';

/** More of them have the same reason. */
const MOST_EXPLAINED = 5;

/** What each place says of an entity that is shown wrong, on the way from the truth to the tree. */
interface Diagnosis {
  readonly node: string;
  readonly truth: string | undefined;
  readonly shown: string | undefined;
  /** What the hypervisor answers now. */
  readonly hypervisor: unknown;
  readonly agentLink: unknown;
  /** The last presences that the server keeps of its resources. */
  readonly server: readonly string[];
  /** What the client's intake took of the presences that it heard, and of answers. */
  readonly client: unknown;
  /** The state as described from that, and as published. */
  readonly described: unknown;
  readonly published: unknown;
  readonly history: readonly string[];
}

/** The entities of which the tree says something else than the truth, or nothing. */
export async function mismatches(world: ChaosWorld): Promise<readonly string[]> {
  const truth = await world.truth();
  const tree = world.tree();
  const nodes = new Set([...truth.keys(), ...tree.keys()]);
  return [...nodes].filter((node) => truth.get(node) !== tree.get(node));
}

/** Says of some of these where the truth was lost. */
export function explain(
  world: ChaosWorld,
  nodes: readonly string[],
): Promise<readonly Diagnosis[]> {
  return Promise.all(nodes.slice(0, MOST_EXPLAINED).map((node) => explainOne(world, node)));
}

async function explainOne(world: ChaosWorld, node: string): Promise<Diagnosis> {
  const { client, platform, chronicle, agentSessions } = world;
  const address = jid(`${node}@${platform.server.domain.name}`);
  const id = entityId(client.account.jid, address);
  const { inventory } = client.application;
  const { presences, isHeard, isBurst, answered } = inventory.facts(id) ?? {};
  const { domain } = platform.server;
  const { occupants } = domain.connectionServices(createSecureContext(), DEFAULT_LIMITS);
  const found = await domainOf(world, node);
  const published = client.entities().find((one) => one.id === id);
  return {
    node,
    truth: (await world.truth()).get(node),
    shown: world.tree().get(node),
    hypervisor: found?.info,
    agentLink: agentSessions.stateOf(node),
    server: [...occupants.of(address)].map((one) => `${one.resource}: ${one.presence?.text}`),
    client: { presences, isHeard, isBurst, answered },
    described: inventory.entity(id)?.state,
    published: published && { state: published.state, resource: published.resource },
    history: chronicle.of(node, found?.host),
  };
}

/** The domain of a machine, and on which host it is. */
async function domainOf({ platform }: ChaosWorld, uuid: string) {
  for (const [host, { hypervisor }] of platform.hypervisors) {
    const info = await hypervisor.domains.info(uuid);
    if (info.ok) return { host, info: info.value };
  }
  return undefined;
}
