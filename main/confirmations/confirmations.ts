import { BrowserWindow, clipboard } from 'electron';
import type { ConfirmationView } from '../../core/contract/confirmation.ts';
import { err, ok } from '../../core/lib/result.ts';
import type { AppHandlers } from '../../core/contract/contract.ts';
import { appOrigin } from '../windows/app-protocol.ts';
import { PAGE_PREFERENCES } from '../windows/main-window.ts';

interface Open {
  readonly view: ConfirmationView;
  readonly settle: (accepted: boolean) => void;
}

/**
 * Asks the user in a small window that main owns. The page that wants something done cannot answer
 * for the user: the contract lets only a confirmation window call the confirmation group, and the
 * name to be typed is compared here.
 */
export class Confirmations {
  readonly #open = new Map<number, Open>();

  /** True when the user went ahead; closing the window is a no. */
  ask(view: ConfirmationView, parent: BrowserWindow | undefined): Promise<boolean> {
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
      const settle = (accepted: boolean): void => {
        if (!this.#open.delete(id)) return;
        resolve(accepted);
        if (!window.isDestroyed()) window.close();
      };
      this.#open.set(id, { view, settle });
      window.once('ready-to-show', () => {
        window.show();
      });
      window.once('closed', () => {
        settle(false);
      });
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
    answer: async ({ accepted, typed }, { windowId }) => {
      const open = this.#open.get(windowId);
      if (!open) return err({ code: 'not-found', what: 'confirmation' });
      if (accepted && open.view.typed !== undefined && open.view.typed !== typed.trim()) {
        return err({ code: 'invalid-input', detail: open.view.typed });
      }
      open.settle(accepted);
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

function heightFor({ targets, typed }: ConfirmationView): number {
  const rows = targets.map(({ warnings = [] }) => ROW + warnings.length * WARNING);
  const list = rows.reduce((sum, row) => sum + row, 0);
  return AROUND + Math.min(list, HIGHEST_LIST) + (typed === undefined ? 0 : 72);
}
