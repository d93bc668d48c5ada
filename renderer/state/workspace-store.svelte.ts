import type { AppError } from '../../core/contract/app-error.ts';
import type { AppApi } from '../../core/contract/contract.ts';
import type {
  DisplayFacts,
  WindowFacts,
  WorkspaceFacts,
  WorkspacesState,
} from '../../core/contract/workspaces.ts';
import type { Result } from '../../core/lib/result.ts';

const NOTHING: WorkspacesState = { workspaces: [], windows: [], displays: [], parked: 0 };

/** This window's mirror of the workspaces, and of the windows and displays beside it. */
export class WorkspaceStore {
  readonly #api: AppApi['workspaces'];
  readonly #fail: (error: AppError) => void;
  #state = $state.raw(NOTHING);
  #own = $state<number>();

  constructor(api: AppApi['workspaces'], fail: (error: AppError) => void) {
    this.#api = api;
    this.#fail = fail;
  }

  get all(): readonly WorkspaceFacts[] {
    return this.#state.workspaces;
  }

  get windows(): readonly WindowFacts[] {
    return this.#state.windows;
  }

  get displays(): readonly DisplayFacts[] {
    return this.#state.displays;
  }

  /** How many windows wait for a display that is missing. */
  get parked(): number {
    return this.#state.parked;
  }

  get ownWindow(): WindowFacts | undefined {
    return this.#state.windows.find(({ window }) => window === this.#own);
  }

  /** The workspace that this window belongs to. */
  get current(): WorkspaceFacts | undefined {
    const id = this.ownWindow?.workspace;
    return this.#state.workspaces.find((workspace) => workspace.id === id);
  }

  start(): () => void {
    const stop = this.#api.changed((state) => (this.#state = state));
    void this.#load();
    return stop;
  }

  /** Does what was asked of main and tells the user when it could not be done. */
  async tell<T>(reply: Promise<Result<T, AppError>>): Promise<T | undefined> {
    const result = await reply;
    if (result.ok) return result.value;
    this.#fail(result.error);
    return undefined;
  }

  async #load(): Promise<void> {
    const reply = await this.#api.state();
    if (!reply.ok) return;
    const { own, ...state } = reply.value;
    this.#own = own;
    this.#state = state;
  }
}
