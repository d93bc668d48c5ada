import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Agent, startAgent } from '../../../agent/agent.ts';
import { entitySessions } from '../../../agent/connect.ts';
import { HealthCollector } from '../../../agent/health/collector.ts';
import { Past, tiersFor } from '../../../agent/health/past.ts';
import { SimulatedProbe } from '../../../agent/health/simulated-probe.ts';
import { SimulatedHypervisor } from '../../../agent/hypervisor/simulated/simulated-hypervisor.ts';
import { logSink } from '../../../agent/log/log-sink.ts';
import { noFiles } from '../../../agent/machines/machine-files.ts';
import type { JournalEntry } from '../../../client/journal/journal-entry.ts';
import { entityId } from '../../../core/domain/entity.ts';
import { MODULES } from '../../../core/protocol/all-actions.ts';
import { agentConfiguration } from '../../../demo/agents/agent-configuration.ts';
import { filledStore } from '../../../demo/agents/agent-records.ts';
import { Standings } from '../../../demo/scripted/standing.ts';
import type { FaultEffect } from '../../../demo/server/faults.ts';
import { type EmbeddedServer, startServer } from '../../../demo/server/server.ts';
import { makeWorld } from '../../../demo/world/fleet.ts';
import { simulatedHost } from '../../../demo/world/simulated-host.ts';
import { systemClock } from '../../../node/xmpp/clock.ts';
import { MemoryStorage } from '../../support/client-ports.ts';
import { expectOk } from '../../support/expect-result.ts';
import { jid } from '../../unit/client/application-fixture.ts';
import { ApplicationOnServer } from './application-on-server.ts';

const DOMAIN = 'archipel.test';
const ADMIN = jid(`admin@${DOMAIN}`);
const PASSWORD = 'admin password';
const AGENT_PASSWORD = 'agent password';

const world = makeWorld({ seed: 1 });
const host = world.hosts[0]!;
const [LOST, CARRIED_OUT] = host.machines.filter(({ state }) => state === 'running');
const { namespace, name: action } = MODULES.vm.suspend;

let server: EmbeddedServer;
let agent: Agent;
let hypervisor: SimulatedHypervisor;
let on: ApplicationOnServer;

/** The same server as far as others can tell, with its accounts and nothing else that it knew. */
async function openServer(earlier?: EmbeddedServer): Promise<EmbeddedServer> {
  const again = earlier && { port: earlier.port, certificate: earlier.certificate };
  const opened = await startServer({ domain: DOMAIN, admins: [ADMIN], version: 'test', ...again });
  expectOk(opened.domain.accounts.register('admin', PASSWORD));
  for (const node of [host.name, ...host.machines.map(({ uuid }) => uuid)]) {
    expectOk(opened.domain.accounts.register(node, AGENT_PASSWORD));
  }
  opened.domain.defineGroup('people', 'People', ['site']);
  opened.domain.defineGroup('site', 'Site', ['people']);
  opened.domain.addToGroup('people', ADMIN, 'admin');
  opened.domain.addToGroup('site', jid(`${host.name}@${DOMAIN}`), host.name);
  for (const { uuid, name } of host.machines) {
    opened.domain.addToGroup('site', jid(`${uuid}@${DOMAIN}`), name);
  }
  return opened;
}

