import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { entityId } from '../../../../core/domain/entity.ts';
import { err, ok } from '../../../../core/lib/result.ts';
import { el } from '../../../../core/xml/element.ts';
import { ACCOUNT, ApplicationFixture, jid } from '../application-fixture.ts';
import { FakeFleet, presenceOf } from '../fake-fleet.ts';

const WEB = jid('0b5d1d0e-6f3a-4c55-9d0f-1b8f5a2e7c41@example.org');
const PICTURE = Buffer.from('a picture');
const HASH = createHash('sha1').update(PICTURE).digest('hex');

/** A machine whose presence announces a picture. */
async function pictureAnnounced() {
  const fleet = new FakeFleet([{ jid: WEB, name: 'web' }]);
  const fixture = new ApplicationFixture((session) => (session.answer = fleet.answer));
  await fixture.connect();
  fixture.session.receive(presenceOf(`${WEB}/rack1`, 'Running'));
  await fixture.time.pass(3000);
  const vcardsAsked = () =>
    fixture.session.requests.filter(({ payload }) => payload.name === 'vCard').length;
  const before = vcardsAsked();
  const photo = { mime: 'image/png', data: PICTURE.toString('base64') };
  fleet.vcards.set(WEB, { fullName: 'web', photo });
  const update = el('x', { xmlns: 'vcard-temp:x:update' }, [el('photo', {}, [HASH])]);
  const presence = presenceOf(`${WEB}/rack1`, 'Running');
  fixture.session.receive({ ...presence, children: [update, ...presence.children] });
  await fixture.time.pass(100);
  return {
    fixture,
    /** By what hash the machine's picture is known. */
    avatar: () => fixture.application.inventory.entity(entityId(ACCOUNT, WEB))?.avatar,
    askedSince: () => vcardsAsked() - before,
  };
}

it('fetches a picture that a presence announces only when somebody looks at it', async () => {
  const { fixture, avatar, askedSince } = await pictureAnnounced();
  expect([avatar(), askedSince()]).toEqual([HASH, 0]);
  const picture = await fixture.application.avatar(HASH);
  expect([picture, askedSince()]).toEqual([PICTURE, 1]);
});

it('fetches a picture again that could not be looked at when it came', async () => {
  const { fixture, avatar, askedSince } = await pictureAnnounced();
  fixture.toAvatar = async () => err('later');
  const refused = await fixture.application.avatar(HASH);
  expect([refused, avatar()]).toEqual([undefined, HASH]);
  fixture.toAvatar = async (bytes) => ok(bytes);
  expect([await fixture.application.avatar(HASH), askedSince()]).toEqual([PICTURE, 2]);
});

it('shows no picture that cannot be read', async () => {
  const { fixture, avatar } = await pictureAnnounced();
  fixture.toAvatar = async () => err('unreadable');
  const refused = await fixture.application.avatar(HASH);
  expect([refused, avatar(), fixture.pictures.pictures.size]).toEqual([undefined, undefined, 0]);
});
