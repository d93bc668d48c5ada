import type { Element } from '@xmpp/xml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Platform, startPlatform } from '../../../demo/platform.ts';
import { RawClient } from './raw-client.ts';

let platform: Platform;
let admin: RawClient;
const nameOf = new Map<string, string>();
/** What each entity shows now, and its full JID, by name. */
const shown = new Map<string, string>();
const addressOf = new Map<string, string>();

async function logIn(name: string): Promise<RawClient> {
  const account = platform.announcement.accounts.find(({ jid }) => jid.startsWith(`${name}@`))!;
  const client = RawClient.inMemory(platform.server);
  await client.logIn(name, account.password);
  await client.bind('Archipel');
  return client;
}

/** Waits until an entity shows that. */
async function sees(name: string, status: string): Promise<void> {
  while (shown.get(name) !== status) {
    const presence = await admin.next((stanza) => stanza.name === 'presence');
    const from = String(presence.attrs['from']);
    const entity = nameOf.get(from.split('/')[0]!) ?? '';
    addressOf.set(entity, from);
    const parts = [presence.getChildText('show'), presence.getChildText('status')];
    shown.set(entity, parts.filter(Boolean).join(' '));
  }
}

async function control(client: RawClient, name: string, action: string): Promise<Element> {
  const archipel = `<archipel action='${action}'/>`;
  const query = `<query xmlns='archipel:vm:control'>${archipel}</query>`;
  return client.request('get', query, addressOf.get(name));
}

beforeAll(async () => {
  platform = await startPlatform({ seed: 1, clock: 'manual' });
  admin = await logIn('admin');
  const roster = await admin.request('get', "<query xmlns='jabber:iq:roster'/>");
  for (const { attrs } of roster.getChild('query')!.getChildElements()) {
    nameOf.set(String(attrs['jid']), String(attrs['name']));
  }
  admin.send('<presence/>');
}, 30_000);

afterAll(async () => platform.stop());

describe('the built-in platform as real agents', { timeout: 30_000 }, () => {
  it('brings four hypervisors and their machines online in the states of the world', async () => {
    await sees('atoll-01', 'Online (9)');
    await sees('atoll-02', 'Online (6)');
    await sees('atoll-03', 'Online (2)');
    await sees('lagoon', 'Online (3)');
    await sees('web-01', 'Running');
    await sees('build-agent-3', 'away Paused');
    await sees('template-debian-12', 'xa Off');
    await sees('worker-07', 'xa Crashed');
    expect(addressOf.get('web-01')).toBe(
      'f3a1c2d8-41e7-4c0b-9a52-7d60e81f9b04@archipel.test/atoll-01',
    );
  });

  it('starts and pauses a machine for an administrator', async () => {
    expect((await control(admin, 'worker-10', 'create')).attrs['type']).toBe('result');
    await sees('worker-10', 'Running');
    await control(admin, 'worker-10', 'suspend');
    await sees('worker-10', 'away Paused');
  });

  it('lets an auditor look and refuses everything else', async () => {
    const auditor = await logIn('auditor');
    const looked = await control(auditor, 'web-01', 'info');
    expect(looked.getChild('query')?.getChild('info')?.attrs['state']).toBe('1');
    const refused = await control(auditor, 'web-01', 'destroy');
    expect(refused.getChild('error')?.attrs['code']).toBe('-1');
  });

  it('gives each machine a vCard with its owner and a picture of its own', async () => {
    const bare = addressOf.get('db-primary')!.split('/')[0]!;
    const answer = await admin.request('get', "<vCard xmlns='vcard-temp'/>", bare);
    const vcard = answer.getChild('vCard');
    expect([
      vcard?.getChildText('FN'),
      vcard?.getChildText('ROLE'),
      vcard?.getChild('ORG')?.getChildText('ORGNAME'),
    ]).toEqual(['db-primary', 'virtualmachine', 'Archipelago Trading']);
    expect(vcard?.getChild('PHOTO')?.getChildText('BINVAL')).toMatch(/^iVBOR/);
  });

  it('lets things happen as time passes', async () => {
    const before = new Map(shown);
    platform.step(300_000);
    const changed = await admin.next(({ name, attrs }) => {
      const entity = nameOf.get(String(attrs['from']).split('/')[0]!);
      return name === 'presence' && entity !== undefined && before.has(entity);
    });
    expect(changed.getChildText('status')).toMatch(
      /^(?:Running|Paused|Off|Crashed|Shutting down...)$/,
    );
  });
});