beforeAll(async () => {
  server = await openServer();
  const simulated = simulatedHost(host);
  const onThrown = (cause: unknown): void => void on.bugs.push(cause);
  hypervisor = new SimulatedHypervisor({ world: simulated, seed: 1, onThrown });
  const facts = {
    organisation: world.organisation,
    password: AGENT_PASSWORD,
    people: [ADMIN],
    standings: new Standings(new Map([[ADMIN, 'admin' as const]])),
    createdAt: new Date().toISOString(),
  };
  const { host: address, port, certificate } = server;
  agent = expectOk(
    await startAgent({
      configuration: agentConfiguration(host, {
        domain: DOMAIN,
        password: facts.password,
        organisation: facts.organisation,
        admin: ADMIN,
      }),
      hostname: host.name,
      hypervisor,
      store: await filledStore(host, facts),
      sessions: entitySessions({
        endpoint: { host: address, port },
        tls: { pinnedFingerprint: certificate.fingerprint },
      }),
      files: noFiles,
      statistics: new HealthCollector({
        hypervisor,
        probe: new SimulatedProbe({ node: simulated.node, seed: 1, clock: systemClock }),
        past: new Past(tiersFor(5000)),
        clock: systemClock,
        intervalMs: 5000,
        onTrouble: (why) => on.bugs.push(why),
      }),
      log: logSink('error', () => undefined),
      avatars: new Map(),
      names: [],
      now: () => new Date(),
      random: Math.random,
    }),
  );
  on = new ApplicationOnServer(new MemoryStorage());
  const state = await on.logIn(ADMIN, PASSWORD, server, certificate.fingerprint);
  expect(state.name).toBe('online');
  await on.application.handlers.inventory.snapshot(undefined, { windowId: 1 });
  await allOnline();
});

afterAll(async () => {
  await on.application.stop();
  await agent.stop();
  await server.stop();
});

async function allOnline(): Promise<void> {
  await on.audience.until(() => {
    const { entities } = on.application.inventory.snapshot();
    return entities.filter(({ resource }) => resource !== undefined).length > host.machines.length;
  });
}

/** Resolves when a request has met the fault. */
function arm(uuid: string, effect: FaultEffect): Promise<void> {
  const { faults } = server.domain;
  const to = `${uuid}@${DOMAIN}`;
  faults.add({ match: { to, namespace, action }, effect });
  const take = faults.take.bind(faults);
  return new Promise((resolve) => {
    faults.take = (request) => {
      const taken = take(request);
      if (taken === effect) resolve();
      return taken;
    };
  });
}

function order(uuid: string): void {
  const target = entityId(ADMIN, jid(`${uuid}@${DOMAIN}`));
  expectOk(on.application.runs.start({ command: 'vm.pause', targets: [target], input: {} }));
}

function entryOf(uuid: string): JournalEntry | undefined {
  return on.application.journal.entries.find((entry) => entry.jid.startsWith(uuid));
}

it('knows in the end what became of orders over which the server went away', async () => {
  if (!LOST || !CARRIED_OUT) throw new Error('The host has too few machines that run');
  const swallowed = arm(LOST.uuid, { kind: 'drop' });
  order(LOST.uuid);
  await swallowed;
  void arm(CARRIED_OUT.uuid, { kind: 'cut-before-answer' });
  const stopped = new Promise<void>((resolve) => {
    on.application.accounts.entry(ADMIN)!.session!.on('stateChanged', ({ kind }) => {
      // At once, or the client would take up its stream again.
      if (kind === 'waiting') void server.stop().then(resolve);
    });
  });
  order(CARRIED_OUT.uuid);
  await stopped;
  server = await openServer(server);
  await on.audience.until(() => on.application.accounts.entry(ADMIN)?.connection.name === 'online');
  await allOnline();
  await on.audience.until(() => {
    const states = [LOST, CARRIED_OUT].map(({ uuid }) => entryOf(uuid)?.state);
    return states.every((state) => state === 'done' || state === 'failed');
  });
  const stateOf = async (uuid: string) => expectOk(await hypervisor.domains.info(uuid)).state;
  expect({
    lost: [entryOf(LOST.uuid)?.state, entryOf(LOST.uuid)?.error, await stateOf(LOST.uuid)],
    carriedOut: [entryOf(CARRIED_OUT.uuid)?.state, await stateOf(CARRIED_OUT.uuid)],
    runs: on.application.runs.list().map(({ items }) => items[0]?.state.name),
    bugs: on.bugs,
  }).toEqual({
    lost: ['failed', { code: 'not-sent', entity: LOST.name }, 'running'],
    carriedOut: ['done', 'paused'],
    runs: ['failed', 'done'],
    bugs: [],
  });
});
