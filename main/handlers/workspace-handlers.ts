import { dialog, type BrowserWindow } from 'electron';
import type { AppError } from '../../core/contract/app-error.ts';
import type { ConfirmationView } from '../../core/contract/confirmation.ts';
import type { AppHandlers } from '../../core/contract/contract.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import type { Messages } from '../../core/messages/catalogue.ts';
import type { FullScreens } from '../workspaces/full-screens.ts';
import type { OpenWindow } from '../workspaces/open-window.ts';
import type { PanelMoves } from '../workspaces/panel-moves.ts';
import type { Workspaces } from '../workspaces/workspaces.ts';

const noWindow = err({ code: 'not-found', what: 'window' } as const);
const noWorkspace = (what: string) => err({ code: 'not-found', what } as const);
const done = ok(undefined);

export interface WorkspaceParts {
  readonly workspaces: Workspaces;
  readonly moves: PanelMoves;
  readonly fullScreens: FullScreens;
  readonly ask: (view: ConfirmationView, parent: BrowserWindow | undefined) => Promise<boolean>;
  readonly messages: () => Messages;
}

/** What a window shows that is opened by hand. */
const NEW_WINDOW = {
  panels: [{ panel: 'overview', subject: 'selection', place: 'tab' as const }],
  hasRoster: true,
};

const filters = [{ name: 'Archipel', extensions: ['json'] }];

/** What windows may ask of workspaces. */
export function workspaceHandlers(parts: WorkspaceParts): AppHandlers['workspaces'] {
  const { workspaces, moves, fullScreens } = parts;
  const { windows } = workspaces;
  return {
    ...namingHandlers(parts),
    ...fileHandlers(parts),
    state: async (_input, { windowId }) => ok({ ...workspaces.state(), own: windowId }),
    open: async ({ workspace, where }, { windowId }) => {
      const instead = where === 'here' ? windows.find(windowId) : undefined;
      return windows.open(workspace, instead) ? done : noWorkspace(workspace);
    },
    panels: async ({ workspace }) => {
      const panels = workspaces.panelsOf(workspace);
      return panels ? ok(panels) : noWorkspace(workspace);
    },
    newWindow: async (_input, { windowId }) => {
      const open = windows.find(windowId);
      const added = open && windows.openWindow(open.workspace, NEW_WINDOW, undefined);
      return added ? done : noWindow;
    },
    bringParked: async (_input, { windowId }) => {
      const to = windows.find(windowId);
      if (to) windows.bringParked(to);
      return to ? done : noWindow;
    },
    movePanel: async ({ panel, target }, { windowId }) => {
      const from = windows.find(windowId);
      return from ? moves.move(panel, target, from) : noWindow;
    },
    fillDisplay: async ({ display }, { windowId }) => {
      const open = windows.find(windowId);
      return open ? fullScreens.fill(open, display) : noWindow;
    },
    leaveDisplay: async (_input, { windowId }) => {
      const open = windows.find(windowId);
      if (open) fullScreens.leave(open);
      return open ? done : noWindow;
    },
    arrived: async ({ move }, { windowId }) => {
      moves.arrived(move, windowId);
      return done;
    },
  };
}

type Naming = Pick<AppHandlers['workspaces'], 'create' | 'rename' | 'remove' | 'reset'>;

function namingHandlers({ workspaces, ask, messages }: WorkspaceParts): Naming {
  const { list, windows } = workspaces;
  const refuse = (reason: string): Result<never, AppError> =>
    err({ code: 'not-allowed-now', reason });
  return {
    create: async ({ name, like }) => {
      const model = like === undefined ? undefined : list.find(like);
      if (like !== undefined && !model) return noWorkspace(like);
      const id = list.create(name, model?.windows ?? []);
      workspaces.announce();
      return ok(id);
    },
    rename: async ({ workspace, name }) => {
      const known = list.find(workspace);
      if (known?.builtIn !== undefined) return refuse(messages().workspaces.builtInStays);
      list.rename(workspace, name);
      workspaces.announce();
      return done;
    },
    remove: async ({ workspace }, { windowId }) => {
      const known = list.find(workspace);
      if (!known) return noWorkspace(workspace);
      if (known.builtIn !== undefined) return refuse(messages().workspaces.builtInStays);
      const { title, effect, verb } = messages().confirmation.removeWorkspace;
      const view = { title: title(known.name ?? ''), effect, verb, targets: [], destructive: true };
      const agreed = await ask(view, windows.find(windowId)?.window);
      if (!agreed) return err({ code: 'cancelled' });
      workspaces.remove(workspace);
      return done;
    },
    reset: async ({ workspace }) => {
      if (!workspaces.isBuiltIn(workspace)) return refuse(messages().workspaces.onlyBuiltIn);
      workspaces.reset(workspace);
      return done;
    },
  };
}

type Files = Pick<AppHandlers['workspaces'], 'exportFile' | 'importFile'>;

function fileHandlers({ workspaces, messages }: WorkspaceParts): Files {
  const windowOf = (windowId: number): OpenWindow | undefined => workspaces.windows.find(windowId);
  return {
    exportFile: async ({ workspace }, { windowId }) => {
      const known = workspaces.list.find(workspace);
      if (!known) return noWorkspace(workspace);
      const { names, fileName } = messages().workspaces;
      const name = known.name ?? names[known.builtIn ?? 'overview'];
      const options = { defaultPath: fileName(name), filters };
      const window = windowOf(windowId)?.window;
      const { canceled, filePath } = await (window
        ? dialog.showSaveDialog(window, options)
        : dialog.showSaveDialog(options));
      if (canceled) return done;
      const written = await workspaces.writeFile(known, name, filePath);
      return written.ok ? ok(filePath) : written;
    },
    importFile: async (_input, { windowId }) => {
      const options = { filters, properties: ['openFile' as const] };
      const window = windowOf(windowId)?.window;
      const { filePaths } = await (window
        ? dialog.showOpenDialog(window, options)
        : dialog.showOpenDialog(options));
      const [file] = filePaths;
      if (file === undefined) return done;
      const read = await workspaces.readFile(file);
      if (read.ok || read.error.code !== 'invalid-input') return read;
      const detail = messages().workspaces.unreadable(read.error.detail);
      return err({ code: 'invalid-input', detail });
    },
  };
}
