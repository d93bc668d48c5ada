import path from 'node:path';
import type { ForgetsAccounts } from '../../client/accounts/forgets-accounts.ts';
import type { Client } from '../../client/client.ts';
import { SshProfiles } from '../../client/ssh/ssh-profiles.ts';
import type { AppAnnouncer, AppHandlers } from '../../core/contract/contract.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import { ok, type Result } from '../../core/lib/result.ts';
import type { Messages } from '../../core/messages/catalogue.ts';
import type { Keychain } from '../../node/keychain/keychain.ts';
import { runInTerminal } from '../../node/platform/terminal-program.ts';
import { isHostKnown } from '../../node/ssh/is-host-known.ts';
import { SshRoutes } from '../../node/ssh/ssh-route.ts';
import type { ProfileStorage } from '../../node/storage/profile-storage.ts';
import type { Confirmations } from '../confirmations/confirmations.ts';
import { handPort } from '../consoles/console-window.ts';
import { chooseLogFile } from '../logs/choose-log-file.ts';
import { LogDesk } from '../logs/log-desk.ts';
import { windowOfLogs } from '../logs/log-window.ts';
import { HostLook } from '../ssh/host-look.ts';
import { SshAnswers } from '../ssh/ssh-answers.ts';
import { SshDesk } from '../ssh/ssh-desk.ts';
import { Streams } from '../streams/streams.ts';
import { TerminalDesk } from '../terminals/terminal-desk.ts';
import type { WindowList } from '../windows/window-list.ts';
import { ScreenDesks } from './screen-desks.ts';

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
export class HostDesks implements ForgetsAccounts {
  readonly ssh: SshDesk;
  readonly #streams: Streams;
  readonly #screens: ScreenDesks;
  readonly #terminals: TerminalDesk;
  readonly #logs: LogDesk;
  readonly #look: HostLook;

  constructor(ports: HostDesksPorts) {
    const { client, keychain, storage, windows } = ports;
    const answers = new SshAnswers({
      keychain,
      ask: (view, signal) => ports.confirmations.askFor(view, windows.front(), signal),
      embedded: (address) => this.ssh.embeddedPassword(address),
      messages: ports.messages,
      note: ports.note,
    });
    const knownHosts = path.join(ports.folder, 'known_hosts');
    const routes = new SshRoutes();
    this.#streams = new Streams({ note: ports.note, knownHosts, answer: answers.answer });
    const profiles = new SshProfiles(storage);
    this.ssh = new SshDesk({
      client,
      profiles,
      routes,
      streams: this.#streams,
      tell: (windowId) => ports.tell(windowId).ssh,
      inTerminal: runInTerminal,
      messages: ports.messages,
    });
    this.#look = new HostLook({
      client,
      ssh: this.ssh,
      routes,
      streams: this.#streams,
      isKnown: (target) => isHostKnown(target, routes, knownHosts),
    });
    this.#screens = new ScreenDesks({
      ...ports,
      ssh: this.ssh,
      streams: this.#streams,
      pastFolder: path.join(ports.folder, 'past-screens'),
    });
    this.#terminals = new TerminalDesk({
      client,
      access: this.#screens.access,
      ssh: this.ssh,
      streams: this.#streams,
      window: (windowId) => ({
        state: (key, state) => ports.tell(windowId).terminals.changed({ key, state }),
        hand: (key, port) => handPort(windows.contentsOf(windowId), key, port),
      }),
    });
    this.#logs = makeLogDesk(ports, this.ssh, this.#streams);
    client.keepers.add(profiles, this);
  }

  get handlers(): Pick<
    AppHandlers,
    'broadcast' | 'consoles' | 'guestClipboard' | 'logs' | 'pasts' | 'ssh' | 'terminals' | 'typing'
  > {
    return {
      ...this.#screens.handlers,
      logs: this.#logs.handlers,
      ssh: { ...this.ssh.handlers, ...this.#look.handlers },
      terminals: this.#terminals.handlers,
    };
  }

  /** This computer goes to sleep. */
  suspended(): void {
    this.#screens.suspended();
  }

  /** Ends what is open of the entities of an account. */
  async forgetAccount(account: BareJid): Promise<Result<undefined, never>> {
    this.#screens.leaveAccount(account);
    this.#terminals.leaveAccount(account);
    this.#logs.leaveAccount(account);
    return ok(undefined);
  }

  /** Ends what a window had open. */
  windowClosed(windowId: number): void {
    this.#screens.windowClosed(windowId);
    this.#terminals.windowClosed(windowId);
    this.#logs.windowClosed(windowId);
    this.ssh.windowClosed(windowId);
    this.#look.windowClosed(windowId);
  }

  async stop(): Promise<void> {
    this.#streams.stop();
    await this.#screens.stop();
  }
}

function makeLogDesk(ports: HostDesksPorts, ssh: SshDesk, streams: Streams): LogDesk {
  const { client, windows } = ports;
  return new LogDesk({
    client,
    streams,
    ssh,
    folder: path.join(ports.folder, 'lines'),
    window: (windowId) => windowOfLogs(() => windows.find(windowId)),
    noticed: (pattern, host, text) => {
      const { noticed } = ports.messages().logs;
      client.notify({ level: 'warning', title: noticed(pattern, host), hint: text });
    },
    chooseFile: chooseLogFile((windowId) => windows.find(windowId)),
  });
}
