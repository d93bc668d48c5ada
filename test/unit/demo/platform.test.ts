import type { Element } from '@xmpp/xml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasAgents, type Platform, startPlatform } from '../../../demo/platform.ts';
import { makeWorld } from '../../../demo/world/fleet.ts';
import { RawClient } from './raw-client.ts';

const ROSTER = "<query xmlns='jabber:iq:roster'/>";

/** A session of somebody on the platform, available and with the roster's items. */
async function logIn(
  platform: Platform,
  name: string,
): Promise<{ client: RawClient; roster: Element[] }> {
  const account = platform.announcement.accounts.find(({ jid }) => jid.startsWith(`${name}@`))!;
  const client = RawClient.inMemory(platform.server);
  await client.logIn(name, account.password);
  await client.bind('Archipel');
  const answer = await client.request('get', ROSTER);
  client.send('<presence/>');
  return { client, roster: answer.getChild('query')?.getChildElements() ?? [] };
}

async function control(client: RawClient, to: string, action: string): Promise<Element> {
  const archipel = `<archipel action='${action}'/>`;
  return client.request('get', `<query xmlns='archipel:vm:control'>${archipel}</query>`, to);
}

function shown(presence: Element): string {
  return [presence.getChildText('show'), presence.getChildText('status')].filter(Boolean).join(' ');
}

describe('the built-in platform as scripts', () => {
  let platform: Platform;
  let client: RawClient;
  let roster: Element[];
  const presences = new Map<string, string>();
  const addressOf = new Map<string, string>();

  beforeAll(async () => {
    platform = await startPlatform({ seed: 1, clock: 'manual', scriptedAbove: 0 });
    ({ client, roster } = await logIn(platform, 'admin'));
    const names = new Map(
      roster.map((item) => [String(item.attrs['jid']), String(item.attrs['name'])]),
    );
    for (let count = 0; count < 27; count += 1) {
      const presence = await client.next((stanza) => stanza.name === 'presence');
      const from = String(presence.attrs['from']);
      const name = names.get(from.split('/')[0]!);
      if (name === undefined) continue;
      presences.set(name, shown(presence));
      addressOf.set(name, from);
    }
  });

  afterAll(async () => platform.stop());

  it('shows four hypervisors at two sites, twenty machines and three other people', () => {
    const groups = roster.map((item) => item.getChildText('group'));
    const sizeOf = (group: string): number => groups.filter((one) => one === group).length;
    expect(['Paris', 'Lyon', 'People'].map(sizeOf)).toEqual([20, 4, 3]);
    expect(platform.announcement.hypervisors.map(({ name }) => name)).toEqual([
      'atoll-01',
      'atoll-02',
      'atoll-03',
      'lagoon',
    ]);
  });

  it('shows every state there is', () => {
    const wanted = [
      'atoll-01',
      'web-01',
      'mail',
      'build-agent-3',
      'template-debian-12',
      'worker-07',
    ];
    expect([...wanted, 'operator', 'auditor'].map((name) => presences.get(name))).toEqual([
      'Online (9)',
      'Running',
      'Migrating - 12%',
      'away Paused',
      'xa Off',
      'xa Crashed',
      '',
      'away Back at two',
    ]);
    expect([...presences.values()].filter((text) => text === 'Running')).toHaveLength(14);
  });

  it('lets a machine be stopped, which all who watch hear', async () => {
    const to = addressOf.get('web-02')!;
    await client.settled();
    expect((await control(client, to, 'shutdown')).attrs['type']).toBe('result');
    platform.step(2500);
    const heard = (await client.settled()).map((text) => /<status>(.*)<\/status>/.exec(text)?.[1]);
    expect(heard).toEqual(['Shutting down...', 'Off']);
    const info = await control(client, to, 'info');
    expect(info.getChild('query')?.getChild('info')?.attrs['state']).toBe('5');
  });

  it('gives each role its rights', async () => {
    const { client: auditor } = await logIn(platform, 'auditor');
    const to = addressOf.get('web-01')!;
    const looked = await control(auditor, to, 'info');
    const refused = await control(auditor, to, 'destroy');
    expect(looked.attrs['type']).toBe('result');
    expect(refused.getChild('error')?.attrs).toEqual({ code: '-1', type: 'cancel' });
  });

  it('answers what it does not script as an agent without that module', async () => {
    const archipel = "<archipel action='get'/>";
    const query = `<query xmlns='archipel:vm:disk'>${archipel}</query>`;
    const answer = await client.request('get', query, addressOf.get('web-01'));
    expect(answer.getChild('error')?.attrs['code']).toBe('501');
  });

  it('has the tags of all entities on the tags node, and its administrators on theirs', async () => {
    const items = async (node: string): Promise<string[]> => {
      const ns = 'http://jabber.org/protocol/pubsub';
      const answer = await client.request(
        'get',
        `<pubsub xmlns='${ns}'><items node='${node}'/></pubsub>`,
        'pubsub.archipel.test',
      );
      const list = answer.getChild('pubsub')?.getChild('items')?.getChildren('item') ?? [];
      return list.map((item) => String(item.getChildElements()[0]));
    };
    const [first, ...rest] = await items('/archipel/tags');
    expect(first).toBe('<tag jid="atoll-01@archipel.test" tags="production"/>');
    expect(rest).toHaveLength(23);
    expect(await items('/archipel/adminaccounts')).toEqual([
      '<admin node="admin" domain="archipel.test"/>',
    ]);
  });

  it('lets time pass for whoever steps its clock', async () => {
    const query = "<clock xmlns='archipel:demo:clock'><step ms='600000'/></clock>";
    await client.settled();
    await client.request('set', query, 'archipel.test');
    const statuses = (await client.settled()).map(
      (text) => /<status>(.*)<\/status>/.exec(text)?.[1],
    );
    expect(statuses.filter((status) => status?.startsWith('Migrating'))).toHaveLength(21);
    expect(
      statuses.filter((status) => status && !status.startsWith('Migrating')).length,
    ).toBeGreaterThan(5);
  });
});

describe('a platform of more entities than there are agents for', () => {
  it('is there at once for an administrator', { timeout: 30_000 }, async () => {
    const size = {
      hypervisors: 250,
      machines: 20,
      seed: 3,
      clock: 'manual',
      scriptedAbove: 0,
    } as const;
    const platform = await startPlatform(size);
    try {
      const { client, roster } = await logIn(platform, 'admin');
      let seen = 0;
      while (seen < 5250) {
        const presence = await client.next((stanza) => stanza.name === 'presence');
        if (/^(?:reef-|[0-9a-f]{8}-)/.test(String(presence.attrs['from']))) seen += 1;
      }
      expect(roster).toHaveLength(5254);
    } finally {
      await platform.stop();
    }
  });

  it('begins above 250 hypervisors with 20 machines each', () => {
    const sizes = [250, 251].map((hypervisors) =>
      makeWorld({ hypervisors, machines: 20, seed: 1 }),
    );
    expect(sizes.map((world) => hasAgents(world))).toEqual([true, false]);
  });
});
