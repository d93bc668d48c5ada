import type { AppError } from '../../../core/contract/app-error.ts';
import type { AppApi } from '../../../core/contract/contract.ts';
import type {
  HostDiagnosis,
  OfflineCause,
  OfflineDiagnosis,
} from '../../../core/contract/diagnosis.ts';
import type { Entity, EntityId } from '../../../core/domain/entity.ts';

/** Causes that only the host of the hypervisor tells more of. */
const OF_HOST: ReadonlySet<OfflineCause['name']> = new Set(['agent-down', 'machine-silent']);
/** Causes where the user may name the host: who was never seen online may be a hypervisor. */
const OF_NAMED_HOST: ReadonlySet<OfflineCause['name']> = new Set(['agent-down', 'not-logged-in']);
/** Another host, or another way to it, may tell more. */
const UNSEEN: ReadonlySet<OfflineCause['name']> = new Set([
  'host-down',
  'ssh-port-closed',
  'host-unseen',
]);

/** What was found out of one entity: by XMPP at once, and on its hypervisor's host. */
export class OfflineLook {
  readonly #api: Pick<AppApi, 'diagnosis' | 'ssh'>;
  #entity: Entity | undefined;
  #found = $state.raw<OfflineDiagnosis>();
  #onHost = $state.raw<HostDiagnosis>();
  #failure = $state.raw<AppError>();
  #address = $state<string>();
  #isLooking = $state(false);
  #unnamed = $state.raw<AppError>();

  constructor(api: Pick<AppApi, 'diagnosis' | 'ssh'>) {
    this.#api = api;
  }

  /** All checks in their order, with the cause that they end on. */
  get found(): OfflineDiagnosis | undefined {
    if (!this.#found || !this.#onHost) return this.#found;
    const { checks, cause } = this.#onHost;
    return { ...this.#found, checks: [...this.#found.checks, ...checks], cause };
  }

  get failure(): AppError | undefined {
    return this.#failure;
  }

  /** Where the host can be logged in to; undefined where it cannot be, or was looked at. */
  get address(): string | undefined {
    return this.#address;
  }

  /** Whether the host is being looked at. */
  get isLooking(): boolean {
    return this.#isLooking;
  }

  /** Whether a host that the user names can be looked at: nobody knows it, or it did not tell. */
  get canNameHost(): boolean {
    const found = this.#found?.cause.name;
    if (found === undefined || !OF_NAMED_HOST.has(found)) return false;
    if (this.#address !== undefined) return false;
    return !this.#onHost || UNSEEN.has(this.#onHost.cause.name);
  }

  /** What was given for a host, and is none. */
  get unnamed(): AppError | undefined {
    return this.#unnamed;
  }

  async look(entity: Entity): Promise<void> {
    this.stop();
    this.#entity = entity;
    this.#found = undefined;
    this.#onHost = undefined;
    this.#failure = undefined;
    this.#address = undefined;
    this.#unnamed = undefined;
    const { account, jid } = entity;
    const reply = await this.#api.diagnosis.whyOffline({ account, jid });
    // Meanwhile it may be about somebody else.
    if (this.#entity !== entity) return;
    if (!reply.ok) {
      this.#failure = reply.error;
      return;
    }
    const hypervisor = hypervisorOf(entity);
    if (hypervisor && OF_HOST.has(reply.value.cause.name)) {
      const offer = await this.#api.ssh.hostOffer({ hypervisor, about: jid });
      if (this.#entity !== entity) return;
      this.#onHost = offer.ok ? offer.value.found : undefined;
      this.#address = offer.ok && !offer.value.found ? offer.value.address : undefined;
    }
    this.#found = reply.value;
  }

  /** Logs in to the host, or to the one that the user names, and looks at the agent. */
  async lookAtHost(destination?: string): Promise<void> {
    const entity = this.#entity;
    const hypervisor = entity && hypervisorOf(entity);
    if (!entity || !hypervisor || this.#isLooking) return;
    this.#isLooking = true;
    this.#unnamed = undefined;
    const named = destination === undefined ? {} : { destination };
    const reply = await this.#api.ssh.lookAtHost({ hypervisor, about: entity.jid, ...named });
    if (this.#entity !== entity) return;
    this.#isLooking = false;
    this.#address = undefined;
    if (reply.ok) this.#onHost = reply.value;
    else if (reply.error.code === 'invalid-input') this.#unnamed = reply.error;
    else this.#failure = reply.error;
  }

  /** Nobody waits any more. */
  stop(): void {
    this.#entity = undefined;
    if (this.#isLooking) void this.#api.ssh.cancelLook();
    this.#isLooking = false;
  }
}

/**
 * Whose host it is: that of the hypervisor that a machine is on, or its own. One that was never seen
 * online may be a hypervisor only by what the diagnosis found.
 */
export function hypervisorOf({ id, kind, hypervisor }: Entity): EntityId | undefined {
  return kind === 'virtualmachine' ? hypervisor : id;
}
