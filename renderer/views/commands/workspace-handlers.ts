import type { WindowCommandId } from '../../../core/commands/table.ts';
import type { PanelPlace } from '../../../core/contract/layouts.ts';
import type { MoveTarget } from '../../../core/contract/workspaces.ts';
import type { Messages } from '../../../core/messages/catalogue.ts';
import { findWorkspace } from '../../parts/workspace-name.ts';
import type { WindowHandlers } from '../../state/command-center.svelte.ts';
import type { Stores } from '../../state/stores.ts';
import type { Dialogs } from '../dialogs.svelte.ts';
import { SELECTION, type Dock } from '../dock/dock.svelte.ts';

interface Parts {
  readonly stores: Stores;
  readonly words: Messages;
  readonly dialogs: Dialogs;
  readonly dock: Dock;
}

type Handled = Extract<
  WindowCommandId,
  `workspace.${string}` | `time.${string}` | `panel.move-to-${string}`
>;

/**
 * Moves a panel into another window. It leaves this one when the other has it; what it shows of the
 * selection goes along, since the selection itself does not.
 */
export async function movePanel(
  { stores, dock }: Pick<Parts, 'stores' | 'dock'>,
  place: PanelPlace | undefined,
  target: MoveTarget,
): Promise<void> {
  if (!place) return;
  const { api, selection, workspaces } = stores;
  const [only, ...others] = selection.ids;
  const isOne = place.subject === SELECTION && only !== undefined && others.length === 0;
  const panel = isOne ? { ...place, subject: only } : place;
  const moved = await api.workspaces.movePanel({ panel, target });
  if (moved.ok) dock.close(place.id);
  else void workspaces.tell(Promise.resolve(moved));
}

/** Opens a workspace by its id or name; what is arranged here is saved first. */
async function openWorkspace(
  { stores, words }: Pick<Parts, 'stores' | 'words'>,
  text: string,
  where: 'here' | 'beside',
): Promise<void> {
  const { api, layout, workspaces } = stores;
  // One that was made a moment ago may be known to main alone.
  const workspace = findWorkspace(workspaces.all, text, words)?.id ?? text;
  await layout.flush();
  await workspaces.tell(api.workspaces.open({ workspace, where }));
}

async function showBeside({ stores, dock }: Parts, workspace: string): Promise<void> {
  const { api, workspaces } = stores;
  const panels = await workspaces.tell(api.workspaces.panels({ workspace }));
  if (panels) dock.showBeside(panels);
}

/** What this window does for the commands of workspaces and of the shared moment. */
export function workspaceHandlers(parts: Parts): Pick<WindowHandlers, Handled> {
  const { stores, words, dialogs, dock } = parts;
  const { api, cursor, layout, notices, workspaces } = stores;
  const withCurrent = (act: (workspace: string) => void) => (): void => {
    if (workspaces.current) act(workspaces.current.id);
  };
  const inFront = (): PanelPlace | undefined =>
    dock.active === undefined ? undefined : dock.place(dock.active);
  const move = (target: MoveTarget): void => void movePanel(parts, inFront(), target);
  return {
    'workspace.open': ({ workspace }) => void openWorkspace(parts, workspace, 'here'),
    'workspace.open-beside': ({ workspace }) => void openWorkspace(parts, workspace, 'beside'),
    'workspace.add': ({ workspace }) => {
      const found = findWorkspace(workspaces.all, workspace, words);
      void showBeside(parts, found?.id ?? workspace);
    },
    'workspace.new': () => dialogs.open('workspace-new'),
    'workspace.duplicate': () => dialogs.open('workspace-duplicate'),
    'workspace.rename': withCurrent((workspace) => {
      const builtIn = workspaces.current?.builtIn !== undefined;
      if (builtIn) notices.fail({ code: 'not-allowed-now', reason: words.workspaces.builtInStays });
      else if (workspace !== '') dialogs.open('workspace-rename');
    }),
    'workspace.delete': withCurrent(
      (workspace) => void workspaces.tell(api.workspaces.remove({ workspace })),
    ),
    'workspace.reset': withCurrent(
      (workspace) => void workspaces.tell(api.workspaces.reset({ workspace })),
    ),
    'workspace.export': withCurrent((workspace) => {
      void (async () => {
        await layout.flush();
        const file = await workspaces.tell(api.workspaces.exportFile({ workspace }));
        if (file !== undefined)
          notices.say({ level: 'info', title: words.workspaces.exported(file) });
      })();
    }),
    'workspace.import': () => {
      void (async () => {
        const id = await workspaces.tell(api.workspaces.importFile());
        if (id !== undefined) await openWorkspace(parts, id, 'here');
      })();
    },
    'workspace.bring-parked': () => void workspaces.tell(api.workspaces.bringParked()),
    'panel.move-to-window': ({ window }) => move({ to: 'window', window }),
    'panel.move-to-display': ({ display }) => move({ to: 'display', display }),
    'panel.move-to-new-window': () => move({ to: 'new-window' }),
    'time.forget': () => cursor.forget(),
  };
}
