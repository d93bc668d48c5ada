import { describe, expect, it } from 'vitest';
import type { Entity } from '../../../../core/domain/entity.ts';
import { roster as words } from '../../../../core/messages/en/roster.ts';
import { states } from '../../../../core/messages/en/hindrances.ts';
import { dropOnGroup } from '../../../../renderer/features/roster/group-drop.ts';
import { isBefore, lackingFeatures } from '../../../../renderer/features/roster/older-agents.ts';
import {
  passing,
  readWords,
  type RosterFilter,
} from '../../../../renderer/features/roster/roster-filter.ts';
import { rosterRows } from '../../../../renderer/features/roster/roster-rows.ts';
import {
  arrangeByGroup,
  arrangeByHost,
  type RosterNode,
} from '../../../../renderer/features/roster/roster-tree.ts';
import { fakeEntity, fakeFleet, fakeFleetOf } from '../../../fakes/fake-entities.ts';

const fleet = fakeFleet();
const byId = new Map(fleet.map((entity) => [entity.id, entity]));
const none: RosterFilter = {
  words: [],
  marks: new Set(),
  tags: new Set(),
  hideOffline: false,
};

/** Entities that count how often something of them is read. */
function watched(fleet: readonly Entity[]) {
  let count = 0;
  const get = (entity: Entity, key: keyof Entity): unknown => {
    count += 1;
    return entity[key];
  };
  const entities = fleet.map((entity) => new Proxy(entity, { get }));
  return { entities, looks: () => count };
}

function rowsOf(
  nodes: readonly RosterNode[],
  filter?: (entity: Entity) => boolean,
  collapsed: readonly string[] = [],
) {
  return rosterRows(nodes, {
    isCollapsed: (key) => collapsed.includes(key),
    passes: filter && ((id) => filter(byId.get(id)!)),
    isSearched: filter !== undefined,
  });
}

const outline = (nodes: readonly RosterNode[], filter?: (entity: Entity) => boolean) =>
  rowsOf(nodes, filter).map(({ level, label }) => `${'  '.repeat(level - 1)}${label}`);

describe('the roster by host', () => {
  it('has groups, hypervisors in them, machines below, and people last', () => {
    expect(outline(arrangeByHost(fleet, words)).slice(0, 9)).toEqual([
      'Lyon',
      '  lagoon',
      '    backup',
      '    monitoring',
      '    old-wiki',
      '    registry',
      '    vpn-gateway',
      'Paris',
      '  atoll-01',
    ]);
    expect(outline(arrangeByHost(fleet, words)).slice(-3)).toEqual([
      'People',
      '  auditor',
      '  operator',
    ]);
  });

  it('puts a machine whose hypervisor is not known where it says so', () => {
    const lost = fakeEntity('lost@x.test', { hypervisor: fakeEntity('gone@x.test').id });
    expect(arrangeByHost([lost], words)).toMatchObject([
      { label: 'Host unknown', children: [{ label: 'lost' }] },
    ]);
  });

  it('counts hosts and machines of a group, and says where a row stands among its siblings', () => {
    const [lyon, lagoon, backup] = rowsOf(arrangeByHost(fleet, words));
    expect(lyon).toMatchObject({ hosts: 1, machines: 5, expanded: true, level: 1, setSize: 3 });
    expect(lagoon).toMatchObject({ level: 2, position: 1, setSize: 1, machines: 5 });
    expect(backup).toMatchObject({ level: 3, position: 1, setSize: 5, expanded: undefined });
  });

  it('leaves what is folded out, but not what a filter has found in it', () => {
    const nodes = arrangeByHost(fleet, words);
    const key = nodes[0]!.key;
    expect(rowsOf(nodes, undefined, [key])[1]?.label).toBe('Paris');
    const found = rowsOf(nodes, ({ name }) => name === 'backup', [key]);
    expect(found.map(({ label }) => label)).toEqual(['Lyon', 'lagoon', 'backup']);
  });

  it('folds as ever where only what is offline is hidden', () => {
    const nodes = arrangeByHost(fleet, words);
    const rows = rosterRows(nodes, {
      isCollapsed: (key) => key === nodes[0]!.key,
      passes: () => true,
      isSearched: false,
    });
    expect(rows.slice(0, 2).map(({ label }) => label)).toEqual(['Lyon', 'Paris']);
  });

  it('looks no more often at each of 5,000 machines than at each of 500', () => {
    const looksAtEach = (hypervisors: number): number => {
      const { entities, looks } = watched(fakeFleetOf(hypervisors, 20));
      rosterRows(arrangeByHost(entities, words), {
        isCollapsed: () => false,
        passes: undefined,
        isSearched: false,
      });
      return looks() / entities.length;
    };
    // What sorts looks a little more often; a quadratic arrangement would ten times as often.
    expect(looksAtEach(250) / looksAtEach(25)).toBeLessThan(2);
  });
});

