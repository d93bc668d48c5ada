import { expect, it } from 'vitest';
import { rosterFile } from '../../../../client/inventory/roster-keeper.ts';
import { el } from '../../../../core/xml/element.ts';
import type { SessionFacts } from '../../../../node/xmpp/session-types.ts';
import { MemoryStorage } from '../../../support/client-ports.ts';
import { ManualTime } from '../../../support/manual-time.ts';
import { ACCOUNT, ApplicationFixture, jid, WINDOW } from '../application-fixture.ts';
import { FakeFleet } from '../fake-fleet.ts';
import { type FakeAnswer, type FakeRequest, resultIq } from '../../../support/fake-session.ts';

const RACK = jid('rack1@example.org');
const FILE = rosterFile(ACCOUNT).format;

/** One run of the application, at a server that has this version of a roster with one contact. */
async function run(storage: MemoryStorage, version: string, name: string) {
  const fleet = new FakeFleet([{ jid: RACK, name }]);
  const told: { readonly known: string | undefined; readonly isWhole: boolean }[] = [];
  const answer = (request: FakeRequest): FakeAnswer => {
    const { attributes } = request.payload;
    if (attributes['xmlns'] !== 'jabber:iq:roster') return fleet.answer(request);
    const isWhole = attributes['ver'] !== version;
    told.push({ known: attributes['ver'], isWhole });
    const item = el('item', { jid: RACK, name, subscription: 'both' });
    const query = el('query', { xmlns: 'jabber:iq:roster', ver: version }, [item]);
    return isWhole ? resultIq(query) : resultIq();
  };
  const fixture = new ApplicationFixture(
    (session) => {
      session.answer = answer;
      session.facts = { hasRosterVersions: true } as SessionFacts;
    },
    storage,
    new ManualTime(),
  );
  await fixture.connect();
  await fixture.time.pass(100);
  const names = () => fixture.application.inventory.entities().map((one) => one.name);
  return { fixture, told, names };
}

it('is not told again in the next run what has not changed', async () => {
  const storage = new MemoryStorage();
  const first = await run(storage, 'v1', 'Rack 1');
  await first.fixture.application.stop();
  const again = await run(storage, 'v1', 'Rack 1');
  const shown = again.names();
  await again.fixture.application.stop();
  const later = await run(storage, 'v2', 'Rack 2');
  expect({
    told: [first, again, later].map(({ told }) => told),
    shown,
    now: later.names(),
  }).toEqual({
    told: [
      [{ known: '', isWhole: true }],
      [{ known: 'v1', isWhole: false }],
      [{ known: 'v1', isWhole: true }],
    ],
    shown: ['Rack 1'],
    now: ['Rack 2'],
  });
});

it.each([
  ['a name that was left out', (text: string) => text.replace('Rack 1', '•••')],
  ['something that is no contact', (text: string) => text.replace('"both"', '7')],
  ['no list of contacts', () => '{"version":"v1"}'],
])('reads all of it where the file has %s', async (_what, damage) => {
  const storage = new MemoryStorage();
  const first = await run(storage, 'v1', 'Rack 1');
  await first.fixture.application.stop();
  storage.files.set(FILE, damage(storage.files.get(FILE) ?? ''));
  const { told, names } = await run(storage, 'v1', 'Rack 1');
  expect([told, names()]).toEqual([[{ known: '', isWhole: true }], ['Rack 1']]);
});

it('forgets the roster of an account that is removed', async () => {
  const storage = new MemoryStorage();
  const { fixture } = await run(storage, 'v1', 'Rack 1');
  await fixture.time.pass(10_000);
  const kept = storage.files.has(FILE);
  await fixture.application.handlers.accounts.remove({ jid: ACCOUNT }, WINDOW);
  expect([kept, storage.files.has(FILE)]).toEqual([true, false]);
});
