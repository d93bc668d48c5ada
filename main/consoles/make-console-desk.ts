import type { BrowserWindow, WebContents } from 'electron';
import type { Client } from '../../client/client.ts';
import { ConsoleAccess } from '../../client/consoles/console-access.ts';
import { TrustedHosts } from '../../client/consoles/trusted-hosts.ts';
import type { Keychain, Storage } from '../../client/ports.ts';
import type { Streams } from '../streams/streams.ts';
import { ConsoleDesk } from './console-desk.ts';
import { consolePictures } from './console-pictures.ts';
import { windowOfConsoles } from './console-window.ts';

export interface ConsoleSurroundings {
  readonly client: Client;
  readonly streams: Streams;
  readonly keychain: Keychain;
  readonly storage: Storage;
  readonly windows: {
    find(windowId: number): BrowserWindow | undefined;
    contentsOf(windowId: number): readonly WebContents[];
  };
}

/** The desk that opens screens, in the app. */
export function makeConsoleDesk(around: ConsoleSurroundings): ConsoleDesk {
  const { client, streams, keychain, storage, windows } = around;
  const hosts = new TrustedHosts(storage);
  const placeOf = (account: Parameters<Client['isEmbedded']>[0]) =>
    client.isEmbedded(account) ? 'here' : 'elsewhere';
  return new ConsoleDesk({
    client,
    access: new ConsoleAccess({ client, keychain, hosts, placeOf }),
    streams,
    hosts,
    pictures: consolePictures((windowId) => windows.find(windowId)),
    window: (windowId) => windowOfConsoles(() => windows.contentsOf(windowId)),
  });
}
