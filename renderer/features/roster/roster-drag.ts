import type { HTMLAttributes } from 'svelte/elements';
import type { Stores } from '../../state/stores.ts';
import { dropOnGroup } from './group-drop.ts';
import type { RosterModel } from './roster-model.svelte.ts';
import type { RosterRow } from './roster-rows.ts';

const MEDIA_TYPE = 'application/x-archipel-entities';

type Mirrors = Pick<Stores, 'commands' | 'inventory' | 'selection' | 'settings'>;

/** Rows from the group above each: the key of an entity's row begins with its group's key. */
function groupOf(row: RosterRow): string | undefined {
  const end = row.entity === undefined ? -1 : row.key.lastIndexOf(`/${row.entity}`);
  return end < 0 ? undefined : row.key.slice('group '.length, end);
}

/** Attributes that let entities be dragged into groups, where groups are what the roster shows. */
export function dragAttributes(
  row: RosterRow,
  model: RosterModel,
  stores: Mirrors,
): HTMLAttributes<HTMLDivElement> {
  if (stores.settings.current.arrangement !== 'by-group') return {};
  if (row.entity !== undefined) {
    return {
      draggable: true,
      ondragstart: ({ dataTransfer }) => {
        if (!model.isSelected(row.key)) model.choose(row.key, 'one');
        dataTransfer?.setData(MEDIA_TYPE, groupOf(row) ?? '');
        if (dataTransfer) dataTransfer.effectAllowed = 'move';
      },
    };
  }
  const { group } = row;
  return group === undefined ? {} : dropAttributes(group, stores);
}

function dropAttributes(group: string, stores: Mirrors): HTMLAttributes<HTMLDivElement> {
  return {
    ondragover: (event) => {
      if (event.dataTransfer?.types.includes(MEDIA_TYPE)) event.preventDefault();
    },
    ondrop: (event) => {
      const from = event.dataTransfer?.getData(MEDIA_TYPE);
      const dragged = stores.inventory
        .pick(stores.selection.ids)
        .map((entity) => ({ entity, from }));
      for (const { groups, targets } of dropOnGroup(dragged, group)) {
        void stores.commands.give('contact.set-groups', targets, { groups });
      }
    },
  };
}
