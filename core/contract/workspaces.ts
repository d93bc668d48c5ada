import * as v from 'valibot';
import type { BuiltInId } from '../domain/built-in-workspaces.ts';
import { call, event, reply } from './define.ts';
import { PanelPlace, type StartPlace } from './layouts.ts';

export const WorkspaceId = v.pipe(v.string(), v.minLength(1), v.maxLength(100));
export const WorkspaceName = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(60));

export interface WorkspaceFacts {
  readonly id: string;
  /** As the user named it; a built-in one has its name from the catalogue. */
  readonly name?: string;
  readonly builtIn?: BuiltInId;
  readonly isOpen: boolean;
}

export interface WindowFacts {
  readonly window: number;
  readonly workspace: string;
  /** The display it stands on; absent while its own display is missing and it waits, hidden. */
  readonly display?: number;
}

export interface DisplayFacts {
  readonly id: number;
  /** As the system calls it; often empty. */
  readonly label: string;
  readonly width: number;
  readonly height: number;
  readonly isPrimary: boolean;
}

/** All that windows need to know of each other. */
export interface WorkspacesState {
  readonly workspaces: readonly WorkspaceFacts[];
  readonly windows: readonly WindowFacts[];
  /** From left to right. */
  readonly displays: readonly DisplayFacts[];
  /** Windows whose display is missing. */
  readonly parked: number;
}

const One = v.strictObject({ workspace: WorkspaceId });

/** Where a panel goes: into a window, onto a display, or into a window of its own. */
export const MoveTarget = v.variant('to', [
  v.strictObject({ to: v.literal('window'), window: v.number() }),
  v.strictObject({ to: v.literal('display'), display: v.number() }),
  v.strictObject({ to: v.literal('new-window') }),
  /** The window of ours that is under the pointer, where a drag has ended. */
  v.strictObject({ to: v.literal('pointer') }),
]);
export type MoveTarget = v.InferOutput<typeof MoveTarget>;

export const workspaces = {
  /** `own` is the number of the window that asks. */
  state: call(v.undefined(), reply<WorkspacesState & { readonly own: number }>()),
  changed: event<WorkspacesState>(),
  /** Opens a workspace in place of the window's own, or in windows beside it; raises an open one. */
  open: call(
    v.strictObject({ workspace: WorkspaceId, where: v.picklist(['here', 'beside']) }),
    reply<undefined>(),
  ),
  /** What another workspace shows in all its windows, for showing it beside what stands here. */
  panels: call(One, reply<readonly StartPlace[]>()),
  /** Makes a workspace with one window, or like another one, and replies with its id. */
  create: call(
    v.strictObject({ name: WorkspaceName, like: v.optional(WorkspaceId) }),
    reply<string>(),
  ),
  rename: call(v.strictObject({ ...One.entries, name: WorkspaceName }), reply<undefined>()),
  /** Main asks for a confirmation. A workspace that is open gives its windows to Overview. */
  remove: call(One, reply<undefined>()),
  /** Gives a built-in workspace its first shape again. */
  reset: call(One, reply<undefined>()),
  /** Writes it to a file that the user chooses; replies with its path. */
  exportFile: call(One, reply<string | undefined>()),
  /** Reads it from a file that the user chooses; replies with its id. */
  importFile: call(v.undefined(), reply<string | undefined>()),
  /** Opens one more window of the workspace of the window that asks. */
  newWindow: call(v.undefined(), reply<undefined>()),
  /** Binds windows that wait for a missing display to the display of the one that asks. */
  bringParked: call(v.undefined(), reply<undefined>()),
  /** Moves a panel: it may leave its window once this is done, and stays there when it fails. */
  movePanel: call(v.strictObject({ panel: PanelPlace, target: MoveTarget }), reply<undefined>()),
  /** Puts the window that asks onto a display, to fill it; it goes back once it leaves the full screen. */
  fillDisplay: call(v.strictObject({ display: v.number() }), reply<undefined>()),
  /** Puts it back at once, where the full screen could not be had. */
  leaveDisplay: call(v.undefined(), reply<undefined>()),
  /** A panel comes into this window, which answers with `arrived` once it has it. */
  panelComes: event<{ readonly move: number; readonly panel: PanelPlace }>(),
  arrived: call(v.strictObject({ move: v.number() }), reply<undefined>()),
};
