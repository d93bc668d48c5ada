import { expect, it } from 'vitest';
import { entityId } from '../../../../core/domain/entity.ts';
import { el } from '../../../../core/xml/element.ts';
import { childrenOf } from '../../../../node/xmpp/elements.ts';
import { readerOf } from '../../../../core/xml/reader.ts';
import { ACCOUNT, ApplicationFixture, jid } from '../application-fixture.ts';
import { errorIq, resultIq, unavailable } from '../../../support/fake-session.ts';

const WEB = jid('web@example.org');
const MAIL = jid('mail@example.org');

const ROSTER = 'jabber:iq:roster';

/** An account whose server nests groups by `/`, and whose contacts are in these groups. */
async function withGroups(groups: Readonly<Record<string, readonly string[]>>) {
  const refused = new Set<string>();
  const items = Object.entries(groups).map(([address, names]) => {
    const name = address === MAIL ? 'mail' : undefined;
    const inGroups = names.map((group) => el('group', {}, [group]));
    return el('item', { jid: address, name, subscription: 'both' }, inGroups);
  });
  const fixture = new ApplicationFixture((session) => {
    session.answer = ({ type, payload }) => {
      const { xmlns } = payload.attributes;
      if (xmlns === 'jabber:iq:private') {
        const delimiter = el('roster', { xmlns: 'roster:delimiter' }, ['/']);
        return resultIq(el('query', { xmlns }, [delimiter]));
      }
      if (xmlns !== ROSTER) return unavailable();
      if (type === 'get') return resultIq(el('query', { xmlns }, items));
      const [item] = childrenOf(readerOf(payload), 'item');
      return refused.has(item?.attribute('jid') ?? '')
        ? errorIq(el('error'), 'not-allowed')
        : resultIq();
    };
  });
  await fixture.connect();
  await fixture.time.pass(100);
  const run = async (command: string, input: object) => {
    const targets = [WEB, MAIL].map((one) => entityId(ACCOUNT, one));
    const started = fixture.application.runs.start({ command, targets, input: { ...input } });
    if (!started.ok) throw new Error(JSON.stringify(started.error));
    await fixture.time.pass(200);
    return fixture.audience.told.runs.get(started.value.id)!.items.map(({ state }) => state.name);
  };
  const sent = () =>
    fixture.session.requests
      .filter(({ type, payload }) => type === 'set' && payload.attributes['xmlns'] === ROSTER)
      .flatMap(({ payload }) => childrenOf(readerOf(payload), 'item'))
      .map((item) => [
        item.attribute('jid'),
        item.attribute('name'),
        ...childrenOf(item, 'group').map((group) => group.text()),
      ]);
  return { run, sent, refused };
}

it('renames a group for its members one by one, with what is nested in it, in the words of the server', async () => {
  const { run, sent } = await withGroups({
    [WEB]: ['Fleet/Paris/Rack', 'Mine'],
    [MAIL]: ['Fleet/Paris'],
  });
  const states = await run('group.rename', { from: 'Fleet::Paris', to: 'Fleet::Lyon' });
  expect([states, sent()]).toEqual([
    ['done', 'done'],
    [
      // Who has no name in the roster gets none by it.
      [WEB, undefined, 'Fleet/Lyon/Rack', 'Mine'],
      [MAIL, 'mail', 'Fleet/Lyon'],
    ],
  ]);
});

it('moves members of a deleted group to the group that held it, or to none, and removes nobody', async () => {
  const nested = await withGroups({ [WEB]: ['Fleet/Paris'], [MAIL]: ['Fleet/Paris', 'Fleet'] });
  await nested.run('group.delete', { group: 'Fleet::Paris' });
  const top = await withGroups({ [WEB]: ['Fleet'], [MAIL]: ['Fleet/Paris'] });
  await top.run('group.delete', { group: 'Fleet' });
  expect([nested.sent(), top.sent()]).toEqual([
    [
      [WEB, undefined, 'Fleet'],
      [MAIL, 'mail', 'Fleet'],
    ],
    [
      [WEB, undefined],
      [MAIL, 'mail', 'Paris'],
    ],
  ]);
});

it('says of which member it failed, and sends nothing for one that is not in the group any more', async () => {
  const { run, sent, refused } = await withGroups({ [WEB]: ['Old'], [MAIL]: ['Mine'] });
  refused.add(WEB);
  expect(await run('group.rename', { from: 'Old', to: 'New' })).toEqual(['failed', 'done']);
  expect(sent().map(([address]) => address)).toEqual([WEB]);
});
