import type { CommandId } from '../../../core/commands/table.ts';
import type { Run } from '../../../core/contract/runs.ts';
import type { EntityId } from '../../../core/domain/entity.ts';

const REMOVE: CommandId = 'vm.remove-keymap';
const SET: CommandId = 'vm.set-keymap';

/**
 * Whether the keymap was taken out of a machine's definition in this run of the app, and not put back;
 * the guest that runs keeps it until its next start. Takes the newest run first.
 */
export function hasKeymapGone(runs: readonly Run[], entity: EntityId): boolean {
  const last = runs.find(
    ({ command, items }) =>
      (command === REMOVE || command === SET) &&
      items.some((item) => item.entity === entity && item.state.name === 'done'),
  );
  return last?.command === REMOVE;
}
