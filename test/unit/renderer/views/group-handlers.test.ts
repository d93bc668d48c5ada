import { flushSync } from 'svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { messagesFor } from '../../../../core/messages/catalogue.ts';
import { RosterModel } from '../../../../renderer/features/roster/roster-model.svelte.ts';
import { createStores, startStores } from '../../../../renderer/state/stores.ts';
import { knownGroups } from '../../../../renderer/state/roster-groups.ts';
import {
  addGroup,
  deleteGroup,
  renameGroup,
} from '../../../../renderer/views/commands/group-handlers.ts';
import { drawn } from '../../../fakes/drawn.svelte.ts';
import { fakeEntity } from '../../../fakes/fake-entities.ts';
import { fakeWindow } from '../../../fakes/fake-window.ts';

const words = messagesFor('en');
const ends: (() => void)[] = [];

afterEach(() => {
  for (const end of ends.splice(0)) end();
});

async function opened() {
  const fake = fakeWindow('fleet');
  const stores = createStores(fake.api, () => words.describeError);
  ends.push(startStores(stores));
  await expect.poll(() => stores.inventory.loaded && stores.settings.loaded).toBe(true);
  const roster = new RosterModel(stores, words);
  ends.push(drawn(() => roster.rows));
  flushSync();
  const given = () =>
    fake.main.calls.flatMap(([member, input]) => (member === 'runs.start' ? [input] : []));
  return { ...fake, parts: { stores, roster, words }, stores, given };
}

describe('groups of the roster', () => {
  it('are known by their members, by what they hold and by being kept', () => {
    const entities = [
      fakeEntity('a@x.test', { groups: ['Fleet::Paris::Rack'] }),
      fakeEntity('b@x.test'),
    ];
    expect(knownGroups(entities, ['Spare'])).toEqual([
      'Fleet',
      'Fleet::Paris',
      'Fleet::Paris::Rack',
      'Spare',
    ]);
  });

  it('are kept when they are made, and seen at once', async () => {
    const { parts, stores, given } = await opened();
    await addGroup(parts, 'Spare');
    expect([stores.settings.current.groups, stores.settings.current.arrangement, given()]).toEqual([
      ['Spare'],
      'by-group',
      [],
    ]);
    expect(stores.selection.group).toEqual({ label: 'Spare', name: 'Spare', members: [] });
  });

  it('change their name for members and for what is kept', async () => {
    const { parts, stores, given } = await opened();
    await stores.settings.change({ groups: ['Lyon::Spare', 'Other'] }, stores.notices);
    expect(await renameGroup(parts, 'Lyon', 'Sites::Lyon')).toBe(true);
    expect([stores.settings.current.groups, given()]).toEqual([
      ['Sites::Lyon::Spare', 'Other'],
      [
        expect.objectContaining({
          command: 'group.rename',
          input: { from: 'Lyon', to: 'Sites::Lyon' },
        }),
      ],
    ]);
  });

  it('go at once when nobody is in them, and with the members asked for when somebody is', async () => {
    const { parts, stores, given } = await opened();
    await stores.settings.change({ groups: ['Spare', 'Spare::Old'] }, stores.notices);
    await deleteGroup(parts, 'Spare');
    expect([stores.settings.current.groups, given()]).toEqual([['Old'], []]);
    await deleteGroup(parts, 'Lyon');
    expect(given()).toEqual([
      expect.objectContaining({ command: 'group.delete', input: { group: 'Lyon' } }),
    ]);
  });
});
