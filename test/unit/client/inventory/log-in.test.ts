import { expect, it } from 'vitest';
import { entityId } from '../../../../core/domain/entity.ts';
import { AGENT_NODE, agentAnnouncement } from '../../../../core/protocol/agent-announcement.ts';
import { CLIENT_NODE, clientAnnouncement } from '../../../../core/protocol/client-announcement.ts';
import { el, type XmlElement } from '../../../../core/xml/element.ts';
import { capabilityElement } from '../../../../node/xmpp/capabilities.ts';
import { writeInfo, type OwnInfo } from '../../../../node/xmpp/disco.ts';
import { ok } from '../../../../core/lib/result.ts';
import { readerOf } from '../../../../core/xml/reader.ts';
import { resultIq } from '../../../support/fake-session.ts';
import { ACCOUNT, ApplicationFixture, jid } from '../application-fixture.ts';
import { FakeFleet, presenceOf } from '../fake-fleet.ts';

const RACK = jid('rack1@example.org');
const WEB = jid('0b5d1d0e-6f3a-4c55-9d0f-1b8f5a2e7c41@example.org');

async function loggedIn() {
  const fleet = new FakeFleet([
    { jid: RACK, name: '' },
    { jid: WEB, name: 'web' },
  ]);
  const fixture = new ApplicationFixture((session) => (session.answer = fleet.answer));
  await fixture.connect();
  const stateOf = (which: typeof RACK) => {
    return fixture.application.inventory.entity(entityId(ACCOUNT, which))?.state;
  };
  return { fixture, stateOf };
}

it('asks for no vCard that only shows a picture until somebody looks at the entity', async () => {
  const { fixture } = await loggedIn();
  const asked = () => {
    const vcards = fixture.session.requests.filter(({ payload }) => payload.name === 'vCard');
    return vcards.map(({ to }) => to);
  };
  fixture.session.receive(presenceOf(`${WEB}/rack1`, 'Running'));
  fixture.session.receive(presenceOf(`${RACK}/rack1`, 'Online (1)'));
  await fixture.time.pass(10_000);
  const meanwhile = asked();
  fixture.application.accounts.link(ACCOUNT)?.look(WEB);
  await fixture.time.pass(100);
  // The name of the hypervisor cannot be told without.
  expect([meanwhile, asked()]).toEqual([[RACK], [RACK, WEB]]);
});

it('believes at once that a machine has crashed before the log-in', async () => {
  const { fixture, stateOf } = await loggedIn();
  fixture.session.receive(presenceOf(`${WEB}/rack1`, 'Crashed', 'xa'));
  await fixture.time.pass(100);
  expect(stateOf(WEB)).toBe('crashed');
});

it('takes those who stay silent for offline, even where others are always heard', async () => {
  const { fixture, stateOf } = await loggedIn();
  const states = [];
  for (let second = 0; second < 32; second += 1) {
    fixture.session.receive(presenceOf(`${RACK}/rack1`, `Online (${second})`));
    await fixture.time.pass(1000);
    states.push(stateOf(WEB));
  }
  expect([states[1], states[28], states[31]]).toEqual(['unknown', 'unknown', 'offline']);
});

it('asks agents of its own release nothing at a log-in, and others once for each hash', async () => {
  const { fixture } = await loggedIn();
  const announced = (kind: 'hypervisor' | 'virtualmachine', isServed: (one: string) => boolean) =>
    capabilityElement(AGENT_NODE, agentAnnouncement(kind, isServed));
  const come = (from: string, status: string, caps: XmlElement): void => {
    const presence = presenceOf(from, status);
    fixture.session.receive({ ...presence, children: [...presence.children, caps] });
  };
  const asked = () => {
    const infos = fixture.session.requests.map(({ payload }) => payload.attributes['xmlns'] ?? '');
    return infos.filter((one) => one.endsWith('disco#info')).length;
  };
  come(
    `${RACK}/rack1`,
    'Online (1)',
    announced('hypervisor', () => true),
  );
  come(
    `${WEB}/rack1`,
    'Running',
    announced('virtualmachine', () => true),
  );
  await fixture.time.pass(10_000);
  const ofThis = asked();
  const older = announced('virtualmachine', (one) => one !== 'archipel:vm:console');
  come(`${WEB}/rack1`, 'Running', older);
  await fixture.time.pass(10_000);
  expect([ofThis, asked()]).toEqual([0, 1]);
});

/** Who is asked what, of a contact that comes online with a program that says this of itself. */
async function askedOf(info: OwnInfo, node: string, status?: string) {
  const olive = jid('olive@example.org');
  const fleet = new FakeFleet([{ jid: olive, name: 'Olive' }]);
  const fixture = new ApplicationFixture((session) => {
    session.answer = (request) => {
      const xmlns = request.payload.attributes['xmlns'] ?? '';
      if (!xmlns.endsWith('disco#info')) return fleet.answer(request);
      return resultIq(el('query', { xmlns }, writeInfo(info)));
    };
  });
  await fixture.connect();
  const presence = presenceOf(`${olive}/desk`, status ?? '');
  const caps = capabilityElement(node, info);
  fixture.session.receive({ ...presence, children: [...presence.children, caps] });
  await fixture.time.pass(10_000);
  const asked = fixture.session.requests.filter(({ to }) => to?.startsWith(olive));
  const { inventory } = fixture.application;
  return {
    asked: asked.map(({ payload }) => payload.name),
    kind: inventory.entity(entityId(ACCOUNT, olive))?.kind,
  };
}

it('asks nothing of somebody at an application like ours', async () => {
  const asked = await askedOf(clientAnnouncement, CLIENT_NODE);
  expect(asked).toEqual({ asked: [], kind: 'user' });
});

it('asks no vCard of somebody at another program for people', async () => {
  const phone = { identities: [{ category: 'client', type: 'phone' }], features: [] };
  expect(await askedOf(phone, 'https://chat.example')).toEqual({ asked: ['query'], kind: 'user' });
});

it('asks the vCard of a program that may be an agent', async () => {
  const bot = { identities: [{ category: 'client', type: 'bot' }], features: [] };
  expect((await askedOf(bot, 'https://bot.example')).asked).toEqual(['query', 'vCard']);
});

it('takes no hypervisor for a person because somebody logged in as it', async () => {
  const { kind } = await askedOf(clientAnnouncement, CLIENT_NODE, 'Online (3)');
  expect(kind).toBe('hypervisor');
});

const ASKED = {
  ...{ type: 'get' as const, id: '1' },
  ...{ from: 'olive@example.org/desk', to: `${ACCOUNT}/desktop` },
};

it('says of itself what it announces', async () => {
  const { fixture } = await loggedIn();
  const presence = fixture.session.sent.find(({ name }) => name === 'presence');
  expect(presence?.children).toEqual([capabilityElement(CLIENT_NODE, clientAnnouncement)]);
  const xmlns = 'http://jabber.org/protocol/disco#info';
  const payload = readerOf(el('query', { xmlns, node: 'any' }), 'jabber:client');
  const answered = await fixture.session.handlers.get(xmlns)?.({ ...ASKED, payload });
  expect(answered).toEqual(ok(el('query', { xmlns, node: 'any' }, writeInfo(clientAnnouncement))));
});
