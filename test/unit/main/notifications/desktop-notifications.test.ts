import { describe, expect, it } from 'vitest';
import type { Notice } from '../../../../core/contract/notices.ts';
import { DEFAULT_SETTINGS } from '../../../../core/contract/settings.ts';
import {
  DesktopNotifications,
  type NoticeDesktop,
} from '../../../../main/notifications/desktop-notifications.ts';
import { collectGarbage } from '../../../support/live-memory.ts';

type Heard = () => void;

/** A desktop of which a test says where the focus is. Like the real one, it holds no notification. */
class FakeDesktop implements NoticeDesktop {
  readonly shown: { readonly title: string; readonly body: string }[] = [];
  readonly notifications: WeakRef<Record<'click' | 'close', Heard>>[] = [];
  readonly badges: number[] = [];
  flashes = 0;
  isFocused = false;
  isSupported = true;
  focus: Heard = () => undefined;

  readonly platform: NodeJS.Platform;

  constructor(platform: NodeJS.Platform) {
    this.platform = platform;
  }

  readonly app = {
    on: (_event: string, heard: Heard) => (this.focus = heard),
    setBadgeCount: (count: number) => this.badges.push(count),
  };
  readonly windows = {
    getFocusedWindow: () => (this.isFocused ? {} : null),
    getAllWindows: () => [{ flashFrame: () => (this.flashes += 1) }],
  };

  get Notification(): NoticeDesktop['Notification'] {
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- the class within has one of its own
    const desktop = this;
    return class {
      readonly click: Heard = () => undefined;
      readonly close: Heard = () => undefined;
      readonly #wish: { readonly title: string; readonly body: string };

      static isSupported = () => desktop.isSupported;

      constructor(wish: { readonly title: string; readonly body: string }) {
        this.#wish = wish;
      }

      on(event: 'click' | 'close', heard: Heard): void {
        Object.assign(this, { [event]: heard });
      }

      show(): void {
        desktop.shown.push(this.#wish);
        desktop.notifications.push(new WeakRef(this));
      }
    };
  }

  /** In a call of its own: an async function would hold what it went through. */
  happens(what: 'click' | 'close', at: number): void {
    this.notifications[at]?.deref()?.[what]();
  }

  /** Which of them are still in memory, and so hear of a click. */
  async held(): Promise<readonly boolean[]> {
    // What was dereferenced stays until the job is over.
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
    return this.notifications.map((one) => one.deref() !== undefined);
  }
}

const notice = (level: Notice['level'], id = 1): Notice => ({
  ...{ id, at: 0, level, title: `It is ${level}.` },
  ...(level === 'error' && { hint: 'Look at it.' }),
});

function notifications(
  wanted: (typeof DEFAULT_SETTINGS)['systemNotifications'] | undefined,
  platform: NodeJS.Platform = 'linux',
) {
  const desktop = new FakeDesktop(platform);
  const clicked: Notice[] = [];
  const made = new DesktopNotifications(desktop, (one) => clicked.push(one));
  if (wanted) made.configure({ ...DEFAULT_SETTINGS, systemNotifications: wanted });
  return { desktop, clicked, tell: (one: Notice) => made.tell(one) };
}

describe('what happened while nobody looked', () => {
  it.each([
    ['all', ['It is info.', 'It is warning.', 'It is error.']],
    ['errors', ['It is error.']],
    [undefined, ['It is error.']],
    ['none', []],
  ] as const)('is told where the settings say “%s”', (wanted, titles) => {
    const { desktop, tell } = notifications(wanted);
    for (const level of ['info', 'warning', 'error'] as const) tell(notice(level));
    expect(desktop.shown.map(({ title }) => title)).toEqual(titles);
  });

  it('is told with what to do, where that is known', () => {
    const { desktop, tell } = notifications('all');
    tell(notice('error'));
    tell(notice('info'));
    expect(desktop.shown.map(({ body }) => body)).toEqual(['Look at it.', '']);
  });

  it('is not told to who has a window of ours in front, nor counted', () => {
    const { desktop, tell } = notifications('all');
    desktop.isFocused = true;
    tell(notice('error'));
    expect([desktop.shown, desktop.badges]).toEqual([[], []]);
  });

  it('counts its errors, whatever is told, until a window is looked at', () => {
    const { desktop, tell } = notifications('none');
    desktop.isSupported = false;
    for (const level of ['error', 'warning', 'error'] as const) tell(notice(level));
    expect(desktop.badges).toEqual([1, 2]);
    desktop.focus();
    tell(notice('error'));
    expect([desktop.badges, desktop.shown]).toEqual([[1, 2, 0, 1], []]);
  });

  it('asks for attention on Windows, which has no number, and not for being looked at', () => {
    const windows = notifications('errors', 'win32');
    const mac = notifications('errors', 'darwin');
    for (const { desktop, tell } of [windows, mac]) {
      tell(notice('error'));
      tell(notice('warning'));
      desktop.focus();
    }
    expect([windows.desktop.flashes, mac.desktop.flashes]).toEqual([1, 0]);
  });

  it('is not told where the desktop has no notifications', () => {
    const { desktop, tell } = notifications('all');
    desktop.isSupported = false;
    tell(notice('info'));
    expect(desktop.shown).toEqual([]);
  });
});

describe('a notification of the desktop', () => {
  it('says which notice was clicked, until many others have come', async () => {
    const { desktop, clicked, tell } = notifications('all');
    for (let id = 0; id < 22; id += 1) tell(notice('info', id));
    expect(await desktop.held()).toEqual([false, false, ...Array<boolean>(20).fill(true)]);
    desktop.happens('click', 5);
    expect(clicked.map(({ id }) => id)).toEqual([5]);
  });

  it('is let go of once it is clicked or closed', async () => {
    const { desktop, tell } = notifications('all');
    for (let id = 0; id < 3; id += 1) tell(notice('info', id));
    desktop.happens('click', 0);
    desktop.happens('close', 1);
    expect(await desktop.held()).toEqual([false, false, true]);
  });
});
