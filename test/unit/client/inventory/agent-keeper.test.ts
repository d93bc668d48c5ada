import { expect, it, vi } from 'vitest';
import { DiskCache } from '../../../../client/disk-cache.ts';
import { AccountView } from '../../../../client/inventory/account-view.ts';
import { CachedInfo } from '../../../../client/inventory/agent-info.ts';
import { AgentKeeper } from '../../../../client/inventory/agent-keeper.ts';
import { Inventory } from '../../../../client/inventory/inventory.ts';
import { AGENT_NODE, agentAnnouncement } from '../../../../core/protocol/agent-announcement.ts';
import { el } from '../../../../core/xml/element.ts';
import { capabilityElement } from '../../../../node/xmpp/capabilities.ts';
import { MemoryStorage } from '../../../support/client-ports.ts';
import { FakeSession, errorIq, resultIq, type FakeAnswer } from '../../../support/fake-session.ts';
import { ManualTime, settled } from '../../../support/manual-time.ts';
import { ACCOUNT, jid } from '../application-fixture.ts';

const WEB = jid('web@example.org');
const CAPS = el('c', { xmlns: 'http://jabber.org/protocol/caps', node: 'agent', ver: 'hash' });

/** A keeper on a session, and how many questions it asks of a contact that is looked at now. */
async function keeper() {
  const session = new FakeSession();
  await session.connect();
  const clock = new ManualTime();
  const surprised = (cause: unknown): never => {
    throw cause;
  };
  const inventory = new Inventory({ clock, announce: () => undefined, report: surprised });
  const view = new AccountView(inventory, ACCOUNT);
  const presence = { ...{ resource: 'rack1', presence: {}, priority: 0 }, photoHash: undefined };
  view.learn(WEB, { presences: [{ ...presence, receivedAt: 0 }] });
  const cache = new DiskCache({
    ...{ storage: new MemoryStorage(), clock, schema: CachedInfo, failed: surprised },
    file: { format: 'agents', version: 1 },
  });
  const agents = new AgentKeeper({ session, view, cache, isKnown: (jid) => jid === WEB });
  const asks = async (): Promise<number> => {
    const before = session.requests.length;
    await agents.arrived(WEB);
    return session.requests.length - before;
  };
  const hear = (from: string, type?: string, ...children: readonly (typeof CAPS)[]): void =>
    session.receive(el('presence', { from: `${WEB}/${from}`, type }, children));
  return { agents, asks, hear, session, view, agent: () => view.facts(WEB)?.agent };
}

it('asks by the hash of the last presence, and by none that is gone', async () => {
  const { asks, hear } = await keeper();
  const before = await asks();
  hear('rack1', undefined, CAPS);
  const announced = await asks();
  hear('rack1', 'unavailable');
  const gone = await asks();
  hear('rack1', undefined, CAPS);
  hear('rack1');
  const replaced = await asks();
  expect({ before, announced, gone, replaced }).toEqual({
    ...{ before: 0, announced: 1, gone: 0, replaced: 0 },
  });
});

it('keeps the hash of a machine that has moved when its old place goes offline', async () => {
  const { asks, hear } = await keeper();
  hear('rack1', undefined, CAPS);
  hear('rack2', undefined, CAPS);
  hear('rack1', 'unavailable');
  expect(await asks()).toBe(1);
});

it('remembers what contacts announce, and of strangers the last 500', async () => {
  const { agents, session, asks, hear, view } = await keeper();
  hear('rack1', undefined, CAPS);
  const strangers = Array.from({ length: 501 }, (_nothing, at) => jid(`vm-${at}@example.org`));
  for (const one of strangers) session.receive(el('presence', { from: `${one}/a` }, [CAPS]));
  const presence = { ...{ resource: 'a', presence: {}, priority: 0 }, photoHash: undefined };
  const asksOf = async (at: number): Promise<number> => {
    const stranger = strangers[at]!;
    view.learn(stranger, { presences: [{ ...presence, receivedAt: 0 }] });
    const before = session.requests.length;
    await agents.arrived(stranger);
    return session.requests.length - before;
  };
  expect([await asks(), await asksOf(0), await asksOf(1)]).toEqual([1, 0, 1]);
});

it('takes a hash beyond all measure for none', async () => {
  const { asks, hear } = await keeper();
  const ver = 'x'.repeat(100_000);
  hear('rack1', undefined, { ...CAPS, attributes: { ...CAPS.attributes, ver } });
  expect(await asks()).toBe(0);
});

/** As original agents do. */
function refuse(): FakeAnswer {
  const xmlns = 'urn:ietf:params:xml:ns:xmpp-stanzas';
  const refused = el('error', { type: 'cancel' }, [el('feature-not-implemented', { xmlns })]);
  return errorIq(refused, 'feature-not-implemented');
}

