import * as v from 'valibot';
import { StartPlace, WindowLayout } from '../../core/contract/layouts.ts';
import { WorkspaceId, WorkspaceName } from '../../core/contract/workspaces.ts';
import { BUILT_IN_IDS } from '../../core/domain/built-in-workspaces.ts';
import type { ProfileFile } from '../../node/storage/profile-storage.ts';
import { KnownDisplay } from './display-match.ts';
import { WindowPlace } from './window-place.ts';

const MOST_WINDOWS = 30;

/** A window of a workspace: where it stands and what it shows. */
export const StoredWindow = v.object({
  id: v.pipe(v.string(), v.maxLength(100)),
  place: v.optional(WindowPlace),
  layout: v.optional(WindowLayout),
  /** What it begins with, until it has a layout. */
  panels: v.pipe(v.array(StartPlace), v.maxLength(100)),
  hasRoster: v.boolean(),
});
export type StoredWindow = v.InferOutput<typeof StoredWindow>;

export const StoredWorkspace = v.object({
  id: WorkspaceId,
  name: v.optional(WorkspaceName),
  builtIn: v.optional(v.picklist(BUILT_IN_IDS)),
  windows: v.pipe(v.array(StoredWindow), v.minLength(1), v.maxLength(MOST_WINDOWS)),
});
export type StoredWorkspace = v.InferOutput<typeof StoredWorkspace>;

const Stored = v.object({
  displays: v.array(KnownDisplay),
  workspaces: v.array(v.unknown()),
  /** The workspaces that were open. */
  open: v.array(WorkspaceId),
});

export interface StoredWorkspaces {
  readonly displays: readonly KnownDisplay[];
  readonly workspaces: readonly StoredWorkspace[];
  readonly open: readonly string[];
}

/** All workspaces of a profile. Its first version held the windows of the only one there was. */
export const WORKSPACES_FILE: ProfileFile = {
  format: 'archipel-windows',
  version: 2,
  migrations: { 'from-1': fromFirst },
};

const FirstWindows = v.array(
  v.object({
    bounds: v.optional(WindowPlace.entries.bounds),
    layout: v.optional(WindowLayout),
  }),
);

function fromFirst(value: unknown): unknown {
  const windows = v.safeParse(FirstWindows, value);
  if (!windows.success || windows.output.length === 0) {
    return { displays: [], workspaces: [], open: [] };
  }
  const moved = windows.output.map(({ bounds, layout }, at) => ({
    id: `window-${at + 1}`,
    ...(bounds ? { place: { bounds, mode: 'normal' } } : {}),
    ...(layout ? { layout } : {}),
    panels: [{ panel: 'overview', subject: 'selection', place: 'tab' }],
    hasRoster: true,
  }));
  const overview = { id: 'overview', builtIn: 'overview', windows: moved };
  return { displays: [], workspaces: [overview], open: ['overview'] };
}

/** What a file holds; a workspace that cannot be read is left out, and the others are kept. */
export function readStored(value: unknown): StoredWorkspaces {
  const stored = v.safeParse(Stored, value);
  if (!stored.success) return { displays: [], workspaces: [], open: [] };
  const workspaces = stored.output.workspaces.flatMap((one) => {
    const workspace = v.safeParse(StoredWorkspace, one);
    return workspace.success ? [workspace.output] : [];
  });
  return { ...stored.output, workspaces };
}
