import * as v from 'valibot';
import { window } from './define-command.ts';

const nothing = v.strictObject({});
/** By its id, or by its name as a person writes it. */
const one = v.strictObject({ workspace: v.pipe(v.string(), v.maxLength(100)) });

/** Workspaces, their windows, and the moment that their panels share. */
export const workspaceCommands = [
  window({ id: 'workspace.open', icon: 'layout-dashboard', group: 'workspace', input: one }),
  window({ id: 'workspace.open-beside', icon: 'app-window', group: 'workspace', input: one }),
  window({ id: 'workspace.add', icon: 'panel-right', group: 'workspace', input: one }),
  window({ id: 'workspace.new', icon: 'plus', group: 'workspace', input: nothing }),
  window({ id: 'workspace.duplicate', icon: 'copy-plus', group: 'workspace', input: nothing }),
  window({ id: 'workspace.rename', icon: 'pencil', group: 'workspace', input: nothing }),
  window({ id: 'workspace.delete', icon: 'trash-2', group: 'workspace', input: nothing }),
  window({ id: 'workspace.reset', icon: 'undo-2', group: 'workspace', input: nothing }),
  window({ id: 'workspace.export', icon: 'file-down', group: 'workspace', input: nothing }),
  window({ id: 'workspace.import', icon: 'file-up', group: 'workspace', input: nothing }),
  /** Windows whose display is missing come to the display of this one. */
  window({ id: 'workspace.bring-parked', icon: 'monitor', group: 'workspace', input: nothing }),
  window({
    id: 'panel.move-to-window',
    icon: 'app-window',
    group: 'panel',
    input: v.strictObject({ window: v.number() }),
  }),
  window({
    id: 'panel.move-to-display',
    icon: 'monitor',
    group: 'panel',
    input: v.strictObject({ display: v.number() }),
  }),
  window({ id: 'panel.move-to-new-window', icon: 'app-window', group: 'panel', input: nothing }),
  /** The panels of the workspace share no moment any more. */
  window({ id: 'time.forget', icon: 'clock', group: 'view', input: nothing }),
] as const;
