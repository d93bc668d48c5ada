import { startCentralAgent } from '../../agent/central-agent.ts';
import { entitySessions } from '../../agent/connect.ts';
import { logSink } from '../../agent/log/log-sink.ts';
import { MemoryStore } from '../../agent/store/agent-store.ts';
import type { Clock } from '../../node/xmpp/clock.ts';
import type { JidOf } from '../scripted/scripted-fleet.ts';
import type { EmbeddedServer } from '../server/server.ts';
import type { World } from '../world/world.ts';
import { centralAgentConfiguration, CENTRAL_AGENT } from './agent-configuration.ts';

/** Starts the central agent of the platform, for people and all hypervisors of the world. */
export async function startDemoCentralAgent(
  world: World,
  server: EmbeddedServer,
  clock: Clock,
  jidOf: JidOf,
): Promise<() => Promise<void>> {
  const open = () => Promise.resolve(server.connect());
  const started = await startCentralAgent({
    configuration: centralAgentConfiguration({
      domain: server.domain.name,
      admin: jidOf('admin'),
      hypervisors: world.hosts.map(({ name }) => jidOf(name)),
    }),
    hostname: CENTRAL_AGENT.machine,
    store: new MemoryStore(),
    sessions: entitySessions({ transport: { isSecure: true, open } }),
    log: logSink(
      'error',
      (line) => console.error(line),
      () => new Date(clock.now()),
    ),
    now: () => new Date(clock.now()),
  });
  if (!started.ok) throw new Error(`The central agent cannot start: ${started.error.code}`);
  return () => started.value.stop();
}