describe('the roster by group', () => {
  it('nests groups by the delimiter, shows an entity in each of its groups, and groups that are kept', () => {
    const entities = [
      fakeEntity('a@x.test', { groups: ['Fleet::Paris', 'Mine'] }),
      fakeEntity('b@x.test', { groups: ['Fleet'] }),
      fakeEntity('c@x.test'),
    ];
    const rows = rosterRows(arrangeByGroup(entities, words, ['Mine', 'Fleet::New']), {
      isCollapsed: () => false,
      passes: undefined,
      isSearched: false,
    });
    expect(rows.map(({ level, label, group }) => [level, label, group])).toEqual([
      [1, 'Fleet', 'Fleet'],
      [2, 'New', 'Fleet::New'],
      [2, 'Paris', 'Fleet::Paris'],
      [3, 'a', undefined],
      [2, 'b', undefined],
      [1, 'Mine', 'Mine'],
      [2, 'a', undefined],
      [1, 'No group', undefined],
      [2, 'c', undefined],
    ]);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
  });

  it('moves what is dropped out of its old group, and leaves what is there already', () => {
    const one = fakeEntity('a@x.test', { groups: ['Old', 'Kept'] });
    const other = fakeEntity('b@x.test', { groups: ['Old', 'Kept'] });
    const there = fakeEntity('c@x.test', { groups: ['New'] });
    const dragged = [one, other, there].map((entity) => ({ entity, from: 'Old' }));
    expect(dropOnGroup(dragged, 'New')).toEqual([
      { groups: ['Kept', 'New'], targets: [one.id, other.id] },
    ]);
  });
});

describe('the filter of the roster', () => {
  const find = (changes: Partial<RosterFilter>) =>
    fleet
      .filter((entity) => passing({ ...none, ...changes }, states)(entity))
      .map(({ name }) => name);

  it.each([
    ['web', ['web-01', 'web-02', 'staging-web']],
    ['WEB-02', ['web-02']],
    ['#web', ['web-01', 'web-02']],
    ['crash', ['worker-07']],
    ['lagoon@', ['lagoon']],
    ['production data', ['db-primary']],
    ['nothing', []],
  ])('finds by “%s”', (text, names) => {
    expect(find({ words: readWords(text) })).toEqual(names);
  });

  it('takes one of the states and all of the tags that were picked', () => {
    expect(find({ marks: new Set(['crashed', 'paused']) })).toEqual(['build-agent-3', 'worker-07']);
    expect(find({ tags: new Set(['production', 'web']) })).toEqual(['web-01', 'web-02']);
    expect(find({ marks: new Set(['unread']) })).toEqual(['cache-01']);
  });

  it('hides what is offline', () => {
    expect(find({ hideOffline: true })).not.toContain('old-wiki');
  });
});

describe('older agents', () => {
  const expected = ['a', 'b'];

  it('are told by their version, and lack what they do not announce', () => {
    const old = { generation: 'ours', version: '0.9.1', features: ['a'] } as const;
    expect(lackingFeatures(old, '0.10.0', expected)).toEqual(['b']);
    expect(lackingFeatures({ ...old, version: '0.10.0' }, '0.10.0', expected)).toEqual([]);
    expect(lackingFeatures({ generation: 'original', features: [] }, '0.1.0', expected)).toEqual(
      expected,
    );
    expect(lackingFeatures(undefined, '0.1.0', expected)).toEqual([]);
  });

  it('are compared number by number', () => {
    expect([isBefore('1.9', '1.10'), isBefore('1.10', '1.9'), isBefore('1', '1.0.0')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
