import { Menu, nativeImage, Tray } from 'electron';
import type { Settings } from '../../core/contract/settings.ts';
import { messagesFor } from '../../core/messages/catalogue.ts';
import pictureUrl from '../../assets/icons/32.png?inline';
import { markPicture, trayMenu, trayText, type TrayActions, type TrayState } from './tray-look.ts';

const SIZE = 32;

/**
 * The icon in the system tray of Linux and Windows; macOS has the dock. A desktop that has no place for it shows none,
 * and nothing depends on it: windows open and close as they do without.
 */
export class SystemTray {
  readonly #actions: TrayActions;
  readonly #report: (cause: unknown) => void;
  #tray: Tray | undefined;
  #settings: Settings | undefined;
  #wanted: Settings['systemNotifications'] = 'errors';
  #state: TrayState = { connection: 'offline', faults: 0 };

  constructor(actions: TrayActions, report: (cause: unknown) => void) {
    this.#actions = actions;
    this.#report = report;
  }

  configure(settings: Settings): void {
    this.#settings = settings;
    if (settings.systemNotifications !== 'none') this.#wanted = settings.systemNotifications;
    if (!settings.tray || process.platform === 'darwin') this.remove();
    else this.#show();
  }

  tell(change: Partial<TrayState>): void {
    const state = { ...this.#state, ...change };
    const { connection, faults } = this.#state;
    if (state.connection === connection && state.faults === faults) return;
    this.#state = state;
    if (this.#tray) this.#show();
  }

  remove(): void {
    this.#tray?.destroy();
    this.#tray = undefined;
  }

  #show(): void {
    const settings = this.#settings;
    if (!settings) return;
    const messages = messagesFor(settings.language);
    const picture = markedPicture(this.#state);
    try {
      this.#tray ??= this.#create(picture);
      this.#tray.setImage(picture);
      this.#tray.setToolTip(`${messages.shell.appName}: ${trayText(this.#state, messages)}`);
      const menu = trayMenu(this.#state, settings, this.#wanted, messages, this.#actions);
      this.#tray.setContextMenu(Menu.buildFromTemplate(menu));
    } catch (cause) {
      // A desktop without a tray is no reason to go without the application.
      this.#report(cause);
    }
  }

  #create(picture: Electron.NativeImage): Tray {
    const tray = new Tray(picture);
    tray.on('click', () => {
      this.#actions.show();
    });
    return tray;
  }
}

function markedPicture(state: TrayState): Electron.NativeImage {
  const plain = nativeImage.createFromDataURL(pictureUrl);
  const marked = markPicture(plain.toBitmap(), SIZE, state);
  return nativeImage.createFromBitmap(Buffer.from(marked), { width: SIZE, height: SIZE });
}
