import { expect, it } from 'vitest';
import type { AccountView } from '../../../../client/inventory/account-view.ts';
import { TagKeeper } from '../../../../client/inventory/tag-keeper.ts';
import type { BareJid } from '../../../../core/domain/jid.ts';
import { TAGS_NODE } from '../../../../core/protocol/pubsub-nodes.ts';
import { writeTagItem } from '../../../../core/protocol/tags.ts';
import { readerOf } from '../../../../core/xml/reader.ts';
import { err } from '../../../../core/lib/result.ts';
import type { Pubsub } from '../../../../node/xmpp/pubsub.ts';
import { jid } from '../application-fixture.ts';

/** Tags that entities publish, and what is learned of contacts. */
function begin() {
  const learned: [BareJid, unknown][] = [];
  const view: Pick<AccountView, 'learnKnown'> = {
    learnKnown: (one, { tags }) => void learned.push([one, tags]),
  };
  const pubsub: Pick<Pubsub, 'items'> = {
    items: async () => err({ code: 'unknown-outcome', because: 'disconnected' }),
  };
  // Nothing else of the two is used.
  const keeper = new TagKeeper(pubsub as Pubsub, view as AccountView);
  const publish = (from: BareJid, ...tags: readonly string[]): void => {
    const payload = readerOf(writeTagItem({ jid: from, tags }), '');
    const published = [{ id: from, publisher: undefined, payload }];
    keeper.receive({ from: '', node: TAGS_NODE, change: 'items', published, retracted: [] });
  };
  const applied = (one: BareJid): unknown => {
    learned.length = 0;
    keeper.apply(one);
    return [...learned];
  };
  return { publish, applied };
}

const WEB = jid('web@example.org');
const MAIL = jid('mail@example.org');

it('gives a contact that becomes known the last tags that were published of it', () => {
  const { publish, applied } = begin();
  publish(WEB, 'one');
  publish(WEB, 'two');
  expect([applied(WEB), applied(MAIL)]).toEqual([[[WEB, ['two']]], []]);
});

it('holds the tags of so many and no more, the latest', () => {
  const { publish, applied } = begin();
  publish(WEB, 'one');
  publish(MAIL, 'two');
  for (let index = 0; index < 19_999; index += 1) {
    publish(jid(`vm${index}@example.org`));
    // It is told of again, and stays.
    if (index === 10_000) publish(MAIL, 'three');
  }
  expect([applied(WEB), applied(MAIL)]).toEqual([[], [[MAIL, ['three']]]]);
});
