import path from 'node:path';
import type { Client } from '../../client/client.ts';
import { ConsoleAccess, type ConsoleAccessPorts } from '../../client/consoles/console-access.ts';
import { GuestKeyboards } from '../../client/consoles/guest-keyboards.ts';
import { TrustedHosts } from '../../client/consoles/trusted-hosts.ts';
import { TypedSecrets } from '../../client/consoles/typed-secrets.ts';
import { SshProfiles } from '../../client/ssh/ssh-profiles.ts';
import type { AppAnnouncer, AppHandlers } from '../../core/contract/contract.ts';
import type { Messages } from '../../core/messages/catalogue.ts';
import type { Keychain } from '../../node/keychain/keychain.ts';
import { runInTerminal } from '../../node/platform/terminal-program.ts';
import { SshRoutes } from '../../node/ssh/ssh-route.ts';
import type { ProfileStorage } from '../../node/storage/profile-storage.ts';
import { systemClock } from '../../node/xmpp/clock.ts';
import type { Confirmations } from '../confirmations/confirmations.ts';
import { BroadcastDesk } from '../consoles/broadcast-desk.ts';
import { ConsoleDesk } from '../consoles/console-desk.ts';
import { consolePictures } from '../consoles/console-pictures.ts';
import { handPort, windowOfConsoles } from '../consoles/console-window.ts';
import { SshAnswers } from '../ssh/ssh-answers.ts';
import { SshDesk } from '../ssh/ssh-desk.ts';
import { Streams } from '../streams/streams.ts';
import { TerminalDesk } from '../terminals/terminal-desk.ts';
import { TypingDesk } from '../typing/typing-desk.ts';
import type { WindowList } from '../windows/window-list.ts';

export interface HostDesksPorts {
  readonly client: Client;
  readonly keychain: Keychain;
  readonly storage: ProfileStorage;
  /** The folder of the profile. */
  readonly folder: string;
  readonly windows: WindowList;
  readonly confirmations: Confirmations;
  readonly tell: (windowId: number) => AppAnnouncer;
  readonly messages: () => Messages;
  readonly note: (where: string, cause: unknown) => void;
}

/** What reaches hosts past the XMPP server: the streams process, and the desks that use it. */
export class HostDesks {
  readonly ssh: SshDesk;
  readonly #streams: Streams;
  readonly #consoles: ConsoleDesk;
  readonly #typing: TypingDesk;
  readonly #broadcasts: BroadcastDesk;
  readonly #terminals: TerminalDesk;

  constructor(ports: HostDesksPorts) {
    const { client, keychain, storage, windows } = ports;
    const answers = new SshAnswers({
      keychain,
      ask: (view, signal) => ports.confirmations.askFor(view, windows.front(), signal),
      embedded: (address) => this.ssh.embeddedPassword(address),
      messages: ports.messages,
      note: ports.note,
    });
    this.#streams = new Streams({
      note: ports.note,
      knownHosts: path.join(ports.folder, 'known_hosts'),
      answer: answers.answer,
    });
    this.ssh = new SshDesk({
      client,
      profiles: new SshProfiles(storage),
      routes: new SshRoutes(),
      streams: this.#streams,
      tell: (windowId) => ports.tell(windowId).ssh,
      inTerminal: runInTerminal,
      messages: ports.messages,
    });
    this.#terminals = new TerminalDesk({
      client,
      ssh: this.ssh,
      streams: this.#streams,
      window: (windowId) => ({
        state: (key, state) => ports.tell(windowId).terminals.changed({ key, state }),
        hand: (key, port) => handPort(windows.contentsOf(windowId), key, port),
      }),
    });
    const streams = this.#streams;
    const hosts = new TrustedHosts(storage);
    const keyboards = new GuestKeyboards(storage);
    const reach: ConsoleAccessPorts = {
      ...{ client, keychain, hosts },
      placeOf: (account) => (client.isEmbedded(account) ? 'here' : 'elsewhere'),
    };
    const access = new ConsoleAccess(reach);
    this.#consoles = new ConsoleDesk({
      ...{ client, streams, hosts },
      access: new ConsoleAccess({ ...reach, sshFor: (machine) => this.ssh.useFor(machine) }),
      hostOf: (machine) => this.ssh.hostOf(machine),
      pictures: consolePictures((windowId) => windows.find(windowId)),
      window: (windowId) => windowOfConsoles(() => windows.contentsOf(windowId)),
    });
    this.#typing = new TypingDesk({
      ...{ client, access, streams, messages: ports.messages },
      keyboards,
      secrets: new TypedSecrets(storage, keychain),
      ask: (view, windowId) => ports.confirmations.askFor(view, windows.find(windowId)),
      tell: (windowId, key, state) => ports.tell(windowId).typing.changed({ key, state }),
    });
    this.#broadcasts = new BroadcastDesk({
      client,
      consoles: this.#consoles,
      keyboards,
      ask: (view, windowId) => ports.confirmations.ask(view, windows.find(windowId)),
      messages: ports.messages,
      clock: systemClock,
    });
  }

  get handlers(): Pick<AppHandlers, 'broadcast' | 'consoles' | 'ssh' | 'terminals' | 'typing'> {
    return {
      broadcast: this.#broadcasts.handlers,
      consoles: this.#consoles.handlers,
      ssh: this.ssh.handlers,
      terminals: this.#terminals.handlers,
      typing: this.#typing.handlers,
    };
  }

  /** Ends what a window had open. */
  windowClosed(windowId: number): void {
    this.#consoles.windowClosed(windowId);
    this.#broadcasts.windowClosed(windowId);
    this.#terminals.windowClosed(windowId);
    this.ssh.windowClosed(windowId);
    this.#typing.windowClosed(windowId);
  }

  stop(): void {
    this.#streams.stop();
  }
}
