import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { el } from '../../../../core/xml/element.ts';
import { settled } from '../../../support/manual-time.ts';
import { ApplicationFixture, jid } from '../application-fixture.ts';
import { FakeFleet, presenceOf } from '../fake-fleet.ts';

const HOSTS = 50;
const MACHINES = 99;

function uuid(host: number, machine: number): string {
  const tail = String(host * 1000 + machine).padStart(12, '0');
  return `00000000-0000-4000-8000-${tail}`;
}

const hosts = Array.from({ length: HOSTS }, (_, host) => `rack${host}`);
const contacts = hosts.flatMap((name, host) => [
  { jid: jid(`${name}@example.org`), name },
  ...Array.from({ length: MACHINES }, (_, machine) => ({
    jid: jid(`${uuid(host, machine)}@example.org`),
    name: `vm-${host}-${machine}`,
  })),
]);

const FEATURE = 'archipel:vm:definition:text';

/** The hash of what an agent of ours says of itself (XEP-0115 §5.1). */
function hashOf(kind: string): string {
  return createHash('sha1').update(`archipel/${kind}//<${FEATURE}<`).digest('base64');
}

/** Presences as agents of ours send them: with the hash of what they can. */
function announced(kind: string, from: string, status: string, show?: string) {
  const presence = presenceOf(from, status, show);
  const xmlns = 'http://jabber.org/protocol/caps';
  const caps = { xmlns, hash: 'sha-1', node: 'agent', ver: hashOf(kind) };
  return { ...presence, children: [...presence.children, el('c', caps)] };
}

it('takes in the presences of 5,000 entities whole, one malformed entity harming none', async () => {
  const fleet = new FakeFleet([...contacts, { jid: 'not a jid' as never, name: 'broken' }]);
  fleet.features = [FEATURE];
  const fixture = new ApplicationFixture((session) => (session.answer = fleet.answer));
  await fixture.connect();
  await settled();
  hosts.forEach((name, host) => {
    fixture.session.receive(
      announced('hypervisor', `${name}@example.org/${name}`, `Online (${MACHINES})`),
    );
    for (let machine = 0; machine < MACHINES; machine += 1) {
      const from = `${uuid(host, machine)}@example.org/${name}`;
      // The last word counts, also when many come in one turn.
      fixture.session.receive(announced('virtualmachine', from, 'Off', 'xa'));
      if (machine % 2 === 0) fixture.session.receive(announced('virtualmachine', from, 'Running'));
    }
  });
  fixture.session.receive(el('presence', { from: '@@@' }, [el('show', {}, ['nonsense'])]));
  await fixture.time.pass(5000);
  fixture.application.inventory.flush();
  const { entities } = fixture.application.inventory.snapshot();
  const count = (test: (one: (typeof entities)[number]) => boolean) => entities.filter(test).length;
  expect({
    all: entities.length,
    hypervisors: count(({ kind }) => kind === 'hypervisor'),
    running: count(({ state }) => state === 'running'),
    off: count(({ state }) => state === 'off'),
    placed: count(({ hypervisor }) => hypervisor !== undefined),
    requests: fixture.session.requests.length,
    bugs: fixture.bugs,
  }).toEqual({
    all: HOSTS * (MACHINES + 1),
    hypervisors: HOSTS,
    running: HOSTS * 50,
    off: HOSTS * 49,
    placed: HOSTS * MACHINES,
    // The delimiter and what earlier clients kept (two), roster, three to pubsub, and one question for
    // each of the two kinds.
    requests: 8,
    bugs: [],
  });
}, 20_000);
