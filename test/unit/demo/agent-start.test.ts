import { afterEach, expect, it, vi } from 'vitest';
import { type Platform, startPlatform } from '../../../demo/platform.ts';
import { childElements, namespaceOf } from '../../../demo/server/element-access.ts';
import { FaultSwitch } from '../../../demo/server/faults.ts';
import type { XmlElement } from '../../../core/xml/element.ts';
import { RawClient } from './raw-client.ts';

const SIZE = { hypervisors: 6, machines: 20, seed: 3, clock: 'manual' } as const;

let platform: Platform | undefined;
afterEach(async () => platform?.stop());

function nameOf(request: XmlElement): string {
  const [payload] = childElements(request);
  const [asked] = payload ? childElements(payload) : [];
  const node = asked?.attributes['node']?.replace(/[0-9a-f-]{36}/, 'UUID') ?? '';
  const namespace = (payload && namespaceOf(payload)) ?? '';
  return [request.attributes['type'], namespace, asked?.name, node].filter(Boolean).join(' ');
}

/** Starts the platform and gives the requests of each entity until an administrator sees all of them. */
async function start(): Promise<{ requests: Map<string, string[]>; presences: string[] }> {
  const requests = new Map<string, string[]>();
  const taken = vi.spyOn(FaultSwitch.prototype, 'take');
  platform = await startPlatform(SIZE);
  const { server, announcement, world } = platform;
  const admin = announcement.accounts.find(({ role }) => role === 'admin')!;
  const client = RawClient.inMemory(server);
  await client.logIn('admin', admin.password);
  await client.bind('Archipel');
  await client.request('get', "<query xmlns='jabber:iq:roster'/>");
  client.send('<presence/>');
  const entities = world.hosts.flatMap(({ name, machines }) => [
    name,
    ...machines.map((one) => one.uuid),
  ]);
  const awaited = new Set(entities.map((node) => `${node}@${announcement.domain}`));
  const presences: string[] = [];
  while (awaited.size > 0) {
    const { attrs } = await client.next(({ name }) => name === 'presence');
    const bare = String(attrs['from']).split('/')[0]!;
    if (!entities.includes(bare.split('@')[0]!)) continue;
    presences.push(bare);
    awaited.delete(bare);
  }
  await client.settled();
  for (const [request] of taken.mock.calls) {
    const bare = String(request.attributes['from']).split('/')[0]!;
    requests.set(bare, [...(requests.get(bare) ?? []), nameOf(request)]);
  }
  return { requests, presences };
}

it(
  'costs each machine four requests to come online, however many there are',
  { timeout: 60_000 },
  async () => {
    const { requests, presences } = await start();
    const machines = platform!.world.hosts.flatMap((host) => host.machines);
    const asked = new Set(
      machines.map(({ uuid }) => requests.get(`${uuid}@archipel.test`)!.sort().join('\n')),
    );
    expect([...asked]).toEqual([
      [
        'get http://jabber.org/protocol/pubsub items /archipel/tags',
        'get http://jabber.org/protocol/pubsub#owner affiliations /archipel/UUID@archipel.test/events',
        'get http://jabber.org/protocol/pubsub#owner affiliations /archipel/UUID@archipel.test/logs',
        'get jabber:iq:roster',
      ].join('\n'),
    ]);
    const machineJids = machines.map(({ uuid }) => `${uuid}@archipel.test`).sort();
    expect(presences.filter((jid) => !jid.startsWith('reef-')).sort()).toEqual(machineJids);
  },
);
