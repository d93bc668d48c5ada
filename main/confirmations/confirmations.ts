import { BrowserWindow } from 'electron';
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
      width: 460,
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

const MOST_ROWS = 8;

function heightFor({ targets, typed }: ConfirmationView): number {
  return 190 + Math.min(targets.length, MOST_ROWS) * 20 + (typed === undefined ? 0 : 72);
}
