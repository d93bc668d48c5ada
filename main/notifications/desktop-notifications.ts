import { app, BrowserWindow, Notification } from 'electron';
import type { Notice } from '../../core/contract/notices.ts';
import type { Settings } from '../../core/contract/settings.ts';

/** Those that can still be clicked; older ones were overlooked. */
const MOST_HELD = 20;

/** Tells the desktop what happened while nobody looked, as the settings say. */
export class DesktopNotifications {
  #wanted: Settings['systemNotifications'] = 'errors';
  #unseen = 0;
  /** What nobody holds is collected as garbage, and hears of no click. */
  readonly #held = new Set<Notification>();
  readonly #clicked: (notice: Notice) => void;

  constructor(clicked: (notice: Notice) => void) {
    this.#clicked = clicked;
    app.on('browser-window-focus', () => {
      this.#count(0);
    });
  }

  configure({ systemNotifications }: Settings): void {
    this.#wanted = systemNotifications;
  }

  tell(notice: Notice): void {
    if (BrowserWindow.getFocusedWindow()) return;
    if (notice.level === 'error') this.#count(this.#unseen + 1);
    if (!this.#wants(notice) || !Notification.isSupported()) return;
    const shown = new Notification({ title: notice.title, body: notice.hint ?? '' });
    shown.on('click', () => {
      this.#held.delete(shown);
      this.#clicked(notice);
    });
    shown.on('close', () => {
      this.#held.delete(shown);
    });
    this.#hold(shown);
    shown.show();
  }

  #hold(shown: Notification): void {
    this.#held.add(shown);
    const [oldest] = this.#held;
    if (this.#held.size > MOST_HELD && oldest) this.#held.delete(oldest);
  }

  #wants({ level }: Notice): boolean {
    return this.#wanted === 'all' || (this.#wanted === 'errors' && level === 'error');
  }

  /** The number on the dock or launcher; where there is none, the window asks for attention. */
  #count(unseen: number): void {
    const rises = unseen > this.#unseen;
    this.#unseen = unseen;
    app.setBadgeCount(unseen);
    if (rises && process.platform === 'win32') {
      for (const window of BrowserWindow.getAllWindows()) window.flashFrame(true);
    }
  }
}
