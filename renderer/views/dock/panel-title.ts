import type { PanelPlace } from '../../../core/contract/layouts.ts';
import type { Entity, EntityId } from '../../../core/domain/entity.ts';
import type { Messages } from '../../../core/messages/catalogue.ts';
import type { Stores } from '../../state/stores.ts';
import { isPanelId, panels } from '../registry.ts';

type Mirrors = Pick<Stores, 'inventory' | 'selection'>;

/** The subject of a panel that shows these entities, whatever is selected: their ids, one a line. */
export function subjectFor(entities: readonly EntityId[]): string {
  return entities.join('\n');
}

/** What a panel shows: what is selected, or what it was opened for. */
export function subjectOf(place: PanelPlace, stores: Mirrors): readonly Entity[] {
  const { inventory, selection } = stores;
  // A subject was made of entities' ids when the panel was opened; one that is gone is not found.
  return inventory.pick(
    place.subject === 'selection' ? selection.ids : (place.subject.split('\n') as EntityId[]),
  );
}

function subjectName(place: PanelPlace, stores: Mirrors, words: Messages): string {
  if (place.subject === '') return words.panels.everything;
  const entities = subjectOf(place, stores);
  const [only] = entities;
  if (entities.length > 1) return words.panels.several(entities.length);
  if (only) return only.name;
  const group = place.subject === 'selection' ? stores.selection.group?.label : undefined;
  return group ?? words.panels.selection;
}

/** The name of a panel, as its tab and its contents carry it. */
export function panelTitle(place: PanelPlace, stores: Mirrors, words: Messages): string {
  if (!isPanelId(place.panel)) return place.panel;
  const panel = panels[place.panel];
  const title = panel.title(words);
  if (place.subject === '' && panel.kinds) {
    const { named, noHost } = words.panels;
    return named(title, panel.forAll ? words.panels[panel.forAll] : noHost);
  }
  return words.panels.named(title, subjectName(place, stores, words));
}