/** As somebody does who passes for an agent of ours. */
function pretend(): FakeAnswer {
  const xmlns = 'http://jabber.org/protocol/disco#info';
  const identity = el('identity', { category: 'archipel', type: 'virtualmachine' });
  const feature = el('feature', { var: 'archipel:vm:console' });
  return resultIq(el('query', { xmlns }, [identity, feature]));
}

const ANNOUNCEMENT = agentAnnouncement('hypervisor', () => true);

it('asks nothing of an agent of its own release that leaves nothing out', async () => {
  const { asks, hear, agent } = await keeper();
  hear('rack1', undefined, capabilityElement(AGENT_NODE, ANNOUNCEMENT));
  const questions = await asks();
  const features = ANNOUNCEMENT.features.filter((one) => one.startsWith('archipel:'));
  expect({ questions, agent: agent() }).toEqual({
    questions: 0,
    agent: { generation: 'ours', features },
  });
});

it('asks an agent that leaves something out', async () => {
  const { asks, hear } = await keeper();
  const fewer = agentAnnouncement('hypervisor', (one) => one !== 'archipel:statistics');
  hear('rack1', undefined, capabilityElement(AGENT_NODE, fewer));
  expect(await asks()).toBe(1);
});

it('believes no late answer about the release before', async () => {
  const { asks, hear, session, agent } = await keeper();
  let answer: ((late: FakeAnswer) => void) | undefined;
  session.answer = () => new Promise((resolve) => (answer = resolve));
  hear('rack1', undefined, CAPS);
  const late = asks();
  hear('rack1', undefined, capabilityElement(AGENT_NODE, ANNOUNCEMENT));
  await asks();
  answer?.(errorIq(el('error', { type: 'cancel' }), 'feature-not-implemented'));
  await late;
  expect(agent()?.generation).toBe('ours');
});

it('takes an agent that announces nothing any more for what it says now', async () => {
  const { asks, hear, session, agent } = await keeper();
  hear('rack1', undefined, capabilityElement(AGENT_NODE, ANNOUNCEMENT));
  await asks();
  session.answer = refuse;
  hear('rack1', 'unavailable');
  hear('rack1');
  hear('rack1');
  await vi.waitFor(() => expect(agent()).toEqual({ generation: 'original', features: [] }));
  expect(session.requests.map(({ to }) => to)).toEqual([`${WEB}/rack1`]);
});

it('believes no late answer of an agent that announces itself by then', async () => {
  const { asks, hear, session, agent } = await keeper();
  hear('rack1', undefined, capabilityElement(AGENT_NODE, ANNOUNCEMENT));
  await asks();
  let answer: ((late: FakeAnswer) => void) | undefined;
  session.answer = () => new Promise((resolve) => (answer = resolve));
  hear('rack1', 'unavailable');
  hear('rack1');
  hear('rack1', undefined, capabilityElement(AGENT_NODE, ANNOUNCEMENT));
  answer?.(errorIq(el('error', { type: 'cancel' }), 'feature-not-implemented'));
  await settled();
  expect(agent()?.generation).toBe('ours');
});

it('asks whom it knows by its own answer alone once, and again when it came back', async () => {
  const { asks, hear, session } = await keeper();
  session.answer = pretend;
  hear('rack1', undefined, CAPS);
  const counts = [await asks(), await asks()];
  hear('rack1', 'unavailable');
  hear('rack1', undefined, CAPS);
  expect([...counts, await asks()]).toEqual([1, 0, 1]);
});

/** What is known of two machines of one hypervisor after both were looked at, and who was asked. */
async function twoMachines(first: () => FakeAnswer, isTogether: boolean) {
  const { agents, session, view } = await keeper();
  const rack = jid('rack1@example.org');
  const presence = { ...{ resource: 'rack1', presence: {}, priority: 0 }, photoHash: undefined };
  const machines = [1, 2].map((digit) => {
    return jid(`${digit}b5d1d0e-6f3a-4c55-9d0f-1b8f5a2e7c41@example.org`);
  });
  for (const one of [rack, ...machines]) {
    view.learn(one, { presences: [{ ...presence, receivedAt: 0 }] });
  }
  view.learn(rack, { runsMachines: true });
  const [one = rack, other = rack] = machines;
  session.answer = ({ to }) => (to === `${one}/rack1` ? first() : refuse());
  if (isTogether) await Promise.all(machines.map((each) => agents.know(each)));
  const known = [(await agents.know(one))?.generation, (await agents.know(other))?.generation];
  return { known, asked: session.requests.map(({ to }) => to?.[0]) };
}

it.each([true, false])(
  'asks one original agent for its process, together: %s',
  async (together) => {
    expect(await twoMachines(refuse, together)).toEqual({
      ...{ known: ['original', 'original'], asked: ['1'] },
    });
  },
);

it.each([true, false])('lets nobody pass others for ours, together: %s', async (together) => {
  expect(await twoMachines(pretend, together)).toEqual({
    ...{ known: ['ours', 'original'], asked: ['1', '2'] },
  });
});
