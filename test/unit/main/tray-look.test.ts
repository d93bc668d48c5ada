import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../core/contract/settings.ts';
import { messagesFor } from '../../../core/messages/catalogue.ts';
import { connectionOf, markPicture, trayMenu, trayText } from '../../../main/tray/tray-look.ts';
import { fakeAccount } from '../../fakes/fake-accounts.ts';

const messages = messagesFor('en');
const online = { connection: 'online', faults: 0 } as const;

describe('the icon in the tray', () => {
  it('says in words whether there is a connection, and what failed', () => {
    expect([
      trayText(online, messages),
      trayText({ connection: 'offline', faults: 1 }, messages),
      trayText({ connection: 'failed', faults: 0 }, messages),
    ]).toEqual(['Connected', 'Not connected, 1 fault', 'The connection failed']);
  });

  it('counts as connected when one account is', () => {
    const failed = fakeAccount({
      connection: { name: 'failed', error: { code: 'cancelled' } },
    });
    const offline = fakeAccount({ connection: { name: 'offline' } });
    expect(
      [[offline, failed, fakeAccount()], [offline, failed], [offline], []].map(connectionOf),
    ).toEqual(['online', 'failed', 'offline', 'offline']);
  });

  it('is grey without a connection, with a dot where something failed', () => {
    const size = 8;
    const plain = Uint8Array.from(
      { length: size * size * 4 },
      (_nothing, at) => [200, 100, 0, 255][at % 4]!,
    );
    const pixel = (picture: Uint8Array, x: number, y: number) => {
      const at = (y * size + x) * 4;
      return [...picture.subarray(at, at + 4)];
    };
    const faulty = markPicture(plain, size, { connection: 'offline', faults: 2 });
    expect([pixel(faulty, 0, 0), pixel(faulty, 5, 5)]).toEqual([
      [86, 86, 86, 255],
      [0x2f, 0x2f, 0xd6, 0xff],
    ]);
    expect(markPicture(plain, size, online)).toEqual(plain);
  });

  it('has a menu that shows the window, keeps quiet and back, and quits', () => {
    const done: string[] = [];
    const actions = {
      show: () => void done.push('show'),
      setNotifications: (wanted: string) => void done.push(wanted),
      quit: () => void done.push('quit'),
    };
    const click = (label: string, settings = DEFAULT_SETTINGS) => {
      const item = trayMenu(online, settings, 'all', messages, actions).find(
        (one) => one.label === label,
      );
      (item?.click as () => void)();
      return item?.checked;
    };
    click('Show window');
    const before = click('Do not disturb');
    const after = click('Do not disturb', { ...DEFAULT_SETTINGS, systemNotifications: 'none' });
    click('Quit');
    expect([done, before, after]).toEqual([['show', 'none', 'all', 'quit'], false, true]);
  });
});
