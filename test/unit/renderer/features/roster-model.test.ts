import { flushSync } from 'svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { messagesFor } from '../../../../core/messages/catalogue.ts';
import { hypervisorControl } from '../../../../core/protocol/hypervisor-control.ts';
import { RosterModel } from '../../../../renderer/features/roster/roster-model.svelte.ts';
import { createStores, startStores } from '../../../../renderer/state/stores.ts';
import { drawn } from '../../../fakes/drawn.svelte.ts';
import { fakeId } from '../../../fakes/fake-entities.ts';
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
  const model = new RosterModel(stores, words);
  ends.push(drawn(() => model.rows));
  flushSync();
  const labels = () => model.rows.map(({ label }) => label);
  const keyOf = (label: string) => model.rows.find((row) => row.label === label)!.key;
  const names = () => stores.inventory.pick(stores.selection.ids).map(({ name }) => name);
  return { ...fake, stores, model, labels, keyOf, names };
}

describe('the roster', () => {
  it('gives the entities that are chosen to the whole window, groups not among them', async () => {
    const { model, keyOf, names } = await opened();
    model.choose(keyOf('Lyon'), 'one');
    expect(names()).toEqual([]);
    model.choose(keyOf('backup'), 'range');
    expect(names()).toEqual(['lagoon', 'backup']);
    model.choose(keyOf('web-01'), 'toggle');
    expect(names()).toEqual(['lagoon', 'backup', 'web-01']);
    model.clearSelection();
    expect(names()).toEqual([]);
  });

  it('follows a state that changes when the filter looks at states', async () => {
    const { model, events, main, labels } = await opened();
    model.toggleMark('crashed');
    expect(labels()).toEqual(['Paris', 'atoll-02', 'worker-07']);
    const crashed = main.snapshot.entities.find(({ name }) => name === 'worker-07')!;
    events.inventory.emit({ revision: 2, changed: [{ ...crashed, state: 'off' }], removed: [] });
    expect(labels()).toEqual([]);
    model.clearFilter();
    expect(labels()).toContain('worker-07');
  });

  it('names what is looked for, and nothing new when only what is found changes', async () => {
    const { model, events, main, labels } = await opened();
    expect(model.sought).toBe('');
    model.toggleMark('crashed');
    const sought = model.sought;
    expect(sought).not.toBe('');
    const crashed = main.snapshot.entities.find(({ name }) => name === 'worker-07')!;
    events.inventory.emit({ revision: 2, changed: [{ ...crashed, state: 'off' }], removed: [] });
    expect(labels()).toEqual([]);
    expect(model.sought).toBe(sought);
    model.text = ' Web ';
    const wordsToo = model.sought;
    expect(wordsToo).not.toBe(sought);
    model.text = 'web';
    expect(model.sought).toBe(wordsToo);
    model.clearFilter();
    expect(model.sought).toBe('');
  });

  it('takes the first that was found, and an entity by its id', async () => {
    const { model, names } = await opened();
    model.text = 'db-';
    expect(model.chooseFirst()?.label).toBe('db-primary');
    expect(model.chooseEntity(fakeId('lagoon@archipel.test'))).toBeUndefined();
    model.clearFilter();
    model.chooseEntity(fakeId('lagoon@archipel.test'));
    expect(names()).toEqual(['lagoon']);
  });

  it('folds one and all, and keeps it in the layout', async () => {
    const { stores, model, labels, keyOf } = await opened();
    model.toggle(model.rows.find(({ label }) => label === 'lagoon')!);
    expect(labels()).not.toContain('backup');
    expect(stores.layout.isCollapsed(keyOf('lagoon'))).toBe(true);
    model.fold(true);
    expect(labels()).toEqual(['Lyon', 'Paris', 'People']);
    model.fold(false);
    expect(labels()).toContain('backup');
  });

  it('shows roster groups in the other arrangement', async () => {
    const { stores, labels } = await opened();
    await stores.settings.change({ arrangement: 'by-group' }, stores.notices);
    expect(labels().slice(0, 2)).toEqual(['All Virtual Machines', 'backup']);
  });

  it('tells what stands in a group that is selected alone, as long as it is', async () => {
    const { stores, model, keyOf, events, main } = await opened();
    model.choose(keyOf('Lyon'), 'one');
    expect([stores.selection.group?.name, stores.selection.group?.members.length]).toEqual([
      'Lyon',
      6,
    ]);
    const gone = main.snapshot.entities.find(({ name }) => name === 'backup')!;
    events.inventory.emit({ revision: 2, changed: [], removed: [gone.id] });
    expect(stores.selection.group?.members.length).toBe(5);
    model.choose(keyOf('People'), 'one');
    expect(stores.selection.group).toMatchObject({ label: 'People' });
    expect(stores.selection.group).not.toHaveProperty('name');
    model.choose(keyOf('lagoon'), 'toggle');
    expect(stores.selection.group).toBeUndefined();
  });

  it('shows a group that is kept without a member, but not among what a filter has found', async () => {
    const { stores, model, labels } = await opened();
    await stores.settings.change({ arrangement: 'by-group', groups: ['Spare'] }, stores.notices);
    expect(labels()).toContain('Spare');
    model.text = 'backup';
    expect(labels()).not.toContain('Spare');
  });

  it('has a fleet behind it that answers what panels ask', async () => {
    const { stores } = await opened();
    const lagoon = fakeId('lagoon@archipel.test');
    const query = stores.queries.watch(hypervisorControl.rostervm, lagoon, {});
    ends.push(drawn(() => query.state));
    flushSync();
    await expect.poll(() => query.value?.filter(({ isManaged }) => isManaged).length).toBe(5);
  });
});
