import type { WindowCommandId } from '../../../core/commands/table.ts';
import type { Hindrance } from '../../../core/commands/availability.ts';
import type { DisplayFacts } from '../../../core/contract/workspaces.ts';
import type { Messages } from '../../../core/messages/catalogue.ts';
import { workspaceName } from '../../parts/workspace-name.ts';
import type { WorkspaceStore } from '../../state/workspace-store.svelte.ts';

/** A command with what it is to be given: one workspace, window or display of those there are. */
export interface Choice {
  readonly command: WindowCommandId;
  readonly input: Readonly<Record<string, string | number>>;
  readonly title: string;
}

/** The workspaces that can be opened, but the one that is shown. */
export function workspaceChoices(store: WorkspaceStore, words: Messages): readonly Choice[] {
  const others = store.all.filter(({ id }) => id !== store.current?.id);
  const here = others.map((one): Choice => {
    const title = words.workspaces.open(workspaceName(one, words));
    return { command: 'workspace.open', input: { workspace: one.id }, title };
  });
  const beside = others.map((one): Choice => {
    const title = words.workspaces.openBeside(workspaceName(one, words));
    return { command: 'workspace.open-beside', input: { workspace: one.id }, title };
  });
  const added = others.map((one): Choice => {
    const title = words.workspaces.add(workspaceName(one, words));
    return { command: 'workspace.add', input: { workspace: one.id }, title };
  });
  return [...here, ...beside, ...added];
}

/** Where the panel in front can be moved: the other windows that are seen, and the other displays. */
export function moveChoices(store: WorkspaceStore, words: Messages): readonly Choice[] {
  const own = store.ownWindow;
  const windows = store.windows.flatMap(({ window, workspace, display }, at): Choice[] => {
    const facts = store.all.find(({ id }) => id === workspace);
    if (window === own?.window || display === undefined || !facts) return [];
    const title = words.workspaces.moveToWindow(at + 1, workspaceName(facts, words));
    return [{ command: 'panel.move-to-window', input: { window }, title }];
  });
  const displays = store.displays.flatMap(({ id, label, width, height }, at): Choice[] => {
    if (id === own?.display) return [];
    const size = words.workspaces.size(width, height);
    const title = words.workspaces.moveToDisplay(at + 1, label, size);
    return [{ command: 'panel.move-to-display', input: { display: id }, title }];
  });
  return [...displays, ...windows];
}

export const FULL_SCREEN = 'console.full-screen-on';

/** The displays that a console can fill, where there are several and nothing stands in the way. */
export function fullScreenChoices(
  displays: readonly DisplayFacts[],
  words: Messages,
  hindrance: Hindrance | undefined,
): readonly Choice[] {
  if (hindrance || displays.length < 2) return [];
  return displays.map(({ id, label, width, height }, at) => {
    const size = words.workspaces.size(width, height);
    const title = words.console.fullScreenOn(at + 1, label, size);
    return { command: FULL_SCREEN, input: { display: id }, title };
  });
}
