import { clipboard } from 'electron';
import type { Client } from '../../client/client.ts';
import { ConsoleAccess, type ConsoleAccessPorts } from '../../client/consoles/console-access.ts';
import { ConsoleChoices } from '../../client/consoles/console-choices.ts';
import { ConsoleWays } from '../../client/consoles/console-ways.ts';
import { GuestKeyboards } from '../../client/consoles/guest-keyboards.ts';
import { ScreenPasswords } from '../../client/consoles/screen-passwords.ts';
import { TrustedHosts } from '../../client/consoles/trusted-hosts.ts';
import { TypedSecrets } from '../../client/consoles/typed-secrets.ts';
import type { AppAnnouncer, AppHandlers } from '../../core/contract/contract.ts';
import type { Entity } from '../../core/domain/entity.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import type { Messages } from '../../core/messages/catalogue.ts';
import type { Keychain } from '../../node/keychain/keychain.ts';
import type { ProfileStorage } from '../../node/storage/profile-storage.ts';
import { systemClock } from '../../node/xmpp/clock.ts';
import type { Confirmations } from '../confirmations/confirmations.ts';
import { BroadcastDesk } from '../consoles/broadcast-desk.ts';
import { ClipboardDesk } from '../consoles/clipboard-desk.ts';
import { ConsoleDesk } from '../consoles/console-desk.ts';
import { consolePictures } from '../consoles/console-pictures.ts';
import { ConsoleSettingsDesk } from '../consoles/console-settings-desk.ts';
import { PastStore } from '../consoles/past-store.ts';
import { ScreenTrust } from '../consoles/screen-trust.ts';
import { windowOfConsoles } from '../consoles/console-window.ts';
import type { SshDesk } from '../ssh/ssh-desk.ts';
import type { Streams } from '../streams/streams.ts';
import { TypingDesk } from '../typing/typing-desk.ts';
import type { WindowList } from '../windows/window-list.ts';

export interface ScreenDesksPorts {
  readonly client: Client;
  readonly keychain: Keychain;
  readonly storage: ProfileStorage;
  readonly windows: WindowList;
  readonly confirmations: Confirmations;
  readonly ssh: Pick<SshDesk, 'useFor' | 'hostOf'>;
  readonly streams: Streams;
  /** Where the past of screens is kept while this runs. */
  readonly pastFolder: string;
  readonly tell: (windowId: number) => AppAnnouncer;
  readonly messages: () => Messages;
}

/** The desks for the screens of machines: what is seen of them, and what is typed into them. */
export class ScreenDesks {
  /** How screens and text consoles are reached, for who shows them. */
  readonly access: ConsoleAccess;
  readonly #consoles: ConsoleDesk;
  readonly #settings: ConsoleSettingsDesk;
  readonly #trust: ScreenTrust;
  readonly #clipboards: ClipboardDesk;
  readonly #typing: TypingDesk;
  readonly #broadcasts: BroadcastDesk;
  readonly #pasts: PastStore;

  constructor(ports: ScreenDesksPorts) {
    const { client, keychain, storage, streams, windows, ssh, confirmations, messages } = ports;
    const hosts = new TrustedHosts(storage);
    const keyboards = new GuestKeyboards(storage);
    const passwords = new ScreenPasswords(storage, keychain);
    const reach: ConsoleAccessPorts = {
      ...{ client, passwords, hosts },
      sshFor: (machine) => ssh.useFor(machine),
      placeOf: (account) => client.placeOf(account),
    };
    this.#pasts = new PastStore({ folder: ports.pastFolder, now: () => systemClock.now() });
    const ways = new ConsoleWays(storage);
    const access = (this.access = new ConsoleAccess({ ...reach, ways }));
    const hostOf = (machine: Entity) => ssh.hostOf(machine);
    this.#trust = new ScreenTrust({
      ...{ client, hosts, messages },
      ask: (view, windowId) => confirmations.ask(view, windows.find(windowId)),
    });
    this.#consoles = new ConsoleDesk({
      ...{ client, streams, ways, access, hostOf },
      failed: (entity, failure) => this.#trust.failed(entity, failure),
      pictures: consolePictures((windowId) => windows.find(windowId)),
      window: (windowId) => windowOfConsoles(() => windows.contentsOf(windowId)),
    });
    const choices = new ConsoleChoices(storage);
    this.#settings = new ConsoleSettingsDesk({
      ...{ client, choices, messages },
      ask: (view, windowId) => confirmations.ask(view, windows.find(windowId)),
    });
    this.#clipboards = new ClipboardDesk({
      ...{ choices, messages, consoles: this.#consoles },
      hasKeyboard: (windowId) => windows.find(windowId)?.isFocused() === true,
      clipboard: {
        // Of this call one Electron makes a promise, and an older one does not.
        readText: async () => clipboard.readText(),
        writeText: async (text) => clipboard.writeText(text),
      },
    });
    this.#typing = new TypingDesk({
      ...{ client, streams, keyboards, messages, access, hostOf },
      secrets: new TypedSecrets(storage, keychain),
      ask: (view, windowId) => confirmations.askFor(view, windows.find(windowId)),
      tell: (windowId, key, state) => ports.tell(windowId).typing.changed({ key, state }),
    });
    client.keepers.add(hosts, keyboards, passwords, ways, choices);
    this.#broadcasts = new BroadcastDesk({
      ...{ client, keyboards, messages, clock: systemClock },
      consoles: this.#consoles,
      ask: (view, windowId) => confirmations.ask(view, windows.find(windowId)),
    });
  }

  get handlers(): Pick<
    AppHandlers,
    'broadcast' | 'consoles' | 'guestClipboard' | 'pasts' | 'typing'
  > {
    return {
      pasts: this.#pasts.handlers,
      broadcast: this.#broadcasts.handlers,
      consoles: {
        ...this.#consoles.handlers,
        ...this.#settings.handlers,
        ...this.#trust.handlers,
      },
      guestClipboard: this.#clipboards.handlers,
      typing: this.#typing.handlers,
    };
  }

  /** This computer goes to sleep. */
  suspended(): void {
    this.#typing.suspended();
    this.#broadcasts.suspended();
    this.#consoles.suspended();
  }

  /** Ends what is open of the machines of an account. */
  leaveAccount(account: BareJid): void {
    this.#consoles.leaveAccount(account);
    this.#typing.leaveAccount(account);
  }

  /** Ends what a window had open. */
  windowClosed(windowId: number): void {
    this.#consoles.windowClosed(windowId);
    this.#broadcasts.windowClosed(windowId);
    this.#typing.windowClosed(windowId);
    this.#pasts.windowClosed(windowId);
  }

  /** Resolves once nothing of the past of screens is left on the disk. */
  async stop(): Promise<void> {
    await this.#pasts.stop();
  }
}
