import type { WindowCommandId } from '../../../core/commands/table.ts';
import type { EntityId } from '../../../core/domain/entity.ts';
import type { WindowHandlers } from '../../state/command-center.svelte.ts';
import type { Stores } from '../../state/stores.ts';
import type { Dialogs } from '../dialogs.svelte.ts';
import type { Dock } from '../dock/dock.svelte.ts';

type HostCommand = Extract<WindowCommandId, `ssh.${string}` | 'panel.shell' | 'panel.serial'>;

interface HostParts {
  readonly dialogs: Dialogs;
  readonly dock: Dock;
  readonly stores: Stores;
}

/** So many terminals are opened at once for a selection. */
const MOST_SHELLS = 8;

/** What this window does with the hosts of hypervisors. */
export function hostHandlers({
  dialogs,
  dock,
  stores,
}: HostParts): Pick<WindowHandlers, HostCommand> {
  const { api, notices, terminals } = stores;
  const show =
    (panel: 'shell' | 'serial') =>
    (_input: object, targets: readonly EntityId[]): void => {
      for (const target of targets.slice(0, MOST_SHELLS)) {
        terminals.want(target);
        dock.open(panel, target, undefined);
      }
    };
  return {
    'panel.shell': show('shell'),
    'panel.serial': show('serial'),
    'ssh.terminal': (_input, targets) => {
      for (const entity of targets.slice(0, MOST_SHELLS)) {
        void api.ssh.openTerminal({ entity }).then((reply) => {
          if (!reply.ok) notices.fail(reply.error);
        });
      }
    },
    'ssh.profile': (_input, [first]) => {
      if (first !== undefined) dialogs.openSsh(first);
    },
  };
}
