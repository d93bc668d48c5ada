import type { MenuItemConstructorOptions } from 'electron';
import type { Account } from '../../core/contract/accounts.ts';
import type { Settings } from '../../core/contract/settings.ts';
import type { Messages } from '../../core/messages/catalogue.ts';

/** What the icon in the system tray tells at a glance. */
export interface TrayState {
  readonly connection: 'online' | 'offline' | 'failed';
  /** Entities with something that failed and was not looked at. */
  readonly faults: number;
}

/** The connection of all accounts in one word: one that works outweighs others that do not. */
export function connectionOf(accounts: readonly Account[]): TrayState['connection'] {
  const names = accounts.map(({ connection }) => connection.name);
  if (names.includes('online')) return 'online';
  return names.includes('failed') || names.includes('waiting') ? 'failed' : 'offline';
}

/** The state in words, shown when the pointer rests on the icon and first in its menu. */
export function trayText({ connection, faults }: TrayState, { shell, tray }: Messages): string {
  const said = connection === 'failed' ? tray.notConnected : shell.connections[connection];
  return faults === 0 ? said : `${said}, ${shell.faults(faults)}`;
}

export interface TrayActions {
  readonly show: () => void;
  readonly setNotifications: (wanted: Settings['systemNotifications']) => void;
  readonly quit: () => void;
}

/** The menu of the icon. `wanted` is what "Do not disturb" goes back to. */
export function trayMenu(
  state: TrayState,
  { systemNotifications }: Settings,
  wanted: Settings['systemNotifications'],
  messages: Messages,
  actions: TrayActions,
): MenuItemConstructorOptions[] {
  const isQuiet = systemNotifications === 'none';
  return [
    { label: trayText(state, messages), enabled: false },
    { type: 'separator' },
    { label: messages.tray.show, click: actions.show },
    {
      label: messages.tray.doNotDisturb,
      type: 'checkbox',
      checked: isQuiet,
      click: () => {
        actions.setNotifications(isQuiet ? wanted : 'none');
      },
    },
    { type: 'separator' },
    { label: messages.tray.quit, click: actions.quit },
  ];
}

/** The colour of the dot for faults, as blue, green, red and opacity. */
const FAULT = [0x2f, 0x2f, 0xd6, 0xff] as const;

/** Draws the state into a square picture (4 bytes a pixel, blue first): grey without a connection, a red dot for faults. */
export function markPicture(picture: Uint8Array, size: number, state: TrayState): Uint8Array {
  const marked = Uint8Array.from(picture);
  const radius = size * 0.22;
  const centre = size - radius - 1;
  for (let at = 0; at < marked.length; at += 4) {
    if (state.connection !== 'online') turnGrey(marked, at);
    const x = (at / 4) % size;
    const y = Math.floor(at / 4 / size);
    if (state.faults > 0 && Math.hypot(x - centre, y - centre) <= radius) marked.set(FAULT, at);
  }
  return marked;
}

function turnGrey(picture: Uint8Array, at: number): void {
  const [blue = 0, green = 0, red = 0] = picture.subarray(at, at + 3);
  // As bright as it was, by ITU-R BT.709.
  picture.fill(Math.round(0.0722 * blue + 0.7152 * green + 0.2126 * red), at, at + 3);
}
