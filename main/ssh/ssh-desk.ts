import type { Client } from '../../client/client.ts';
import type { SshUse } from '../../client/consoles/console-plan.ts';
import { MachineHosts } from '../../client/ssh/machine-hosts.ts';
import type { SshProfiles } from '../../client/ssh/ssh-profiles.ts';
import type { AppError } from '../../core/contract/app-error.ts';
import type { AppAnnouncer, AppHandlers } from '../../core/contract/contract.ts';
import type { SshProfileView, SshTestResult, SshWay } from '../../core/contract/ssh.ts';
import type { Entity, EntityId } from '../../core/domain/entity.ts';
import type { PlatformAnnouncement } from '../../core/domain/platform-announcement.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import type { SshProfile } from '../../core/ssh/ssh-profile.ts';
import type { Messages } from '../../core/messages/catalogue.ts';
import { sshCommandLine } from '../../node/ssh/ssh-command-line.ts';
import { SshFailureError } from '../../node/ssh/ssh-failure-error.ts';
import type { SshRoutes } from '../../node/ssh/ssh-route.ts';
import type { SshTarget } from '../streams/ssh/ssh-messages.ts';
import type { Streams } from '../streams/streams.ts';

export interface SshDeskPorts {
  readonly client: Pick<Client, 'entity' | 'placeOf'>;
  readonly profiles: SshProfiles;
  readonly routes: Pick<SshRoutes, 'to'>;
  readonly streams: Pick<Streams, 'open' | 'tell'>;
  readonly tell: (windowId: number) => AppAnnouncer['ssh'];
  /** Starts a program in the user's terminal. */
  readonly inTerminal: (program: readonly string[]) => Promise<Result<undefined, AppError>>;
  readonly messages: () => Messages;
}

type Platform = Pick<PlatformAnnouncement, 'hypervisors' | 'ssh'>;

/** How the hosts of hypervisors are reached by SSH, for windows and for what needs such a host. */
export class SshDesk {
  readonly #ports: SshDeskPorts;
  readonly #hosts: MachineHosts;
  readonly #tests = new Map<string, number>();
  #embedded: Platform | undefined;

  constructor(ports: SshDeskPorts) {
    this.#ports = ports;
    this.#hosts = new MachineHosts(ports.client, ports.profiles);
  }

  readonly handlers: Omit<AppHandlers['ssh'], 'hostOffer' | 'lookAtHost' | 'cancelLook'> = {
    profile: ({ entity }) => this.#of(entity, async (one) => ok(await this.#view(one))),
    save: ({ entity, profile }) =>
      this.#of(entity, ({ id }) => this.#ports.profiles.save(id, profile)),
    test: ({ key, entity, profile }, { windowId }) =>
      this.#of(entity, (one) => this.#test(windowId, key, one, profile)),
    openTerminal: ({ entity }) => this.#of(entity, (one) => this.#openTerminal(one)),
    cancelTest: async ({ key }, { windowId }) => {
      this.#cancel(`${windowId} ${key}`);
      return ok(undefined);
    },
  };

  /** The embedded platform as it announced itself, or that it has ended. */
  embeddedIs(platform: Platform | undefined): void {
    this.#embedded = platform;
  }

  /** The password of the embedded platform's host, if this is its address. */
  readonly embeddedPassword = (address: string): string | undefined => {
    const ssh = this.#embedded?.ssh;
    return ssh && address === `${ssh.host}:${ssh.port}` ? ssh.password : undefined;
  };

  /** How the host of a hypervisor is reached: as the user saved it, or as it is proposed. */
  async target(hypervisor: Pick<Entity, 'id' | 'account' | 'jid' | 'name'>): Promise<SshTarget> {
    const embedded = this.#embeddedTarget(hypervisor);
    if (embedded) return embedded;
    return this.#hosts.profileOf(hypervisor);
  }

  /** How the host that runs a machine is reached, where it is known which it is. */
  async hostOf(machine: Pick<Entity, 'hypervisor'>): Promise<SshTarget | undefined> {
    const host = this.#hosts.hypervisorOf(machine);
    return host && this.target(host);
  }

