import type { Entity } from '../../../core/domain/entity.ts';
import type { Messages } from '../../../core/messages/catalogue.ts';

/** What the user looks for in the roster. */
export interface RosterFilter {
  /** Lower-case words; all of them must be found. A word that begins with `#` is a whole tag. */
  readonly words: readonly string[];
  /** States and marks that were picked; one of them must fit. */
  readonly marks: ReadonlySet<string>;
  /** Tags that were picked; all of them must be there. */
  readonly tags: ReadonlySet<string>;
  readonly hideOffline: boolean;
}

export function readWords(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
}

/** Whether anything but being offline hides an entity. */
export function isFiltering(filter: RosterFilter): boolean {
  return filter.words.length + filter.marks.size + filter.tags.size > 0;
}

/** Whether the answer can change without the entity moving in the roster. */
export function dependsOnState(filter: RosterFilter): boolean {
  return isFiltering(filter) || filter.hideOffline;
}

function hasMark(entity: Entity, mark: string): boolean {
  if (mark === 'stale') return entity.stale;
  if (mark === 'unread') return entity.unread > 0;
  return entity.state === mark;
}

function hasWord(entity: Entity, word: string, states: Messages['states']): boolean {
  if (word.startsWith('#')) return entity.tags.includes(word.slice(1));
  return (
    entity.name.toLowerCase().includes(word) ||
    entity.jid.includes(word) ||
    entity.tags.some((tag) => tag.includes(word)) ||
    states[entity.state].startsWith(word)
  );
}

/** Makes what tells whether an entity is among what the user looks for: asked of every one at each key. */
export function passing(
  filter: RosterFilter,
  states: Messages['states'],
): (entity: Entity) => boolean {
  const marks = Array.from(filter.marks);
  const tags = Array.from(filter.tags);
  return (entity) => {
    if (filter.hideOffline && (entity.state === 'offline' || entity.state === 'unknown'))
      return false;
    if (marks.length > 0 && !marks.some((mark) => hasMark(entity, mark))) return false;
    return (
      tags.every((tag) => entity.tags.includes(tag)) &&
      filter.words.every((word) => hasWord(entity, word, states))
    );
  };
}
