import type { BareJid } from '../../core/domain/jid.ts';

/** A group that the server keeps: its members see all members of the groups it displays. */
export interface SharedGroup {
  readonly id: string;
  /** The roster group under which others see its members. */
  readonly name: string;
  readonly members: ReadonlyMap<BareJid, string | undefined>;
  readonly displays: ReadonlySet<string>;
}

interface KeptGroup {
  readonly id: string;
  readonly name: string;
  readonly members: Map<BareJid, string | undefined>;
  readonly displays: ReadonlySet<string>;
}

/** A contact that comes from shared groups. */
export interface SharedContact {
  readonly name: string | undefined;
  readonly groups: readonly string[];
}

/** The shared roster groups of the platform, in which an entity has no need to know its watchers. */
export class SharedGroups {
  readonly #groups = new Map<string, KeptGroup>();
  readonly #groupsOf = new Map<BareJid, Set<string>>();
  #version = 0;

  /** Grows with each change. */
  get version(): number {
    return this.#version;
  }

  /** Makes a group or changes what it displays; its members stay. */
  define(id: string, name: string, displays: readonly string[]): void {
    const members = this.#groups.get(id)?.members ?? new Map<BareJid, string | undefined>();
    this.#groups.set(id, { id, name, members, displays: new Set(displays) });
    this.#version += 1;
  }

  list(): readonly SharedGroup[] {
    return [...this.#groups.values()];
  }

  /** Adds a member, shown to others under that name; false when there is no such group. */
  add(id: string, member: BareJid, name?: string): boolean {
    const group = this.#groups.get(id);
    if (!group) return false;
    group.members.set(member, name);
    const groups = this.#groupsOf.get(member) ?? new Set();
    this.#groupsOf.set(member, groups.add(id));
    this.#version += 1;
    return true;
  }

  /** Takes a member out of all groups. */
  removeEverywhere(member: BareJid): void {
    for (const group of this.#groupsIn(member)) group.members.delete(member);
    if (this.#groupsOf.delete(member)) this.#version += 1;
  }

  /** Whom the owner sees, and under which groups. */
  contactsOf(owner: BareJid): ReadonlyMap<BareJid, SharedContact> {
    const contacts = new Map<BareJid, SharedContact>();
    for (const id of this.#displayedTo(owner)) {
      const group = this.#groups.get(id);
      if (group) collect(contacts, group);
    }
    contacts.delete(owner);
    return contacts;
  }

  /** One contact as the owner sees it; undefined when it does not. */
  contact(owner: BareJid, contact: BareJid): SharedContact | undefined {
    if (owner === contact) return undefined;
    const displayed = this.#displayedTo(owner);
    const groups = this.#groupsIn(contact).filter(({ id }) => displayed.has(id));
    if (groups.length === 0) return undefined;
    const name = groups
      .map(({ members }) => members.get(contact))
      .find((known) => known !== undefined);
    return { name, groups: groups.map((group) => group.name) };
  }

  /** Who sees the owner. */
  watchersOf(owner: BareJid): ReadonlySet<BareJid> {
    const own = this.#groupsOf.get(owner);
    const watchers = new Set<BareJid>();
    if (!own) return watchers;
    for (const group of this.#groups.values()) {
      if (![...own].some((id) => group.displays.has(id))) continue;
      for (const member of group.members.keys()) watchers.add(member);
    }
    watchers.delete(owner);
    return watchers;
  }

  #displayedTo(owner: BareJid): ReadonlySet<string> {
    return new Set(this.#groupsIn(owner).flatMap((group) => [...group.displays]));
  }

  #groupsIn(member: BareJid): KeptGroup[] {
    return [...(this.#groupsOf.get(member) ?? [])].flatMap((id) => this.#groups.get(id) ?? []);
  }
}

function collect(contacts: Map<BareJid, SharedContact>, group: KeptGroup): void {
  for (const [member, name] of group.members) {
    const known = contacts.get(member);
    const groups = known ? [...known.groups, group.name] : [group.name];
    contacts.set(member, { name: known?.name ?? name, groups });
  }
}
