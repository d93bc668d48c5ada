import { BrowserWindow, clipboard } from 'electron';
import type { ConfirmationView } from '../../core/contract/confirmation.ts';
import { err, ok } from '../../core/lib/result.ts';
import type { AppHandlers } from '../../core/contract/contract.ts';
import { appOrigin } from '../windows/app-protocol.ts';
import { PAGE_PREFERENCES } from '../windows/main-window.ts';

interface Open {
  readonly view: ConfirmationView;
  readonly settle: (answer: Answered | undefined) => void;
}

/** What the user typed, and whether it is to be kept. */
export interface Answered {
  readonly typed: string;
  readonly isKept: boolean;
}

/**
 * Asks the user in a small window that main owns. The page that wants something done cannot answer
 * for the user: the contract lets only a confirmation window call the confirmation group, and the
 * name to be typed is compared here.
 */
export class Confirmations {
  readonly #open = new Map<number, Open>();

  /** True when the user went ahead; closing the window is a no. */
  async ask(view: ConfirmationView, parent: BrowserWindow | undefined): Promise<boolean> {
    return (await this.askFor(view, parent)) !== undefined;
  }

  /** What the user typed; undefined for a no. With the signal nobody wants to know any more. */
  askFor(
    view: ConfirmationView,
    parent: BrowserWindow | undefined,
    signal?: AbortSignal,
  ): Promise<Answered | undefined> {
    const window = new BrowserWindow({
      width: WIDTH,
      height: heightFor(view),
      useContentSize: true,
      resizable: false,
      minimizable: false,
      maximizable: false,
      fullscreenable: false,
      show: false,
      autoHideMenuBar: true,
      title: view.title,
      ...(parent ? { parent, modal: true } : {}),
      webPreferences: PAGE_PREFERENCES,
    });
    const { id } = window.webContents;
    return new Promise((resolve) => {
      const settle = (answer: Answered | undefined): void => {
        if (!this.#open.delete(id)) return;
        resolve(answer);
        if (!window.isDestroyed()) window.close();
      };
      this.#open.set(id, { view, settle });
      signal?.addEventListener('abort', () => settle(undefined), { once: true });
      window.once('ready-to-show', () => {
        window.show();
      });
      const refuse = (): void => settle(undefined);
      window.once('closed', refuse);
      // Nobody could answer in it any more.
      window.webContents.once('render-process-gone', refuse);
      void window.loadURL(`${appOrigin}/confirm.html`);
    });
  }

  readonly handlers: AppHandlers['confirmation'] = {
    view: async (_input, { windowId }) => {
      const open = this.#open.get(windowId);
      return open ? ok(open.view) : err({ code: 'not-found', what: 'confirmation' });
    },
    copy: async ({ target }, { windowId }) => {
      const identifier = this.#open.get(windowId)?.view.targets[target]?.identifier;
      if (identifier === undefined) return err({ code: 'not-found', what: 'target' });
      await clipboard.writeText(identifier);
      return ok(undefined);
    },
    answer: async ({ accepted, typed, isKept = false }, { windowId }) => {
      const open = this.#open.get(windowId);
      if (!open) return err({ code: 'not-found', what: 'confirmation' });
      if (accepted && open.view.typed !== undefined && open.view.typed !== typed.trim()) {
        return err({ code: 'invalid-input', detail: open.view.typed });
      }
      open.settle(accepted ? { typed, isKept } : undefined);
      return ok(undefined);
    },
  };
}

const WIDTH = 540;
const HIGHEST_LIST = 320;

/** A row, a line of warning in it, and all around the list, in pixels. */
const ROW = 26;
const WARNING = 34;
const AROUND = 196;
const FIELD = 72;
const SWITCH = 44;
/** Less where there is no list. */
const WITHOUT_LIST = 44;

function heightFor({ targets, typed, secret }: ConfirmationView): number {
  const rows = targets.map(({ warnings = [] }) => ROW + warnings.length * WARNING);
  const list = rows.reduce((sum, row) => sum + row, 0);
  const fields = Number(typed !== undefined) + Number(secret !== undefined);
  const keeping = secret?.canBeKept === true ? SWITCH : 0;
  const less = targets.length === 0 ? WITHOUT_LIST : 0;
  return AROUND + Math.min(list, HIGHEST_LIST) + fields * FIELD + keeping - less;
}
