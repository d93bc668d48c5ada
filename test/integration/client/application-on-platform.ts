import { randomUUID } from 'node:crypto';
import { Application } from '../../../client/application.ts';
import type { Ports } from '../../../client/ports.ts';
import type { RunItemState } from '../../../core/contract/runs.ts';
import type { Entity } from '../../../core/domain/entity.ts';
import { ok } from '../../../core/lib/result.ts';
import { type Platform, startPlatform, type PlatformOptions } from '../../../demo/platform.ts';
import { systemClock } from '../../../node/xmpp/clock.ts';
import { XmppSession } from '../../../node/xmpp/session.ts';
import {
  ListeningAudience,
  MemoryKeychain,
  MemoryPictures,
  MemoryStorage,
} from '../../support/client-ports.ts';

const WINDOW = 1;

/** The application as administrator of an embedded platform, all in this process. */
export class ApplicationOnPlatform<Heard extends ListeningAudience = ListeningAudience> {
  readonly platform: Platform;
  readonly storage: MemoryStorage;
  readonly pictures = new MemoryPictures();
  readonly audience: Heard;
  readonly application: Application;
  /** What went wrong inside the application; every test expects nothing here. */
  readonly bugs: unknown[] = [];

  constructor(
    platform: Platform,
    storage = new MemoryStorage(),
    overrides: Partial<Ports> = {},
    audience = new ListeningAudience() as Heard,
  ) {
    this.platform = platform;
    this.storage = storage;
    this.audience = audience;
    const ports: Ports = {
      storage,
      pictures: this.pictures,
      keychain: new MemoryKeychain(),
      images: { toAvatar: async (bytes) => ok(bytes) },
      clock: systemClock,
      createSession: (options) => new XmppSession(options),
      random: () => 0,
      createId: randomUUID,
      report: (cause) => String(this.bugs.push(cause)),
      ...overrides,
    };
    this.application = new Application(ports, this.audience);
  }

  get account() {
    const [administrator] = this.platform.announcement.accounts.filter(({ role }) => {
      return role === 'admin';
    });
    if (!administrator) throw new Error('The platform has no administrator');
    return administrator;
  }

  /** Starts, logs in, and waits until all entities have been heard. */
  async logIn(): Promise<void> {
    await this.application.start();
    await this.application.handlers.inventory.snapshot(undefined, { windowId: WINDOW });
    const { jid, password } = this.account;
    const { host, port, fingerprint } = this.platform.announcement;
    await this.application.handlers.accounts.add(
      {
        settings: {
          jid,
          resource: 'Archipel',
          endpoint: { host, port, directTls: false },
          connectAtStart: true,
          rememberPassword: true,
        },
        password,
      },
      { windowId: WINDOW },
    );
    await this.application.handlers.accounts.trust({ jid, fingerprint }, { windowId: WINDOW });
    await this.application.handlers.accounts.connect({ jid }, { windowId: WINDOW });
    await this.audience.until(() => this.online().length >= this.agentCount);
  }

  get isOnline(): boolean {
    return this.application.accounts.list().every(({ connection }) => connection.name === 'online');
  }

  get agentCount(): number {
    return this.platform.world.hosts.reduce((sum, { machines }) => sum + 1 + machines.length, 0);
  }

  entities(): readonly Entity[] {
    return this.application.inventory.snapshot().entities;
  }

  /** Hypervisors and machines that are online as the inventory has it. */
  online(): readonly Entity[] {
    return this.entities().filter(
      ({ kind, resource }) =>
        (kind === 'hypervisor' || kind === 'virtualmachine') && resource !== undefined,
    );
  }

  named(name: string): Entity {
    const entity = this.entities().find((one) => one.name === name);
    if (!entity) throw new Error(`No entity is named ${name}`);
    return entity;
  }

  /** Gives a command to one entity and waits for the outcome of it. */
  async run(command: string, target: Entity, input: Record<string, unknown> = {}) {
    const started = this.application.runs.start({ command, targets: [target.id], input });
    if (!started.ok) throw new Error(JSON.stringify(started.error));
    return this.ended(started.value.id);
  }

  async ended(run: string): Promise<RunItemState> {
    return this.audience.until(() => {
      const state = this.audience.told.runs.get(run)?.items[0]?.state;
      return state && state.name !== 'waiting' && state.name !== 'sent' ? state : undefined;
    });
  }

  async stop(): Promise<void> {
    await this.application.stop();
  }
}

export function startTestPlatform(options: Partial<PlatformOptions> = {}): Promise<Platform> {
  return startPlatform({ seed: 1, clock: 'manual', ...options });
}
