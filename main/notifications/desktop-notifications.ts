import type { Notice } from '../../core/contract/notices.ts';
import type { Settings } from '../../core/contract/settings.ts';

/** A notification on its way to the desktop. */
interface ShownNotification {
  on(event: 'click' | 'close', heard: () => void): unknown;
  show(): void;
}

/** What of Electron and of the system it runs on is used. */
export interface NoticeDesktop {
  readonly app: {
    on(event: 'browser-window-focus', heard: () => void): unknown;
    setBadgeCount(count: number): unknown;
  };
  readonly windows: {
    getFocusedWindow(): object | null;
    getAllWindows(): readonly { flashFrame(isOn: boolean): void }[];
  };
  readonly Notification: {
    new (wish: { readonly title: string; readonly body: string }): ShownNotification;
    isSupported(): boolean;
  };
  readonly platform: NodeJS.Platform;
}

/** Those that can still be clicked; older ones were overlooked. */
const MOST_HELD = 20;

/** Tells the desktop what happened while nobody looked, as the settings say. */
export class DesktopNotifications {
  #wanted: Settings['systemNotifications'] = 'errors';
  #unseen = 0;
  /** What nobody holds is collected as garbage, and hears of no click. */
  readonly #held = new Set<ShownNotification>();
  readonly #desktop: NoticeDesktop;
  readonly #clicked: (notice: Notice) => void;

  constructor(desktop: NoticeDesktop, clicked: (notice: Notice) => void) {
    this.#desktop = desktop;
    this.#clicked = clicked;
    desktop.app.on('browser-window-focus', () => {
      this.#count(0);
    });
  }

  configure({ systemNotifications }: Settings): void {
    this.#wanted = systemNotifications;
  }

  tell(notice: Notice): void {
    const { windows, Notification } = this.#desktop;
    if (windows.getFocusedWindow()) return;
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

  #hold(shown: ShownNotification): void {
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
    const { app, windows, platform } = this.#desktop;
    app.setBadgeCount(unseen);
    if (rises && platform === 'win32') {
      for (const window of windows.getAllWindows()) window.flashFrame(true);
    }
  }
}