  /** Whether a machine's screen may be reached through its host. */
  useFor(machine: Pick<Entity, 'hypervisor'>): Promise<SshUse> {
    return this.#hosts.useFor(machine);
  }

  /** How its host is reached, unless nobody ever said so. */
  async chosen(hypervisor: Pick<Entity, 'id' | 'account' | 'jid'>): Promise<SshTarget | undefined> {
    return this.#embeddedTarget(hypervisor) ?? (await this.#ports.profiles.saved(hypervisor.id));
  }

  /** Ends the tests that a window began. */
  windowClosed(windowId: number): void {
    for (const name of [...this.#tests.keys()]) {
      if (name.startsWith(`${windowId} `)) this.#cancel(name);
    }
  }

  #embeddedTarget({ account, jid }: Pick<Entity, 'account' | 'jid'>): SshTarget | undefined {
    if (!this.#embedded || this.#ports.client.placeOf(account) !== 'here') return undefined;
    const { hypervisors, ssh } = this.#embedded;
    const user = hypervisors.find((one) => one.jid === jid)?.name;
    const { host, port, fingerprint: pinnedKey } = ssh;
    return { host, port, pinnedKey, jump: 'none', ...(user !== undefined && { user }) };
  }

  async #view(entity: Entity): Promise<SshProfileView> {
    const saved = await this.#ports.profiles.saved(entity.id);
    const target = await this.target(entity);
    const { pinnedKey, ...profile } = target;
    const isEmbedded = pinnedKey !== undefined;
    return { profile, isProposed: !saved, isEmbedded, way: await this.#way(target) };
  }

  async #way(target: SshTarget): Promise<SshWay | AppError> {
    try {
      const hops = await this.#ports.routes.to(target);
      const named = hops.map(({ host, port }) => `${host}:${port}`);
      const last = hops.at(-1);
      const { user = '', identityFiles = [] } = last ?? {};
      return { address: named.at(-1) ?? '', user, identityFiles, through: named.slice(0, -1) };
    } catch (cause) {
      if (cause instanceof SshFailureError) return cause.failure;
      throw cause;
    }
  }

  async #test(
    windowId: number,
    key: string,
    entity: Entity,
    profile: SshProfile,
  ): Promise<Result<SshTestResult, AppError>> {
    const name = `${windowId} ${key}`;
    this.#cancel(name);
    // What is built in is not for a page to change.
    const target = this.#embeddedTarget(entity) ?? profile;
    let begun: number | undefined;
    const result = await new Promise<Result<SshTestResult, AppError>>((resolve) => {
      const id = this.#ports.streams.open(
        { kind: 'test-ssh', target },
        {
          lost: (why) => resolve(err(why)),
          hear: (report) => {
            if (report.kind === 'ssh-step') {
              this.#ports.tell(windowId).stepped({ key, step: report.step });
            }
            if (report.kind !== 'ssh-tested') return false;
            const { failure, tookMs } = report;
            resolve(failure ? err(failure) : ok({ tookMs }));
            return true;
          },
        },
      );
      begun = id;
      this.#tests.set(name, id);
    });
    // Another one may have begun under the same name while this was being stopped.
    if (this.#tests.get(name) === begun) this.#tests.delete(name);
    return result;
  }

  async #openTerminal(entity: Entity): Promise<Result<undefined, AppError>> {
    if (this.#embeddedTarget(entity)) {
      const reason = this.#ports.messages().ssh.embeddedTerminal;
      return err({ code: 'not-allowed-now', reason });
    }
    return this.#ports.inTerminal(sshCommandLine(await this.target(entity)));
  }

  #cancel(name: string): void {
    const id = this.#tests.get(name);
    if (id !== undefined) this.#ports.streams.tell(id, { kind: 'close' });
  }

  /** Only hypervisors have a host. */
  async #of<T>(
    id: EntityId,
    work: (entity: Entity) => Promise<Result<T, AppError>>,
  ): Promise<Result<T, AppError>> {
    const entity = this.#ports.client.entity(id);
    if (entity?.kind !== 'hypervisor') return err({ code: 'not-found', what: id });
    return work(entity);
  }
}
