import { randomUUID } from 'node:crypto';
import type { Audience, Client, ClientAnnouncer } from '../client/client.ts';
import { ConsoleAccess } from '../client/consoles/console-access.ts';
import { ConsoleChoices } from '../client/consoles/console-choices.ts';
import { ConsoleWays } from '../client/consoles/console-ways.ts';
import { GuestKeyboards } from '../client/consoles/guest-keyboards.ts';
import { ScreenPasswords } from '../client/consoles/screen-passwords.ts';
import { TrustedHosts } from '../client/consoles/trusted-hosts.ts';
import { createClient } from '../client/create-client.ts';
import { redactData } from '../client/redaction.ts';
import { MachineHosts } from '../client/ssh/machine-hosts.ts';
import { SshProfiles } from '../client/ssh/ssh-profiles.ts';
import type { Account } from '../core/contract/accounts.ts';
import type { Run } from '../core/contract/runs.ts';
import type { BareJid } from '../core/domain/jid.ts';
import { err } from '../core/lib/result.ts';
import { SystemKeychain } from '../node/keychain/keychain.ts';
import { openAvatarFolder } from '../node/storage/avatar-folder.ts';
import { ProfileStorage } from '../node/storage/profile-storage.ts';
import { Fleet } from './fleet.ts';

/** The one caller there is: the command line has no windows. */
export const CALLER = { windowId: 0 };

type Listener<T> = (value: T) => void;

/** The application without a window, as the command line drives it. */
export class CliClient {
  readonly fleet = new Fleet();
  readonly client: Client;
  /** How the screens of machines are reached. */
  readonly consoles: ConsoleAccess;
  /** How hypervisors are reached by SSH, as the user said in the app. */
  readonly profiles: SshProfiles;
  /** The hosts of machines, for screens that are reached through SSH. */
  readonly hosts: MachineHosts;
  /** The folder with all that is stored. */
  readonly profile: string;
  readonly #storage: ProfileStorage;
  readonly #accountListeners = new Set<Listener<readonly Account[]>>();
  readonly #runListeners = new Set<Listener<Run>>();

  constructor(profile: string) {
    this.profile = profile;
    this.#storage = new ProfileStorage(profile, redactData);
    const announcer = this.#announcer();
    const audience: Audience = { everyone: announcer, window: () => announcer };
    const keychain = new SystemKeychain();
    this.client = createClient(
      {
        // Others may be connected with the same account: the app, or another run of this.
        resource: `archipel-cli-${randomUUID().slice(0, 8)}`,
        storage: this.#storage,
        journal: 'journal-of-command-line',
        pictures: openAvatarFolder(profile),
        keychain,
        // Nothing here shows a picture.
        images: { toAvatar: async () => err('later') },
        report: (cause) => {
          const id = randomUUID().slice(0, 8);
          console.error(`Something went wrong inside (${id}): ${String(cause)}`);
          return id;
        },
      },
      audience,
    );
    this.profiles = new SshProfiles(this.#storage);
    this.hosts = new MachineHosts(this.client, this.profiles);
    const hosts = new TrustedHosts(this.#storage);
    const ways = new ConsoleWays(this.#storage);
    const passwords = new ScreenPasswords(this.#storage, keychain);
    this.consoles = new ConsoleAccess({
      ...{ client: this.client, passwords, hosts, ways },
      placeOf: (account) => this.client.placeOf(account),
      sshFor: (machine) => this.hosts.useFor(machine),
    });
    const choices = [new ConsoleChoices(this.#storage), new GuestKeyboards(this.#storage)];
    this.client.keepers.add(this.profiles, hosts, ways, passwords, ...choices);
  }

  async start(): Promise<void> {
    await this.client.start();
    const snapshot = await this.client.handlers.inventory.snapshot(undefined, CALLER);
    if (snapshot.ok) this.fleet.begin(snapshot.value);
  }

  async stop(): Promise<void> {
    await this.client.stop();
    await this.#storage.close();
  }

  async account(jid: BareJid | undefined): Promise<Account | undefined> {
    const accounts = await this.client.handlers.accounts.list(undefined, CALLER);
    if (!accounts.ok) return undefined;
    return accounts.value.find((one) => jid === undefined || one.settings.jid === jid);
  }

  /** The first state of an account's connection that is good or bad for now; waits at most 30 s. */
  connected(jid: BareJid, patienceMs = 30_000): Promise<Account['connection'] | undefined> {
    return new Promise((resolve) => {
      const settle = (connection: Account['connection'] | undefined): void => {
        clearTimeout(timer);
        this.#accountListeners.delete(look);
        resolve(connection);
      };
      const look: Listener<readonly Account[]> = (accounts) => {
        const connection = accounts.find((one) => one.settings.jid === jid)?.connection;
        if (connection && isSettled(connection)) settle(connection);
      };
      const timer = setTimeout(() => settle(undefined), patienceMs);
      this.#accountListeners.add(look);
      void this.client.handlers.accounts.list(undefined, CALLER).then((accounts) => {
        if (accounts.ok) look(accounts.value);
      });
    });
  }

  /** The run once all its items have ended. */
  finished(id: string): Promise<Run> {
    return new Promise((resolve) => {
      const look: Listener<Run> = (run) => {
        if (run.id !== id || run.items.some(({ state }) => isGoingOn(state.name))) return;
        this.#runListeners.delete(look);
        resolve(run);
      };
      this.#runListeners.add(look);
      void this.client.handlers.runs.list(undefined, CALLER).then((runs) => {
        const run = runs.ok ? runs.value.find((one) => one.id === id) : undefined;
        if (run) look(run);
      });
    });
  }

  #announcer(): ClientAnnouncer {
    const nothing = (): void => undefined;
    return {
      accounts: { changed: (accounts) => this.#accountListeners.forEach((tell) => tell(accounts)) },
      inventory: { changed: (delta) => this.fleet.apply(delta) },
      notices: { added: nothing },
      queries: { changed: nothing },
      runs: { changed: (run) => this.#runListeners.forEach((tell) => tell(run)) },
      settings: { changed: nothing },
      stanzas: { added: nothing },
      statistics: { sampled: nothing },
    };
  }
}

function isSettled({ name }: Account['connection']): boolean {
  return name === 'online' || name === 'failed' || name === 'waiting';
}

function isGoingOn(name: string): boolean {
  return name === 'waiting' || name === 'sent';
}
