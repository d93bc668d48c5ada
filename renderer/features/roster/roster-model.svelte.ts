import { SvelteSet } from 'svelte/reactivity';
import type { EntityId } from '../../../core/domain/entity.ts';
import type { Messages } from '../../../core/messages/catalogue.ts';
import type { SelectedGroup } from '../../state/selection-store.svelte.ts';
import type { Stores } from '../../state/stores.ts';
import { NOTHING_SELECTED, pick, type Selection } from '../../ui/selection.ts';
import {
  dependsOnState,
  isFiltering,
  passing,
  readWords,
  type RosterFilter,
} from './roster-filter.ts';
import { rosterRows, type RosterRow } from './roster-rows.ts';
import { arrangeByGroup, arrangeByHost, groupKey, type RosterNode } from './roster-tree.ts';

type Mirrors = Pick<Stores, 'inventory' | 'layout' | 'selection' | 'settings'>;
type Words = Pick<Messages, 'roster' | 'states'>;

/** What the roster shows and what is chosen in it. */
export class RosterModel {
  readonly #stores: Mirrors;
  readonly #words: Words;
  readonly #marks = new SvelteSet<string>();
  readonly #tags = new SvelteSet<string>();
  #selection = $state.raw<Selection>(NOTHING_SELECTED);
  text = $state('');

  readonly filter: RosterFilter = $derived.by(() => ({
    words: readWords(this.text),
    marks: new Set(this.#marks),
    tags: new Set(this.#tags),
    hideOffline: this.#stores.settings.current.hideOffline,
  }));

  /** What is looked for, as one text that changes with it; empty while nothing is. */
  readonly sought: string = $derived.by(() => {
    const { words, marks, tags } = this.filter;
    return this.isFiltering ? JSON.stringify([words, [...marks], [...tags]]) : '';
  });

  readonly #nodes: readonly RosterNode[] = $derived.by(() => {
    const { inventory, settings } = this.#stores;
    inventory.followStructure();
    const { arrangement, groups } = settings.current;
    return arrangement === 'by-host'
      ? arrangeByHost(inventory.all(), this.#words.roster)
      : arrangeByGroup(inventory.all(), this.#words.roster, groups);
  });

  /** Whether an entity is among what is looked for; asked anew when that may have changed. */
  readonly #fits: (id: EntityId) => boolean = $derived.by(() => {
    const { inventory } = this.#stores;
    inventory.followStructure();
    if (dependsOnState(this.filter)) inventory.followChanges();
    const fits = passing(this.filter, this.#words.states);
    return (id) => {
      const entity = inventory.peek(id);
      return entity !== undefined && fits(entity);
    };
  });

  readonly rows: readonly RosterRow[] = $derived.by(() => {
    const { layout } = this.#stores;
    const fits = this.#fits;
    return rosterRows(this.#nodes, {
      isCollapsed: (key) => layout.isCollapsed(key),
      passes: dependsOnState(this.filter) ? fits : undefined,
      isSearched: this.isFiltering,
    });
  });

  /** The rows meant by the filter, without those that only hold others. */
  readonly #fitting = $derived(
    this.rows.filter(({ entity }) => entity !== undefined && this.#fits(entity)),
  );

  /** The group whose row alone is chosen. */
  readonly #group: SelectedGroup | undefined = $derived.by(() => {
    const [key, another] = this.#selection.keys;
    if (key === undefined || another !== undefined) return undefined;
    const node = nodeAt(this.#nodes, key);
    if (!node || node.entity !== undefined) return undefined;
    const { label, group } = node;
    const members = [...new Set(entitiesBelow(node))];
    return { label, members, ...(group === undefined ? {} : { name: group }) };
  });

  readonly #order = $derived(this.rows.map(({ key }) => key));

  constructor(stores: Mirrors, words: Words) {
    this.#stores = stores;
    this.#words = words;
  }

  get active(): string | undefined {
    return this.#selection.active;
  }

  get isFiltering(): boolean {
    return isFiltering(this.filter);
  }

  isSelected(key: string): boolean {
    return this.#selection.keys.has(key);
  }

  hasMark(mark: string): boolean {
    return this.#marks.has(mark);
  }

  hasTag(tag: string): boolean {
    return this.#tags.has(tag);
  }

  toggleMark(mark: string): void {
    if (!this.#marks.delete(mark)) this.#marks.add(mark);
  }

  toggleTag(tag: string): void {
    if (!this.#tags.delete(tag)) this.#tags.add(tag);
  }

  clearFilter(): void {
    this.text = '';
    this.#marks.clear();
    this.#tags.clear();
  }

  choose(key: string, how: 'one' | 'toggle' | 'range'): void {
    this.#select(pick(this.#selection, this.#order, key, how));
  }

  clearSelection(): void {
    this.#select(NOTHING_SELECTED);
  }

  selectAll(): void {
    const keys = new Set(this.#fitting.map(({ key }) => key));
    this.#select({ ...this.#selection, keys });
  }

  /** Chooses the first entity that passes the filter. */
  chooseFirst(): RosterRow | undefined {
    const [first] = this.#fitting;
    if (first) this.choose(first.key, 'one');
    return first;
  }

  /** Chooses the row of an entity, if it is there to be seen. */
  chooseEntity(id: EntityId): string | undefined {
    const row = this.rows.find(({ entity }) => entity === id);
    if (row && !this.isSelected(row.key)) this.choose(row.key, 'one');
    return row?.key;
  }

  /** Chooses the row of a group, if it is there to be seen. */
  chooseGroup(name: string): string | undefined {
    const row = this.rows.find(({ key }) => key === groupKey(name));
    if (row) this.choose(row.key, 'one');
    return row?.key;
  }

  toggle(row: RosterRow): void {
    this.#stores.layout.setCollapsed([row.key], row.expanded === true);
  }

  fold(collapsed: boolean): void {
    this.#stores.layout.setCollapsed(keysWithChildren(this.#nodes), collapsed);
  }

  #select(selection: Selection): void {
    this.#selection = selection;
    const ids = this.rows.flatMap(({ key, entity }) =>
      entity !== undefined && selection.keys.has(key) ? [entity] : [],
    );
    this.#stores.selection.set([...new Set(ids)], () => this.#group);
  }
}

function nodeAt(nodes: readonly RosterNode[], key: string): RosterNode | undefined {
  for (const node of nodes) {
    const found = node.key === key ? node : nodeAt(node.children, key);
    if (found) return found;
  }
  return undefined;
}

function entitiesBelow({ children }: RosterNode): readonly EntityId[] {
  return children.flatMap((child) => [
    ...(child.entity === undefined ? [] : [child.entity]),
    ...entitiesBelow(child),
  ]);
}

function keysWithChildren(nodes: readonly RosterNode[]): readonly string[] {
  return nodes.flatMap(({ key, children }) =>
    children.length > 0 ? [key, ...keysWithChildren(children)] : [],
  );
}
